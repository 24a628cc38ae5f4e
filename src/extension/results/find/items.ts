import * as v from 'valibot';
import { t } from '../../../l10n/messages';
import { channels, steps } from '../../../l10n/nouns';
import { formatCount, formatSignificant } from '../../../l10n/numbers';
import type { SequenceSummary } from '../../../protocol/sequences';
import { plain } from '../../editor/text';

/** The items of the lists in which a user picks a file, and a sequence of it. */

export interface FileItem {
  readonly label: string;
  readonly description: string;
  readonly path: string;
}

/** The files of the index as a list to pick from: the active one first, the others as they come. */
export function fileItems(
  files: readonly { readonly path: string; readonly file: string }[],
  active: string | undefined,
): readonly FileItem[] {
  const first = files.filter(({ path }) => path === active);
  const others = files.filter(({ path }) => path !== active);
  return [...first, ...others].map(({ path, file }) => {
    const slash = file.lastIndexOf('/');
    return { label: plain(file.slice(slash + 1)), description: plain(file.slice(0, Math.max(0, slash))), path };
  });
}

/** Blocks of the heights that a sketch has. */
const blocks = '▁▂▃▄▅▆▇█';

/** A sketch as a text: a list of the editor has no room for pictures. */
export function sketchText(sketch: readonly number[]): string {
  return sketch.map((height) => blocks[height] ?? '').join('');
}

export interface SequenceItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly sequence: SequenceSummary;
}

/**
 * The sequences of one file as a list to pick from: the one last used first, the others in the file's order.
 * @param sketches by the number of the sequence, as far as they are known
 */
export function sequenceItems(
  sequences: readonly SequenceSummary[],
  lastUsed: number | undefined,
  sketches: ReadonlyMap<number, readonly number[]> = new Map(),
): readonly SequenceItem[] {
  const first = sequences.filter(({ ref }) => ref.number === lastUsed);
  const others = sequences.filter(({ ref }) => ref.number !== lastUsed);
  return [...first, ...others].map((sequence) => ({
    label: `${formatCount(sequence.ref.number + 1)}${sequence.name === null ? '' : `: ${plain(sequence.name)}`}`,
    description: [
      sequence.label === null ? '' : plain(sequence.label),
      sequence.ref.number === lastUsed ? t('(used last)') : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
    detail: `${withBlank(sketchText(sketches.get(sequence.ref.number) ?? []))}${steps(sequence.steps)}${duration(sequence)}, ${channels(sequence.channels.length)}`,
    sequence,
  }));
}

function withBlank(text: string): string {
  return text === '' ? '' : `${text}  `;
}

function duration({ steps, rate }: SequenceSummary): string {
  if (rate === null || rate <= 0) return '';
  return ` ${t('({0} s at {1} Hz)', formatSignificant(steps / rate, 3), formatSignificant(rate, 4))}`;
}

/** For how many files the sequence that was last asked for is remembered. */
const mostFiles = 200;

const lastUsed = v.array(v.tuple([v.string(), v.pipe(v.number(), v.integer(), v.minValue(0))]));

/** Pairs of a path and the number of the sequence last used of it, the latest at the end. */
export type LastUsed = v.InferOutput<typeof lastUsed>;

/** Reads what was stored; what does not fit counts as nothing. */
export function parseLastUsed(stored: unknown): LastUsed {
  const result = v.safeParse(lastUsed, stored);
  return result.success ? result.output : [];
}

/** The sequence last used of the file at `path`. */
export function numberLastUsed(entries: LastUsed, path: string): number | undefined {
  return entries.find(([other]) => other === path)?.[1];
}

/** `entries` after sequence `number` of the file at `path` was used. */
export function withUsed(entries: LastUsed, path: string, number: number): LastUsed {
  return [...entries.filter(([other]) => other !== path), [path, number] as [string, number]].slice(-mostFiles);
}
