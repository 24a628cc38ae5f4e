import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import type { ByteSource } from '../../source';
import { clockName } from '../../clock/names';
import { dialectOf, type Dialect, type Rows } from './dialect';
import { headerOf, type Header } from './header';
import { sequenceOf } from './sequence';
import { isBlank, rowBatches } from './split';
import { Table } from './table';
import { SampleBudget } from '../../sampleBudget';
import { isBinary } from '../text/encoding';
import { checkText } from '../text/lines';
import { ucrReader } from '../ucr/ucr';

/** Text with one time step in each line: cells between commas, semicolons, tabs, bars or runs of blanks. */
export const delimitedReader: Reader = {
  format: 'delimited',
  version: 1,
  extensions: ['.csv', '.tsv', '.txt', '.dat'],
  claims(source) {
    if (source.extension === '.dat') return !isBinary(source.head);
    return !(ucrReader.extensions.includes(source.extension) && ucrReader.claims(source));
  },
  async read(source, options) {
    checkText(source, options);
    const dialect = await withCompleteRows(source, dialectOf(source), options);
    const header = headerOf(dialect);
    return [sequenceOf(await tableOf(source, dialect, header, options), header, options)];
  },
};

/** Where the first 64 KiB hold less than two rows, takes the sample from further into the file. */
async function withCompleteRows(source: ByteSource, dialect: Dialect, options: ReadOptions): Promise<Dialect> {
  if (source.head.length === source.size || dialect.sample.length > 1) return dialect;
  const sample: Rows[number][] = [];
  for await (const rows of rowBatches(source, dialect.delimiter, dialect.commentLines, options)) {
    for (const row of rows.slice(0, 10)) if (!isBlank(row)) sample.push(row);
    if (sample.length > 1) break;
  }
  return { ...dialect, sample };
}

async function tableOf(source: ByteSource, dialect: Dialect, header: Header, options: ReadOptions): Promise<Table> {
  if (header.width === 0) throw new UnreadableError('it holds no rows of numbers');
  const table = new Table(header.width, dialect.commaAllowed, clockColumns(header));
  const budget = new SampleBudget(options.maximumSamples);
  let above = header.rows;
  for await (const rows of rowBatches(source, dialect.delimiter, dialect.commentLines, options)) {
    for (const row of rows) {
      if (above > 0) {
        if (!isBlank(row)) above--;
        continue;
      }
      budget.take(table.add(row), 0);
    }
    // A long text that is no table shows it early.
    if (table.rows > 1000) {
      if (table.holdsText()) table.checkNumbers();
      table.checkShape();
    }
  }
  return table;
}

function clockColumns(header: Header): number[] {
  const named = header.columns ?? [];
  return [...Array(header.width).keys()].filter((i) => {
    const name = named[i]?.name;
    return i === 0 || (name != null && clockName(name, named[i]?.unit ?? null) !== null);
  });
}
