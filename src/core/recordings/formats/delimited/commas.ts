import type { Delimiter } from './delimiter';

/** What the commas are of numbers that read both with decimals and with thousands, such as `21,817`. */
export interface Commas {
  readonly partThousands: boolean;
  /** Whether something in the rows decides that; otherwise it is only the more probable. */
  readonly isSure: boolean;
}

const longestNumber = 40;

interface Evidence {
  grouped: boolean;
  /** `1,234,567` */
  repeated: boolean;
  /** `0,985` */
  fractions: boolean;
  /** `3.75`, in a run of numbers; not `3.750`, which may be thousands as well */
  points: boolean;
  /** `412` in a column of groups, which has no decimals */
  below: boolean;
  /** `1973` in a column that does not only rise, which counts nothing and is grouped nowhere */
  ungrouped: boolean;
}

/**
 * Weighs rows whose numbers read both ways. Commas between commas mostly part thousands, and others are mostly decimal
 * signs: programs that write semicolons, tabs or bars do so because their decimals have commas.
 */
export function commasIn(rows: readonly (readonly string[])[], delimiter: Delimiter): Commas {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, at) =>
    evidenceIn(rows.map((row) => (row[at] ?? '').trim())),
  );
  const any = (what: keyof Evidence) => columns.some((column) => column[what]);
  if (any('repeated')) return { partThousands: true, isSure: true };
  if (any('fractions')) return { partThousands: false, isSure: true };
  if (any('points') || columns.some(({ below, grouped }) => below && grouped))
    return { partThousands: true, isSure: true };
  if (any('ungrouped')) return { partThousands: false, isSure: true };
  return { partThousands: delimiter === ',', isSure: false };
}

function evidenceIn(cells: readonly string[]): Evidence {
  const found = {
    ...{ grouped: false, repeated: false, fractions: false, points: false, below: false, ungrouped: false },
  };
  const whole: number[] = [];
  for (const cell of longestRun(cells)) {
    const text = withoutSign(cell);
    if (/^\d{1,3}(,\d{3})+/.test(text)) found.grouped = true;
    if (/,\d{3},/.test(text)) found.repeated = true;
    if (/^0\d*,/.test(text)) found.fractions = true;
    if (/^\d+\.\d+$/.test(text) && !/^[1-9]\d{0,2}\.\d{3}$/.test(text)) found.points = true;
    if (/^[1-9]\d{0,2}$/.test(text)) found.below = true;
    if (/^[1-9]\d{3,6}$/.test(text)) whole.push(Number(cell.replace('\u2212', '-')));
  }
  found.ungrouped = whole.length > 1 && !found.grouped && turns(Float64Array.from(whole));
  return found;
}

/** The longest row of numbers below each other: lines above a table have cells too, which say nothing of it. */
function longestRun(cells: readonly string[]): readonly string[] {
  let [longest, run]: [string[], string[]] = [[], []];
  for (const cell of cells) {
    if (cell === '') continue;
    if (cell.length > longestNumber || !/^\d[\d.,]*(?: ?[^\d\s:/-].*)?$/.test(withoutSign(cell))) run = [];
    else run.push(cell);
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

function withoutSign(cell: string): string {
  return cell.replace(/^[-+\u2212]/, '');
}

/** Whether numbers fall and rise by turns: what counts falls at most where it starts over, or all the time. */
function turns(numbers: Float64Array): boolean {
  let [falls, rises] = [0, 0];
  for (let i = 1; i < numbers.length; i++) {
    if (numbers[i]! < numbers[i - 1]!) falls++;
    else if (numbers[i]! > numbers[i - 1]!) rises++;
  }
  return Math.min(falls, rises) * 10 > numbers.length;
}
