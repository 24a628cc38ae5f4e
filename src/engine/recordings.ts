import { basename, dirname } from 'node:path';
import type { WorkOptionsOf } from '../core/index/fileWorker';
import type { Answered, Asked } from '../protocol/explanation';
import type { Answer, Params, WorkspaceFolder } from '../protocol/engine';
import type { RecordingView } from '../protocol/recordings';
import type { GallerySink } from './gallerySink';
import { shownPath } from './paths';
import { recordingOf } from './searching';
import { shortened, shortenedOrNull } from './shortened';
import { base64Of } from './base64';
import type { Threads } from './workers/threads';
import type { WorkspaceFiles } from './workspaceFiles';

export interface RecordingParts {
  readonly folders: readonly WorkspaceFolder[];
  readonly workOf: WorkOptionsOf;
  readonly threads: Pick<Threads, 'look'>;
  readonly files: Pick<WorkspaceFiles, 'labelOf' | 'shownLabel'>;
  readonly sink: Pick<GallerySink, 'paths'>;
}

/** Shows files to somebody who looks at them; nothing is embedded for it. */
export class Recordings {
  constructor(private readonly parts: RecordingParts) {}

  /** A sequence of a file; the last one where the file holds fewer. @throws UnreadableError */
  async view({ path: asked, number: wanted }: Params<'recording'>, signal: AbortSignal): Promise<RecordingView> {
    const { folders, workOf, threads, files } = this.parts;
    const path = await recordingOf(asked);
    const outline = await threads.look('outline', { path, options: workOf(path), number: wanted }, signal);
    const { number, siblings, format, steps, rate, channels, notes, doubts, problem } = outline;
    const { label, isOwn } = files.shownLabel(path, number, outline.label);
    return {
      summary: {
        ref: { path, number },
        file: shortened(shownPath(path, folders)),
        ...{ siblings, format, steps, rate },
        name: shortenedOrNull(outline.name),
        label: shortenedOrNull(label),
        ...(isOwn && { ownLabel: true }),
        channels: channels.map(({ name }) => shortenedOrNull(name)),
        covered: 1,
        notes: notes.map(shortened),
        doubts: doubts.map(shortened),
      },
      group: shortenedOrNull(files.labelOf(path, number)?.group ?? null),
      units: channels.map(({ unit }) => shortenedOrNull(unit)),
      variation: channels.map(({ variation }) => variation),
      problem: problem === null ? null : shortened(problem),
    };
  }

  /** Some of the sequences of a file, in its order. @throws UnreadableError */
  async list(
    { ref: { path }, from, count }: Asked<'sequenceList'>,
    signal: AbortSignal,
  ): Promise<Answered<'sequenceList'>> {
    const { workOf, threads, files } = this.parts;
    const listed = await threads.look('list', { path, options: workOf(path), from, count }, signal);
    return listed.map(({ name, label, sketch, ...others }) => ({
      ...others,
      sketch: [...sketch],
      name: shortenedOrNull(name),
      label: shortenedOrNull(files.shownLabel(path, others.number, label).label),
    }));
  }

  /** Samples of a channel, fewer than were asked for where there are many. @throws UnreadableError */
  async samples({ ref, channel, span }: Asked<'samples'>, signal: AbortSignal): Promise<Answered<'samples'>> {
    const { workOf, threads } = this.parts;
    const heard = await threads.look('samples', { ...ref, options: workOf(ref.path), channel, span }, signal);
    return { span: heard.span, values: base64Of(heard.values) };
  }

  /** The power of a stretch of a channel by time and frequency. @throws UnreadableError */
  async spectrogram({ ref, ...asked }: Asked<'spectrogram'>, signal: AbortSignal): Promise<Answered<'spectrogram'>> {
    const { workOf, threads } = this.parts;
    const found = await threads.look('spectrogram', { ...ref, options: workOf(ref.path), ...asked }, signal);
    return { ...found, levels: base64Of(found.levels) };
  }

  /** The recordings beside a file in its folder, in the order in which the editor lists them. */
  async neighbours(asked: string): Promise<Answer<'neighbours'>> {
    const path = await recordingOf(asked);
    const folder = dirname(path);
    const beside = this.parts.sink.paths().filter((other) => other !== path && dirname(other) === folder);
    const ordered = [...beside, path].sort((a, b) => byName.compare(basename(a), basename(b)));
    const at = ordered.indexOf(path);
    return { previous: ordered[at - 1] ?? null, next: ordered[at + 1] ?? null };
  }
}

const byName = new Intl.Collator('en', { numeric: true });
