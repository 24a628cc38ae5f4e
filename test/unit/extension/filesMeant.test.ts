import { expect, it, vi } from 'vitest';

class Uri {
  constructor(readonly path: string) {}
  get fsPath() {
    return this.path;
  }
  static file(path: string) {
    return new Uri(path);
  }
}
vi.mock('vscode', () => ({ Uri }));

const { filesMeant } = await import('../../../src/extension/results/find/filesMeant');

const indexed = ['/w/a/2.csv', '/w/a/1.csv', '/w/a/b/3.wav', '/w/ab/4.csv', '/w/tables.csv/5.csv'];
const meant = (...paths: string[]) =>
  filesMeant(paths.map((path) => new Uri(path)) as never, indexed).map(({ fsPath }) => fsPath);

it('has the recordings of a folder and of the folders in it, and of no other with a longer name', () => {
  expect(meant('/w/a')).toEqual(['/w/a/1.csv', '/w/a/2.csv', '/w/a/b/3.wav']);
  expect(meant('/w/tables.csv')).toEqual(['/w/tables.csv/5.csv']);
});

it('has files as they are, also those that are not in the index, each once, and leaves out what holds nothing', () => {
  expect(meant('/w/a/1.csv', '/elsewhere/6.csv', '/w/notes.md', '/w/empty', '/w/a')).toEqual([
    '/w/a/1.csv',
    '/elsewhere/6.csv',
    '/w/a/2.csv',
    '/w/a/b/3.wav',
  ]);
});
