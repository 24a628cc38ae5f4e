import { UnreadableError, type Reader } from '../../reader';
import { stepsOf, type Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { SampleBudget } from '../../sampleBudget';
import { isBinary } from '../text/encoding';
import { checkText, headText, lineBatches } from '../text/lines';
import { caseOf } from './case';
import { isTsTag, TsHeaderReader, type TsHeader } from './header';

/** The `.ts` form of sktime and aeon: many labelled cases, each of one or more dimensions. */
export const tsReader: Reader = {
  format: 'ts',
  version: 2,
  extensions: ['.ts'],
  claims: holdsTimeSeries,
  async read(source, options) {
    checkText(source, options);
    const budget = new SampleBudget(options.maximumSamples);
    const reader = new TsHeaderReader();
    const sequences: Sequence[] = [];
    let header: TsHeader | null = null;
    for await (const lines of lineBatches(source, options)) {
      for (const line of lines) {
        if (header === null) header = reader.add(line);
        else if (line.trim() !== '' && !line.startsWith('#')) {
          const limit = options.maximumSamples / (header.dimensions ?? 1);
          const sequence = caseOf(line, header, sequences.length + 1, limit);
          budget.take(stepsOf(sequence) * sequence.channels.length, sequence.channels.length);
          sequences.push(sequence);
        }
      }
    }
    if (header === null) throw new UnreadableError('it has no @data line');
    if (sequences.length === 0) throw new UnreadableError('no cases follow its @data line');
    return sequences;
  },
};

/** Whether the first line that is neither empty nor a comment is a tag of the format: TypeScript and video never are. */
function holdsTimeSeries(source: ByteSource): boolean {
  if (source.head.length === 0 || isBinary(source.head)) return false;
  const { text, whole } = headText(source);
  const lines = text.split('\n');
  const isComment = (line: string) => line.startsWith('#') || line.startsWith('%');
  const first = lines.find((line) => line.trim() !== '' && !isComment(line));
  // A description that fills all of the first 64 KiB: no TypeScript starts with many lines of `#`.
  if (!whole && (first === undefined || first === lines.at(-1))) return lines.filter(isComment).length > 2;
  return first !== undefined && isTsTag(first);
}
