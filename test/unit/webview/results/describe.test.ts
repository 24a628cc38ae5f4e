import { describe, expect, it } from 'vitest';
import {
  announcement,
  detailsOf,
  factsOf,
  indexText,
  matchLabel,
  shownText,
} from '../../../../webview/results/describe';
import { channelsText, doubtText, notesOf, sequenceTitle } from '../../../../webview/shared/describe';
import { distanceFormat } from '../../../../webview/shared/format';
import { index, matches, results, summary } from '../samples';

describe('what is said of a sequence', () => {
  it('counts from 1 among the sequences of its file', () => {
    expect(sequenceTitle(summary())).toBeNull();
    expect(sequenceTitle(summary({ siblings: 150, ref: { path: '/a.tsv', number: 2 } }))).toBe('3 of 150');
    expect(sequenceTitle(summary({ siblings: 2, name: 'trial\n7' }))).toBe('1 of 2 · trial␊7');
  });

  it('cuts long lists of channels, and long names', () => {
    expect(channelsText([null])).toBe('1 channel');
    expect(channelsText(['x', null, 'z'])).toBe('3 channels: x, z');
    const many = Array.from({ length: 52 }, (_, number) => `c${number}`);
    expect(channelsText(many, 2)).toBe('52 channels: c0, c1, +50 more');
    expect(channelsText(['y'.repeat(300)])).toBe(`1 channel: ${'y'.repeat(39)}…`);
  });

  it('tells length, rate, channels and coverage', () => {
    expect(factsOf(summary())).toEqual(['30 s', '360 Hz', '2 channels']);
    expect(factsOf(summary({ rate: null, covered: 0.38 }))).toEqual(['10,800 steps', '2 channels', '38 % covered']);
  });

  it('notes what was not covered before anything else', () => {
    expect(notesOf(summary({ notes: ['Resampled.'] }))).toEqual(['Resampled.']);
    expect(notesOf(summary({ notes: ['Resampled.'], covered: 0.38 }))).toEqual([
      'This recording is long. Evenly spaced parts of it were compared: 38 % in all.',
      'Resampled.',
    ]);
  });
});

describe('indexText', () => {
  it('tells how far the index is', () => {
    expect(indexText(null)).toBe('');
    expect(indexText(index({ state: 'starting' }))).toBe('Starting…');
    expect(indexText(index({ state: 'indexing', done: 412 }))).toBe('412 of 503 indexed');
    expect(indexText(index({ state: 'paused', done: 412 }))).toBe('Paused at 412 of 503');
    expect(indexText(index())).toBe('503 files indexed');
  });
});

describe('for screen readers', () => {
  it('announces how many matches there are and the nearest', () => {
    const format = distanceFormat(matches(20).map((match) => match.distance));
    expect(announcement(results(), format)).toBe('391 matches for 100.hea; first: 101.hea, distance 0.0123.');
    expect(announcement(results({ items: [] }), format)).toBe('No matches.');
  });

  it('names a match in one sentence', () => {
    const match = { rank: 3, distance: 0.5, sequence: summary({ label: 'walk', siblings: 4 }) };
    expect(matchLabel(match, '0.500', true)).toBe(
      '3: 100.hea, 1 of 4, label walk, same as the query, distance 0.500, in ecg/',
    );
  });

  it('says of a recording that its reading is to be checked', () => {
    const sequence = summary({ doubts: ['The clock is a guess.', 'So is \u202eall else.'] });
    expect(matchLabel({ rank: 1, sequence }, '0.5', false)).toMatch(/distance 0\.5, check how it is read, in ecg\/$/);
    expect(detailsOf(sequence)).toMatch(/\nTo check: The clock is a guess\.\nTo check: So is [^\u202e]*all else\.$/);
    expect(doubtText(sequence)).toMatch(/^The clock is a guess\. So is [^\u202e]*all else\.$/);
    expect(doubtText(summary())).toBe('');
  });

  it('tells how many matches a filter lets through', () => {
    expect(shownText(results())).toBe('391');
    expect(shownText(results({ matching: 20 }))).toBe('20 of 391');
  });

  it('tells everything that is known of a sequence in a tooltip', () => {
    expect(detailsOf(summary({ label: 'walk', notes: ['Resampled.'] }))).toBe(
      'ecg/100.hea\nLabel: walk\n10,800 time steps · 30 s · 360 Hz\n2 channels: MLII, V5\nFormat: WFDB\nResampled.',
    );
  });
});
