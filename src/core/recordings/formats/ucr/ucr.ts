import { entry } from '../../entry';
import { UnreadableError, type Reader } from '../../reader';
import type { TableReading } from '../../reading/tableReading';
import type { Sequence } from '../../sequence';
import { SampleBudget } from '../../sampleBudget';
import { describeText } from '../delimited/describe';
import { readDelimited } from '../delimited/read';
import { isBinary } from '../text/encoding';
import { checkText, headText, lineBatches, quoted } from '../text/lines';
import { parseNumber } from '../text/numbers';
import { holdsSeries } from './evidence';

/** The `.tsv` form of the UCR Time Series Archive (Dau et al. 2019): in each line a label and the samples of a series. */
export const ucrReader: Reader = {
  format: 'ucr',
  version: 1,
  extensions: ['.tsv'],
  claims(source) {
    if (isBinary(source.head)) return false;
    const { text, whole } = headText(source);
    return holdsSeries(text, whole, source.name);
  },
  describe: describeText,
  async read(source, options) {
    const { decisions = {} } = options;
    const isTable = tableDecisions.some((key) => decisions[key] !== undefined);
    if (isTable) {
      const usual = decisions.series === 'columns' ? text : found;
      return readDelimited(source, { ...options, decisions: { ...usual, ...decisions } });
    }
    checkText(source, options);
    const budget = new SampleBudget(options.maximumSamples);
    const sequences: Sequence[] = [];
    let longest = 0;
    for await (const lines of lineBatches(source, options)) {
      for (const line of lines) {
        if (line.trim() === '') continue;
        const values = seriesOf(line, sequences.length + 1);
        budget.take(values.length, 1);
        longest = Math.max(longest, values.length);
        sequences.push({
          channels: [{ name: null, unit: null, values }],
          rate: null,
          label: labelOf(line),
          name: null,
          notes: [],
        });
      }
    }
    if (sequences.length === 0) throw new UnreadableError('it holds no series');
    const reading = readingOf(longest);
    return sequences.map((sequence) => ({ ...sequence, reading }));
  },
};

const tableDecisions = ['delimiter', 'decimal', 'headerLines', 'clock', 'clockUnit', 'label', 'series'] as const;

const text = { delimiter: 'tab', decimal: '.', headerLines: 0 } as const;
const found = { ...text, clock: null, label: 1, series: 'rows' } as const;

function readingOf(samples: number): TableReading {
  const series = Array.from({ length: samples }, () => ({ name: null, role: 'series' as const }));
  return { found, columns: [{ name: null, role: 'label' }, ...series], isChosen: false };
}

/** The samples of a line; NaN at the end only fills shorter series up to the length of the longest. */
function seriesOf(line: string, number: number): Float32Array {
  const cells = line.split('\t');
  const values = new Float32Array(cells.length - 1);
  let length = 0;
  for (let i = 0; i < values.length; i++) {
    const value = parseNumber(entry(cells, i + 1), false);
    if (value === undefined) throw notANumber(number, entry(cells, i + 1));
    values[i] = Number.isFinite(Math.fround(value)) ? value : NaN;
    if (!Number.isNaN(values[i])) length = i + 1;
  }
  return values.slice(0, length);
}

function labelOf(line: string): string {
  const text = line.slice(0, line.indexOf('\t')).trim();
  const number = Number(text);
  // The archive writes one and the same class as 1, 1.0 and 1.0000000e+00.
  return text !== '' && Number.isFinite(number) ? String(number) : text;
}

function notANumber(series: number, cell: string): UnreadableError {
  return new UnreadableError(`series ${series} holds ${quoted(cell)} where a number should be`);
}
