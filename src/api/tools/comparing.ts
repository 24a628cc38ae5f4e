import * as v from 'valibot';
import { layoutKey } from '../../core/recordings/layout';
import { mainChannel, reasonsOf } from '../../l10n/reasons';
import type { SequenceRef } from '../../protocol/sequences';
import { QuestionError } from '../questionError';
import { recordingOf, type Recording } from '../recording';
import { confined } from './confined';
import { file, optionalSequence } from './reading';
import { tool, type ToolWorld } from './tool';
import { answerOf, nameOf, numberOf, quoted } from './wording';

/** Features whose terms are asked for: the sentences need the sums of kinds alone. */
const features = 1;

const named = v.strictObject({ file, sequence: optionalSequence });

export const compareRecordings = tool({
  name: 'kindred_compare_recordings',
  title: 'Compare two recordings',
  description:
    'Says how far two recordings of the open folder are from one another and why, in words: which channel, which kind of ' +
    'feature (level, shape, rhythm), when, and how the second one is otherwise (louder, slower, shifted).',
  input: v.strictObject({ query: named, match: named }),
  run: async (world, { query, match }, signal) => {
    const [a, b] = [await sideOf(world, query, signal), await sideOf(world, match, signal)];
    const isSameLayout = layoutKey(a.recording.channels) === layoutKey(b.recording.channels);
    const pair = { query: a.ref, match: b.ref, scope: isSameLayout ? 'layout' : 'all', weights: null } as const;
    const explanation = await world.ask('explain', { ...pair, features }, signal);
    const channel = mainChannel(explanation);
    const needsReasons = channel !== null && explanation.distance > 0;
    const reasons = needsReasons ? await world.ask('reasons', { ...pair, channel }, signal) : null;
    const sentences = reasonsOf({ explanation, reasons, time: null }, wordsOf(a.recording, b.recording));
    return answerOf([
      `The distance of ${nameOf(a.recording)} (the query) and ${nameOf(b.recording)} (the match) is ${numberOf(explanation.distance)}.`,
      ...(isSameLayout ? [] : ['Their channels differ, so they were compared pooled over channels.']),
      ...sentences.map(({ text }) => `- ${text}`),
    ]);
  },
});

interface Side {
  readonly ref: SequenceRef;
  readonly recording: Recording;
}

async function sideOf(world: ToolWorld, given: v.InferOutput<typeof named>, signal: AbortSignal): Promise<Side> {
  const ref = await confined(world.folders, given);
  const all = await world.ask('sequences', { path: ref.path }, signal);
  const found = all.find((each) => each.ref.number === ref.number);
  if (found === undefined) {
    throw new QuestionError(`${quoted(given.file)} has no recording number ${ref.number + 1} that can be compared.`);
  }
  return { ref: found.ref, recording: recordingOf(found) };
}

function wordsOf(query: Recording, match: Recording) {
  const sides = { query, match };
  return {
    channel: (number: number) => {
      const name = query.channels[number] ?? null;
      return name === null ? `channel ${number + 1}` : quoted(name);
    },
    share: (share: number) => `${Math.round(100 * share)} %`,
    distance: numberOf,
    at: (side: 'query' | 'match', step: number) => {
      const { rate } = sides[side];
      return rate === null ? `step ${step}` : `${numberOf(step / rate)} s`;
    },
  };
}
