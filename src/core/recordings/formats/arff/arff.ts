import { UnreadableError, type Reader } from '../../reader';
import { stepsOf, type Sequence } from '../../sequence';
import { ArffHeaderReader, type ArffHeader } from './header';
import { seriesOf } from './row';
import { SampleBudget } from '../../sampleBudget';
import { checkText, lineBatches } from '../text/lines';

/** The `.arff` form of the time series archives: one series in each row, with one or more dimensions. */
export const arffReader: Reader = {
  format: 'arff',
  version: 2,
  extensions: ['.arff'],
  claims: () => true,
  async read(source, options) {
    checkText(source, options);
    const budget = new SampleBudget(options.maximumSamples);
    const reader = new ArffHeaderReader();
    const sequences: Sequence[] = [];
    let header: ArffHeader | null = null;
    for await (const lines of lineBatches(source, options)) {
      for (const line of lines) {
        if (header === null) header = reader.add(line);
        else if (line.trim() !== '' && !line.startsWith('%')) {
          const sequence = seriesOf(line, header, sequences.length + 1);
          budget.take(stepsOf(sequence) * sequence.channels.length, sequence.channels.length);
          sequences.push(sequence);
        }
      }
    }
    if (header === null) throw new UnreadableError('it has no @data line');
    if (sequences.length === 0) throw new UnreadableError('no rows follow its @data line');
    return sequences;
  },
};
