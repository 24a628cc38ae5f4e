import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Catalogue, catalogueFile, type CatalogueFile } from '../../../../src/core/index/catalogue';
import { Preference } from '../../../../src/core/index/preference';

function fileWith(path: string, channel: string): CatalogueFile {
  const sequence = {
    number: 0,
    name: null,
    label: null,
    channels: [{ name: channel, unit: null }],
    steps: 9,
    rate: null,
  };
  const sequences = [{ ...sequence, notes: [], doubts: [], levels: new Uint8Array() }];
  const survey = { kind: 'sequences', format: 'csv', count: 1, unusable: [], sequences } as const;
  return catalogueFile({ path, record: null, seen: [], survey: { ...survey, unusable: [], sequences } });
}

const layoutOf = (file: CatalogueFile) => file.sequences[0]!.layout;

it('has the folder first, then the layout, then the kind of file, each in the order that they had', () => {
  const catalogue = new Catalogue();
  const query = fileWith('/w/a/query.csv', 'x');
  const alike = fileWith('/w/c/alike.npy', 'x');
  const other = fileWith('/w/c/other.csv', 'y');
  for (const file of [alike, other]) catalogue.put(file);
  const preference = new Preference(catalogue);
  preference.prefer({ path: query.path, layout: layoutOf(query) });
  const files = ['/w/b/1.wav', '/w/b/2.csv', other.path, alike.path, '/w/a/2.wav', '/w/a/1.csv'];
  expect([...preference.inTurn(files)]).toEqual([
    '/w/a/2.wav',
    '/w/a/1.csv',
    alike.path,
    '/w/b/2.csv',
    '/w/b/1.wav',
    other.path,
  ]);
});

it('follows what is asked for while the work is under way', () => {
  const preference = new Preference(new Catalogue());
  const turn = preference.inTurn(['/w/a/1', '/w/b/1', '/w/a/2', '/w/b/2', '/w/c/1', '/w/c/2']);
  const next = () => turn.next().value;
  expect(next()).toBe('/w/a/1');
  preference.prefer({ path: '/w/c/query', layout: 'x' });
  expect([next(), next()]).toEqual(['/w/c/1', '/w/c/2']);
  preference.prefer({ path: '/w/b/query', layout: 'x' });
  expect([next(), next(), next(), next()]).toEqual(['/w/b/1', '/w/b/2', '/w/a/2', undefined]);
});

it('loses no file and hands out none twice, whenever somebody asks for what', () => {
  const paths = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(50)), {
    selector: String,
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      paths,
      fc.array(fc.tuple(fc.nat(60), fc.constantFrom('a', 'b', 'c')), { maxLength: 10 }),
      (all, wishes) => {
        const files = all.map(([folder, name]) => `/${folder}/${name}`);
        const preference = new Preference(new Catalogue());
        const taken: string[] = [];
        for (const file of preference.inTurn(files)) {
          taken.push(file);
          for (const [at, folder] of wishes)
            if (at === taken.length) preference.prefer({ path: `/${folder}/q`, layout: 'x' });
        }
        expect([...taken].sort()).toEqual([...files].sort());
      },
    ),
  );
});
