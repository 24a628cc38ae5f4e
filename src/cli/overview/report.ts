import type { Engine } from '../../engine/engine';
import { copyText, doubtText, faultText, outlierText } from '../../l10n/checks';
import { mostChecked } from '../../protocol/checks';
import type { SequenceRef, SequenceSummary } from '../../protocol/sequences';

/** A recording of a report. Every string comes from a file. */
export interface Reported {
  readonly file: string;
  /** Of the sequence in its file, from 1; `null` where it is the only one. */
  readonly sequence: number | null;
  readonly name: string | null;
  readonly label: string | null;
}

interface Listed<Row> {
  readonly total: number;
  /** Findings that are ignored for good, which are not listed. */
  readonly ignored: number;
  readonly rows: readonly Row[];
}

/** What the checks of one layout found, with reasons in words. */
export interface LayoutReport {
  /** The channels in order, or `null` for all sequences together. */
  readonly channels: readonly (string | null)[] | null;
  readonly sequences: number;
  readonly duplicates: Listed<{
    readonly keep: Reported;
    readonly copies: readonly { readonly recording: Reported; readonly distance: number; readonly how: string }[];
    readonly size: number;
  }> & { readonly threshold: number };
  readonly outliers: Listed<{
    readonly recording: Reported;
    readonly factor: number;
    readonly nearest: Reported;
    readonly reasons: readonly string[];
  }>;
  readonly labels: Listed<{
    readonly recording: Reported;
    readonly suggested: string;
    readonly confidence: number;
    readonly given: number;
    readonly reason: string;
  }> & { readonly labelled: number };
  readonly groups: Listed<{
    readonly typical: Reported;
    readonly size: number;
    readonly labels: readonly { readonly label: string | null; readonly sequences: number }[];
  }>;
}

/** What is looked at: a layout by its key, or all. */
export interface LayoutAsked {
  readonly key: string | null;
  readonly channels: readonly (string | null)[] | null;
  readonly sequences: number;
}

const plain = { count: mostChecked, ignored: false } as const;

/** Asks for everything that the checks of a layout find. */
export async function reportOn(engine: Engine, asked: LayoutAsked, signal: AbortSignal): Promise<LayoutReport> {
  const { key: layout, channels, sequences } = asked;
  await looked(engine, layout, signal);
  return {
    channels,
    sequences,
    duplicates: await duplicates(engine, layout, signal),
    outliers: await outliers(engine, layout, signal),
    labels: await labels(engine, layout, signal),
    groups: await groups(engine, layout, signal),
  };
}

/** Waits until the samples of all recordings were looked at. */
async function looked(engine: Engine, layout: string | null, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await engine.ask('overviewOutliers', { ...plain, layout, from: 0, count: 1 }, signal);
    if (answer.looked === undefined || answer.looked.done >= answer.looked.total) return;
  }
}

/** All parts of a list, one after the other. */
async function whole<Row, Answer extends Listed<Row>>(part: (from: number) => Promise<Answer>): Promise<Answer> {
  const first = await part(0);
  const rows: Row[] = [...first.rows];
  while (rows.length < first.total) {
    const { rows: more } = await part(rows.length);
    if (more.length === 0) break;
    rows.push(...more);
  }
  return { ...first, rows };
}

type Parts = readonly [engine: Engine, layout: string | null, signal: AbortSignal];

async function duplicates(...[engine, layout, signal]: Parts): Promise<LayoutReport['duplicates']> {
  const found = await whole((from) =>
    engine.ask('overviewDuplicates', { ...plain, layout, from, threshold: null }, signal),
  );
  const rows: LayoutReport['duplicates']['rows'][number][] = [];
  for (const { members, size } of found.rows) {
    const [kept, ...others] = members;
    if (kept === undefined) continue;
    const copies = [];
    for (const { sequence, distance } of others) {
      const copy = await engine.ask('overviewCopy', { kept: kept.sequence.ref, other: sequence.ref }, signal);
      copies.push({ recording: reported(sequence), distance, how: copyText(copy, sequence.channels) });
    }
    rows.push({ keep: reported(kept.sequence), copies, size });
  }
  return { ...countsOf(found), threshold: found.threshold, rows };
}

async function outliers(...[engine, layout, signal]: Parts): Promise<LayoutReport['outliers']> {
  const found = await whole((from) => engine.ask('overviewOutliers', { ...plain, layout, from }, signal));
  const rows: LayoutReport['outliers']['rows'][number][] = [];
  for (const { sequence, factor, nearest } of found.rows) {
    const reasons = await faultTexts(engine, layout, sequence, signal);
    rows.push({
      recording: reported(sequence),
      factor,
      nearest: reported(nearest),
      reasons: factor > 1 ? [outlierText(factor), ...reasons] : reasons,
    });
  }
  return { ...countsOf(found), rows };
}

async function faultTexts(
  engine: Engine,
  layout: string | null,
  { ref, channels }: { readonly ref: SequenceRef; readonly channels: SequenceSummary['channels'] },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const faults = await engine.ask('overviewFaults', { layout, sequence: ref }, signal);
  return faults.map((fault) => faultText(fault, channels));
}

async function labels(...[engine, layout, signal]: Parts): Promise<LayoutReport['labels']> {
  const found = await whole((from) => engine.ask('overviewLabels', { ...plain, layout, from }, signal));
  return {
    ...countsOf(found),
    labelled: found.labelled,
    rows: found.rows.map(({ sequence, ...doubt }) => ({
      recording: reported(sequence),
      ...doubt,
      reason: doubtText(sequence.label ?? '', doubt),
    })),
  };
}

async function groups(...[engine, layout, signal]: Parts): Promise<LayoutReport['groups']> {
  const found = await whole((from) => engine.ask('overviewGroups', { ...plain, layout, from }, signal));
  return {
    ...countsOf(found),
    rows: found.rows.map(({ medoid, size, labels: counted }) => ({ typical: reported(medoid), size, labels: counted })),
  };
}

function countsOf({ total, ignored }: { readonly total: number; readonly ignored: number }) {
  return { total, ignored };
}

function reported({ file, siblings, ref, name, label }: SequenceSummary): Reported {
  return { file, sequence: siblings > 1 ? ref.number + 1 : null, name, label };
}
