import { formatCount } from '../format';

/** `1 label`, `2 labels`: the page is in English. */
export function formatNoun(count: number, one: string): string {
  return `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;
}
