import { expect, it } from 'vitest';
import type { Format } from '../../../../src/core/recordings/reader';
import { formatName } from '../../../../webview/shared/formatName';

/** The type demands that no format is forgotten. */
const known: Readonly<Record<Format, string>> = {
  ...{ delimited: 'CSV', ucr: 'UCR', ts: 'sktime', arff: 'ARFF', lvm: 'LabVIEW', json: 'JSON' },
  ...{ 'json-lines': 'JSON Lines', gzip: 'gzip', npy: 'NPY', npz: 'NPZ', mat: 'MATLAB', hdf5: 'HDF5' },
  ...{
    parquet: 'Parquet',
    arrow: 'Arrow',
    fit: 'FIT',
    wav: 'WAV',
    aiff: 'AIFF',
    flac: 'FLAC',
    mp3: 'MP3',
    vorbis: 'Ogg Vorbis',
  },
  ...{ wfdb: 'WFDB', edf: 'EDF', brainvision: 'BrainVision' },
};

it('every format has a name that people know', () => {
  expect(Object.keys(known).map(formatName)).toEqual(Object.values(known));
});

it('an unknown format is shown as it is, without what cannot be printed', () => {
  expect(formatName('constructor')).toBe('constructor');
  expect(formatName('a\u202Eb')).not.toContain('\u202E');
});
