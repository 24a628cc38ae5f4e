import { layoutOfChannels } from './catalogue';
import { memoized } from './memoized';
import type { Survey, SurveyedSequence } from './store/records';

type Channels = SurveyedSequence['channels'];
type Surveyed = Extract<Survey, { readonly kind: 'sequences' }>;

/** Keeps once what very many files have in common: else a hundred thousand surveys are two million objects. */
export class Alike {
  private readonly texts = new Map<string, string>();
  private readonly channels = new Map<string, Channels>();
  private readonly layouts = new Map<Channels, string>();

  /** The same text. */
  text(text: string): string {
    return memoized(this.texts, text, () => text);
  }

  /** @param channels of a survey that `surveys` returned */
  readonly layoutOf = (channels: Channels): string =>
    memoized(this.layouts, channels, () => layoutOfChannels(channels));

  /** Surveys of the same content, whose bytes lie together in a memory of their own. */
  surveys(surveys: readonly Survey[]): readonly Survey[] {
    const all = surveys.flatMap((survey) => (survey.kind === 'sequences' ? survey.sequences : []));
    const memory = new Uint8Array(all.reduce((sum, { levels }) => sum + levels.length, 0));
    let at = 0;
    const ownLevels = ({ levels }: SurveyedSequence): Uint8Array<ArrayBuffer> => {
      memory.set(levels, at);
      return memory.subarray(at, (at += levels.length));
    };
    return surveys.map((survey) => (survey.kind === 'sequences' ? this.survey(survey, ownLevels) : survey));
  }

  private survey(survey: Surveyed, ownLevels: (of: SurveyedSequence) => Uint8Array<ArrayBuffer>): Surveyed {
    return {
      kind: survey.kind,
      format: this.text(survey.format),
      count: survey.count,
      unusable: orNone(survey.unusable),
      sequences: survey.sequences.map((sequence) => ({
        ...sequence,
        label: sequence.label === null ? null : this.text(sequence.label),
        channels: memoized(this.channels, JSON.stringify(sequence.channels), () => sequence.channels),
        notes: orNone(sequence.notes),
        doubts: orNone(sequence.doubts),
        levels: ownLevels(sequence),
      })),
    };
  }
}

const none: never[] = [];

function orNone<T>(items: T[]): T[] {
  return items.length === 0 ? none : items;
}
