import type { ReadOptions } from '../../reader';
import type { Decisions } from '../../reading/decisions';
import { namingDecisionsOf } from '../../reading/refused';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { sequencesOf } from '../../table/sequences';
import { checkText, lineTooLong } from '../text/lines';
import { plainBytes } from './bytes';
import type { Delimiter } from './delimiter';
import { Filler } from './fill';
import { PlainRowReader } from './plainRows';
import { planOf, type Plan } from './plan';
import { sampleOf } from './sample';
import { RowScanner } from './scan';
import { tablesOf } from './tables';
import { withoutUnread } from './unread';

const decidable = ['delimiter', 'decimal', 'headerLines'] as const;

/**
 * Reads a text that holds a table.
 * @throws UnreadableError for a text that holds none
 */
export async function readDelimited(source: ByteSource, options: ReadOptions): Promise<Sequence[]> {
  checkText(source, options);
  options.signal?.throwIfAborted();
  const { decisions = {} } = options;
  return namingDecisionsOf(decisions, decidable, async () => {
    const sample = await sampleOf(source, decisions.headerLines);
    const isLatin = sample.encoding === 'latin1';
    const fill = (part: ByteSource, by: Plan) => filled(part, by, isLatin && by.lineForm === null, options);
    const plan = await withoutUnread(source, planOf(sample, decisions), options, fill);
    const filler = await fill(source, plan);
    const sequences = tablesOf(filler, plan, source.name).flatMap((table) => sequencesOf(table, options));
    const found = foundIn(plan);
    return sequences.map((sequence) => {
      const { reading } = sequence;
      return reading === undefined
        ? sequence
        : { ...sequence, reading: { ...reading, found: { ...found, ...reading.found } } };
    });
  });
}

const nameOf: ReadonlyMap<Delimiter, NonNullable<Decisions['delimiter']>> = new Map([
  ...([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'bar'],
    ['blanks', 'blanks'],
    ['wide', 'blanks'],
  ] as const),
]);

/** What was found of the text, as decisions that lead to the same table. */
export function foundIn({
  delimiter,
  form,
  bodyLine,
  lineForm,
}: Pick<Plan, 'delimiter' | 'form' | 'bodyLine' | 'lineForm'>): Decisions {
  const name = lineForm?.names == null ? nameOf.get(delimiter) : undefined;
  return { ...(name === undefined ? {} : { delimiter: name }), decimal: form.decimal, headerLines: bodyLine };
}

const longestRow = 2 ** 26;

async function filled(source: ByteSource, plan: Plan, isLatin: boolean, options: ReadOptions): Promise<Filler> {
  const filler = new Filler(plan);
  const scanner = new RowScanner(plan.delimiter);
  const budget = new SampleBudget(options.maximumSamples, fewerOf(plan));
  const skipper = new LineSkipper(plan.bodyLine);
  const plain = PlainRowReader.of(plan);
  const rowsOf = (bytes: Buffer, isLast: boolean) => rowsIn(bytes, isLast, { filler, scanner, plain, isLatin, budget });
  let pending: Buffer[] = [];
  let [length, read, worthwhile] = [0, 0, 0];
  for await (const piece of plainBytes(source, plan.lineForm, options)) {
    const bytes = skipper.skip(piece);
    read += piece.length;
    pending.push(bytes);
    length += bytes.length;
    if (length > longestRow && pending.length > 1 && worthwhile > longestRow) throw lineTooLong();
    // A row over many pieces is tried again only after each doubling, or it would be read once for every piece.
    if (length < worthwhile) continue;
    const rest = rowsOf(pending.length === 1 ? bytes : Buffer.concat(pending), false);
    worthwhile = rest.length === length ? 2 * length : 0;
    pending = [rest];
    length = rest.length;
    // A long text that is no table shows it early.
    if (filler.lanes.rows > 1000) filler.checkShape();
    budget.foresee(read / source.size);
  }
  rowsOf(Buffer.concat(pending), true);
  return filler;
}

/** What can be done about too many samples. */
function fewerOf({ columns }: Plan): string {
  const kept = columns.filter(({ kind }) => kind.kind !== 'unread').length;
  return kept === 1
    ? ': divide it'
    : `, in ${kept} columns: keep fewer by a rule for its channels (How Is This File Read?), or divide it`;
}

interface Filling {
  readonly filler: Filler;
  readonly scanner: RowScanner;
  readonly plain: PlainRowReader | null;
  readonly isLatin: boolean;
  readonly budget: SampleBudget;
}

/** Reads complete rows. @returns what is left. */
function rowsIn(bytes: Buffer, isLast: boolean, { filler, scanner, plain, isLatin, budget }: Filling): Buffer {
  let at = 0;
  plain?.begin(bytes);
  while (at < bytes.length) {
    const rows = plain !== null && filler.isSteady ? plain.read(at) : null;
    if (rows !== null) {
      budget.take(filler.addPlain(rows), 0);
      at = rows.next;
      continue;
    }
    const next = scanner.next(bytes, at, bytes.length, isLast);
    if (next < 0) break;
    budget.take(filler.add(bytes, scanner, isLatin), 0);
    at = next;
  }
  return bytes.subarray(at);
}

/** Passes over the lines above the samples, whatever their ends. */
class LineSkipper {
  private endsInReturn = false;

  constructor(private lines: number) {}

  skip(bytes: Buffer): Buffer {
    let at = 0;
    for (; at < bytes.length && (this.lines > 0 || this.endsInReturn); at++) {
      const byte = bytes[at];
      const isPair = this.endsInReturn && byte === 10;
      this.endsInReturn = false;
      if (isPair) continue;
      if (this.lines === 0) break;
      if (byte === 13) this.endsInReturn = true;
      if (byte === 10 || byte === 13) this.lines--;
    }
    return bytes.subarray(at);
  }
}
