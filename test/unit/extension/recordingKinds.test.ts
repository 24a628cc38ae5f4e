import { readFile } from 'node:fs/promises';
import picomatch from 'picomatch';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { isCompanion } from '../../../src/extension/recording/companions';
import { viewOf } from '../../../src/extension/recording/kinds';
import { supportedExtensions } from '../../../src/core/recordings/registry';
import { inProject } from '../../../src/dev/project';

const declared = v.object({
  contributes: v.object({
    customEditors: v.array(
      v.object({
        viewType: v.string(),
        priority: v.string(),
        selector: v.array(v.object({ filenamePattern: v.string() })),
      }),
    ),
  }),
});

describe('the editor for recordings', () => {
  it('is declared for every file that a reader may claim, once, as the code opens it', async () => {
    const text = await readFile(inProject('package.json'), 'utf8');
    const editors = v.parse(declared, JSON.parse(text)).contributes.customEditors;
    const customEditors = editors.filter(({ viewType }) => viewType.startsWith('kindred.recording'));
    expect(customEditors.map(({ priority }) => priority)).toEqual(['default', 'option']);
    for (const extension of supportedExtensions) {
      const views = customEditors.filter(({ selector }) =>
        selector.some(({ filenamePattern }) => picomatch.isMatch(`a${extension}`, filenamePattern)),
      );
      expect(
        views.map(({ viewType }) => viewType),
        extension,
      ).toEqual([viewOf(`/w/a${extension}`)]);
    }
  });

  it('is not what opens text, nor what the editor plays itself', () => {
    for (const name of ['a.csv', 'a.ts', 'a.txt', 'a.json', 'a.wav', 'a.mp3', 'a.h5'])
      expect(viewOf(name), name).toBe('kindred.recordingOption');
    for (const name of ['a.npy', 'A.EDF', 'a.npy.gz']) expect(viewOf(name), name).toBe('kindred.recording');
  });

  it('looks again when a file of the same stem changes', () => {
    expect(isCompanion('/w/100.dat', '/w/100.hea')).toBe(true);
    expect(isCompanion('/w/100.hea', '/w/100.hea')).toBe(true);
    expect(isCompanion('/w/101.dat', '/w/100.hea')).toBe(false);
    expect(isCompanion('/x/100.dat', '/w/100.hea')).toBe(false);
  });
});
