import * as v from 'valibot';
import { plainArrangement } from '../../protocol/listing';
import { recordingOf } from '../recording';
import { float32Of } from '../search';
import { confined } from './confined';
import { tool, type ToolWorld } from './tool';
import { answerOf, channelsOf, indexNote, lengthOf, nameOf, numberOf, quoted } from './wording';

/** Tools about one recording. */

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

export const file = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4096),
  v.description('The path of the recording, from the folder.'),
);
const sequence = v.pipe(whole(1, 2 ** 31), v.description('Which recording of a file that holds several, from 1.'));
export const optionalSequence = v.exactOptional(sequence);

async function nearest({ ask, folders }: ToolWorld, named: Named, count: number, signal: AbortSignal) {
  const query = await confined(folders, named);
  const asked = { query, scope: named.allLayouts === true ? ('all' as const) : ('layout' as const), weights: null };
  return await ask('rank', { ...asked, arrangement: plainArrangement, from: 0, count }, signal);
}

interface Named {
  readonly file: string;
  readonly sequence?: number | undefined;
  readonly allLayouts?: boolean | undefined;
}

export const findSimilar = tool({
  name: 'kindred_find_similar',
  title: 'Find similar recordings',
  description:
    'Ranks the recordings (time series such as sensor data, ECG, EEG, audio) of the open folder by their distance to one of ' +
    'them, the nearest first. Distances are comparable with one another; 0 means the same. Use it to find recordings like a given one.',
  input: v.strictObject({
    file,
    sequence: optionalSequence,
    top: v.exactOptional(v.pipe(whole(1, 50), v.description('How many to list; 10 unless given.'))),
    allLayouts: v.exactOptional(
      v.pipe(v.boolean(), v.description('Whether recordings with other channels are ranked as well.')),
    ),
  }),
  run: async (world, input, signal) => {
    const listing = await nearest(world, input, input.top ?? 10, signal);
    const matches = listing.items.filter((item) => item.kind === 'match');
    const query = recordingOf(listing.query);
    const others = listing.scope === 'layout' && listing.elsewhere > 0;
    return answerOf([
      `Nearest to ${nameOf(query)}: ${matches.length} of ${listing.candidates} recordings, by distance.`,
      ...matches.map(({ rank, distance, sequence: found }) => {
        return `${rank}. ${numberOf(distance)} ${nameOf(recordingOf(found))}`;
      }),
      ...(others ? [`${listing.elsewhere} recordings have other channels and were not ranked.`] : []),
      ...indexNote(listing.index),
    ]);
  },
});

const mostSamples = 64;

export const describeRecording = tool({
  name: 'kindred_describe_recording',
  title: 'Describe a recording',
  description:
    'Tells of one recording of the open folder: format, channels and units, length, sampling rate, label, how its file was ' +
    'read, what is doubtful about that, and its nearest recordings. It gives no samples unless "samples" asks for some.',
  input: v.strictObject({
    file,
    sequence: optionalSequence,
    samples: v.exactOptional(
      v.pipe(
        v.strictObject({
          channel: v.pipe(whole(1, 10_000), v.description('Which channel, from 1.')),
          from: v.pipe(whole(0, 2 ** 31), v.description('The first time step, from 0.')),
          count: v.pipe(whole(1, mostSamples), v.description(`How many, at most ${mostSamples}.`)),
        }),
        v.description('Only if raw values are needed: a few samples of one channel.'),
      ),
    ),
  }),
  run: async (world, input, signal) => {
    const { ask, folders } = world;
    const ref = await confined(folders, input);
    const { summary, units, group, problem } = await ask('recording', ref, signal);
    const recording = recordingOf(summary);
    const lines = [
      `${nameOf(recording)}: ${recording.format}, ${lengthOf(recording)}, ${channelsOf(recording.channels)}.`,
      ...(units.some((unit) => unit !== null)
        ? [`Units: ${units.map((unit) => (unit === null ? 'unknown' : quoted(unit))).join(', ')}.`]
        : []),
      ...(group === null ? [] : [`It belongs to ${quoted(group)}.`]),
      ...(summary.covered < 1 ? [`Its embedding covers ${numberOf(100 * summary.covered)} % of its time steps.`] : []),
      ...summary.notes.map((note) => `Note: ${quoted(note)}`),
      ...summary.doubts.map((doubt) => `Doubtful: ${quoted(doubt)}`),
    ];
    if (problem !== null) return answerOf([...lines, `It cannot be compared, because ${quoted(problem)}.`]);
    const listing = await nearest(world, input, 3, signal);
    const matches = listing.items.filter((item) => item.kind === 'match');
    return answerOf([
      ...lines,
      ...matches.map((match) => `Near: ${numberOf(match.distance)} ${nameOf(recordingOf(match.sequence))}`),
      ...(await samplesOf(world, ref, input.samples, signal)),
      ...indexNote(listing.index),
    ]);
  },
});

async function samplesOf(
  { ask }: ToolWorld,
  ref: Awaited<ReturnType<typeof confined>>,
  asked: { readonly channel: number; readonly from: number; readonly count: number } | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (asked === undefined) return [];
  const { channel, from, count } = asked;
  const span = { start: from, end: from + count };
  const { span: given, values } = await ask('samples', { ref, channel: channel - 1, span }, signal);
  const numbers = Array.from(float32Of(values), numberOf).join(' ');
  return [`Samples ${given.start} to ${given.end - 1} of channel ${channel}: ${numbers}`];
}
