import type { Decisions } from '../core/recordings/reading/decisions';
import type { EngineSettings } from '../protocol/engine';
import type { Series } from '../protocol/explanation';
import type { ReadingDescription } from '../protocol/reading';
import { drawnSeries } from './drawn';
import { shortened, shortenedOrNull } from './shortened';
import type { DescribedFile } from './workers/tasks';
import type { Threads } from './workers/threads';
import { workOptions } from './workers/workOptions';
import type { Params } from '../protocol/engine';

/** Names that a rule may hold and a page can show. */
const mostChannels = 500;

/** Reads files as somebody tries decisions out on them, whatever the rules say. */
export class Reading {
  constructor(
    private readonly settings: EngineSettings,
    private readonly threads: Threads,
  ) {}

  /** How a file is read. @throws UnreadableError */
  async describe({ path, decisions }: Params<'describeReading'>, signal: AbortSignal): Promise<ReadingDescription> {
    const options = workOptions(this.settings, decisions);
    return portable(await this.threads.look('describe', { path, options }, signal));
  }

  /** A part of a sequence, reduced to the pixels that show it. @throws UnreadableError */
  async series(params: Params<'previewSeries'>, signal: AbortSignal): Promise<Series> {
    const { ref, span, columns, channels, decisions } = params;
    const options = workOptions(this.settings, decisions);
    const asked = { ...ref, options, columns, channels, asWritten: true, span };
    const reduced = await this.threads.look('reduce', asked, signal);
    return drawnSeries(ref, reduced);
  }
}

/** A description that a message carries, however long the texts of the file are; its lists are short. */
function portable(description: DescribedFile): ReadingDescription {
  const { sequences, table, channels, decided } = description;
  return {
    ...description,
    decided: shortDecisions(decided),
    sequences: sequences.map((sequence) => ({
      ...sequence,
      name: shortenedOrNull(sequence.name),
      label: shortenedOrNull(sequence.label),
      notes: sequence.notes.map(shortened),
      doubts: sequence.doubts.map(shortened),
      channels: sequence.channels.map(({ name, unit }) => ({
        name: shortenedOrNull(name),
        unit: shortenedOrNull(unit),
      })),
    })),
    table: table && {
      ...table,
      columns: table.columns.map((column) => ({ ...column, name: shortenedOrNull(column.name) })),
    },
    channels: channels.map(shortenedOrNull),
  };
}

/** What a reader found may be longer than what a user may decide. */
function shortDecisions(decided: Decisions): Decisions {
  const { names, units, channels, clock, label } = decided;
  const choice = <T extends string | number | null>(of: T) => (typeof of === 'string' ? shortened(of) : of);
  return {
    ...decided,
    ...(names && { names: names.slice(0, mostChannels).map(shortened) }),
    ...(units && { units: units.slice(0, mostChannels).map(shortenedOrNull) }),
    ...(channels && { channels: channels.slice(0, mostChannels).map(choice) }),
    ...(clock !== undefined && { clock: choice(clock) }),
    ...(label !== undefined && { label: choice(label) }),
  };
}
