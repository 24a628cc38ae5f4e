import { formatCount, formatNoun, printable } from './format';
import { coverageOf, type State } from './state';

export interface Banner {
  readonly kind: 'info' | 'warning';
  readonly text: string;
  readonly action: 'retry' | 'dismiss' | null;
}

/** Lines above the content: what is wrong, and how far the shown results can be relied on. */
export function bannersOf(state: State): readonly Banner[] {
  const banners: Banner[] = [];
  if (state.complaint !== null) banners.push({ kind: 'warning', text: printable(state.complaint), action: 'dismiss' });
  if (state.index?.problem) banners.push({ kind: 'warning', text: printable(state.index.problem), action: null });
  const coverage = coverageOf(state);
  const then = state.indexThen;
  if (then === null || state.results?.matches.length === 0) return banners;
  const ranked = `Ranked among the ${formatCount(then.done)} of ${formatNoun(then.total, 'file')} indexed`;
  if (coverage === 'partial') banners.push({ kind: 'info', text: `${ranked} so far.`, action: 'retry' });
  if (coverage === 'outdated') {
    banners.push({ kind: 'info', text: `${ranked} at the time. The index is complete now.`, action: 'retry' });
  }
  return banners;
}
