import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import { stepsOf, type Sequence } from '../../sequence';
import { checkText, lineBatches } from '../text/lines';
import { Segment, type Fields } from './segment';

/** Measurements that LabVIEW writes as text; each segment of a file is a sequence. */
export const lvmReader: Reader = {
  format: 'lvm',
  version: 1,
  extensions: ['.lvm'],
  claims: () => true,
  async read(source, options) {
    checkText(source, options);
    const reader = new LvmReader(options);
    for await (const lines of lineBatches(source, options)) for (const line of lines) reader.add(line);
    return reader.end();
  },
};

const headerEnd = /^\*{3}End_of_Header\*{3}/i;
const mostFields = 1000;

class LvmReader {
  private state: 'start' | 'header' | 'special' | 'rows' = 'start';
  private readonly fileFields = new Map<string, readonly string[]>();
  private fields = new Map<string, readonly string[]>();
  private headers = 0;
  private segment: Segment | null = null;
  private readonly sequences: Sequence[] = [];
  private readonly budget: SampleBudget;

  constructor(private readonly options: ReadOptions) {
    this.budget = new SampleBudget(options.maximumSamples);
  }

  /** @throws UnreadableError for a text that is no measurement of LabVIEW, and for too many samples */
  add(line: string): void {
    if (this.state === 'start') {
      if (!/^LabVIEW Measurement/.test(line)) throw new UnreadableError('it does not begin like a LabVIEW measurement');
      this.state = 'header';
      return;
    }
    if (/^\*{3}Start_Special\*{3}/i.test(line)) this.state = 'special';
    else if (/^\*{3}End_Special\*{3}/i.test(line)) this.state = 'header';
    else if (headerEnd.test(line)) this.endHeader();
    else if (this.state === 'header') this.addField(line);
    else if (this.state === 'rows') this.addRow(line);
  }

  /** The first header is that of the file; each other one stands above a segment. */
  private endHeader(): void {
    this.headers++;
    if (this.headers === 1) {
      for (const [key, cells] of this.fields) this.fileFields.set(key, cells);
      this.fields = new Map();
      return;
    }
    const fields: Fields = new Map([...this.fileFields, ...this.fields]);
    const commaAllowed = this.fileFields.get('decimal_separator')?.[0]?.trim() === ',';
    this.segment = new Segment(fields, commaAllowed, this.options);
    this.fields = new Map();
    this.state = 'rows';
  }

  private addField(line: string): void {
    const [key = '', ...cells] = this.cellsOf(line);
    if (key.trim() !== '' && this.fields.size < mostFields) this.fields.set(key.trim().toLowerCase(), cells);
  }

  private addRow(line: string): void {
    if (line.trim() === '') this.endSegment();
    // A line with a key in a place for numbers is the next segment's header.
    else if (/^Channels\b/i.test(line) && this.segment !== null && this.segment.rows > 0) this.endSegment(line);
    else this.segment?.add(this.cellsOf(line));
  }

  private endSegment(line = ''): void {
    if (this.segment === null || this.segment.rows === 0) return;
    const sequence = this.segment.sequence();
    this.segment = null;
    this.state = 'header';
    if (line !== '') this.addField(line);
    if (sequence === null) return;
    this.budget.take(stepsOf(sequence) * sequence.channels.length, sequence.channels.length);
    this.sequences.push(sequence);
  }

  private cellsOf(line: string): string[] {
    const separator = this.fileFields.get('separator') ?? this.fields.get('separator');
    return line.split(separator?.[0]?.trim().toLowerCase() === 'comma' || /^Separator,/i.test(line) ? ',' : '\t');
  }

  /** @throws UnreadableError where there are no samples */
  end(): readonly Sequence[] {
    this.endSegment();
    if (this.headers < 2) throw new UnreadableError('it is truncated: its headers do not end');
    if (this.sequences.length === 0) throw new UnreadableError('it holds no samples');
    return this.sequences;
  }
}
