import { layoutKey } from '../core/recordings/layout';
import { copyText, doubtText, faultText, outlierText } from '../l10n/checks';
import type { CommandAnswer, CommandParams, LayoutReport } from '../protocol/commands/commands';
import { mostChecked } from '../protocol/checks';
import type { AskEngine } from '../protocol/engine';
import type { SequenceRef, SequenceSummary } from '../protocol/sequences';
import { headOf } from './head';
import { QuestionError } from './questionError';
import { recordingOf } from './recording';

/** The part of a list that came, and how long the list is. */
interface Listed<Row> {
  readonly total: number;
  readonly ignored: number;
  readonly rows: readonly Row[];
}

/** What is looked at: a layout by its key, or all. */
interface LayoutAsked {
  readonly key: string | null;
  readonly channels: readonly (string | null)[] | null;
  readonly sequences: number;
}

/**
 * Copies, outliers, doubtful labels and groups of a folder, layout by layout.
 * @param most of each are listed; all are counted
 * @throws QuestionError for a layout that is not there
 */
export async function overview(
  ask: AskEngine,
  folders: readonly string[],
  { layout }: CommandParams<'overview'>,
  signal: AbortSignal,
  most = Infinity,
): Promise<CommandAnswer<'overview'>> {
  const layouts: LayoutReport[] = [];
  for (const asked of await layoutsOf(ask, layout, signal)) layouts.push(await reportOn(ask, asked, most, signal));
  return { ...headOf('overview'), folders, layouts };
}

async function layoutsOf(
  ask: AskEngine,
  asked: string | undefined,
  signal: AbortSignal,
): Promise<readonly LayoutAsked[]> {
  const all = (await ask('layouts', {}, signal)).map(({ channels, sequences }) => ({
    key: layoutKey(channels),
    channels,
    sequences,
  }));
  if (asked === undefined) return all;
  if (asked === 'all') {
    return [{ key: null, channels: null, sequences: all.reduce((sum, { sequences }) => sum + sequences, 0) }];
  }
  const key = /^\d+$/.test(asked) ? asked : layoutKey(asked.split(','));
  const found = all.filter((each) => each.key === key);
  if (found.length === 0) {
    const known = all.map(({ key: each, channels }) => (/^\d+$/.test(each) ? each : channels.join(',')));
    throw new QuestionError(`No recording has the channels ${asked}. There are: ${known.join('; ')}.`);
  }
  return found;
}

/** Which part of a list is asked for, of at most so many rows in all. */
const partOf = (most: number, from: number) => ({ from, count: Math.min(mostChecked, most - from), ignored: false });

/** Asks for what the checks of a layout find. */
async function reportOn(
  ask: AskEngine,
  { key: layout, channels, sequences }: LayoutAsked,
  most: number,
  signal: AbortSignal,
): Promise<LayoutReport> {
  await looked(ask, layout, signal);
  const parts = { ask, layout, most, signal };
  return {
    channels,
    sequences,
    duplicates: await duplicates(parts),
    outliers: await outliers(parts),
    labels: await labels(parts),
    groups: await groups(parts),
  };
}

/** Waits until the samples of all recordings were looked at. */
async function looked(ask: AskEngine, layout: string | null, signal: AbortSignal): Promise<void> {
  for (;;) {
    const answer = await ask('overviewOutliers', { ...partOf(1, 0), layout }, signal);
    if (answer.looked === undefined || answer.looked.done >= answer.looked.total) return;
  }
}

/** The parts of a list, one after the other. */
async function whole<Row, Answer extends Listed<Row>>(
  most: number,
  part: (from: number) => Promise<Answer>,
): Promise<Answer> {
  const first = await part(0);
  const rows: Row[] = [...first.rows];
  while (rows.length < Math.min(first.total, most)) {
    const { rows: more } = await part(rows.length);
    if (more.length === 0) break;
    rows.push(...more);
  }
  return { ...first, rows };
}

interface Parts {
  readonly ask: AskEngine;
  readonly layout: string | null;
  readonly most: number;
  readonly signal: AbortSignal;
}

async function duplicates({ ask, layout, most, signal }: Parts): Promise<LayoutReport['duplicates']> {
  const found = await whole(most, (from) =>
    ask('overviewDuplicates', { ...partOf(most, from), layout, threshold: null }, signal),
  );
  const rows: LayoutReport['duplicates']['rows'][number][] = [];
  for (const { members, size } of found.rows) {
    const [kept, ...others] = members;
    if (kept === undefined) continue;
    const copies = [];
    for (const { sequence, distance } of others) {
      const copy = await ask('overviewCopy', { kept: kept.sequence.ref, other: sequence.ref }, signal);
      copies.push({ recording: recordingOf(sequence), distance, how: copyText(copy, sequence.channels) });
    }
    rows.push({ keep: recordingOf(kept.sequence), copies, size });
  }
  return { ...countsOf(found), threshold: found.threshold, rows };
}

async function outliers({ ask, layout, most, signal }: Parts): Promise<LayoutReport['outliers']> {
  const found = await whole(most, (from) => ask('overviewOutliers', { ...partOf(most, from), layout }, signal));
  const rows: LayoutReport['outliers']['rows'][number][] = [];
  for (const { sequence, factor, nearest } of found.rows) {
    const reasons = await faultTexts(ask, layout, sequence, signal);
    rows.push({
      recording: recordingOf(sequence),
      factor,
      nearest: recordingOf(nearest),
      reasons: factor > 1 ? [outlierText(factor), ...reasons] : reasons,
    });
  }
  return { ...countsOf(found), rows };
}

async function faultTexts(
  ask: AskEngine,
  layout: string | null,
  { ref, channels }: { readonly ref: SequenceRef; readonly channels: SequenceSummary['channels'] },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const faults = await ask('overviewFaults', { layout, sequence: ref }, signal);
  return faults.map((fault) => faultText(fault, channels));
}

async function labels({ ask, layout, most, signal }: Parts): Promise<LayoutReport['labels']> {
  const found = await whole(most, (from) => ask('overviewLabels', { ...partOf(most, from), layout }, signal));
  return {
    ...countsOf(found),
    labelled: found.labelled,
    rows: found.rows.map(({ sequence, ...doubt }) => ({
      recording: recordingOf(sequence),
      ...doubt,
      reason: doubtText(sequence.label ?? '', doubt),
    })),
  };
}

async function groups({ ask, layout, most, signal }: Parts): Promise<LayoutReport['groups']> {
  const found = await whole(most, (from) => ask('overviewGroups', { ...partOf(most, from), layout }, signal));
  return {
    ...countsOf(found),
    rows: found.rows.map(({ medoid, size, labels: counted }) => ({
      typical: recordingOf(medoid),
      size,
      labels: counted,
    })),
  };
}

function countsOf({ total, ignored }: { readonly total: number; readonly ignored: number }) {
  return { total, ignored };
}
