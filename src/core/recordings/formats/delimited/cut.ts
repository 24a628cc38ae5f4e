import type { Decisions } from '../../reading/decisions';
import { RefusedDecision, shownDecision } from '../../reading/refused';
import { delimiters, isComment, rowsOf, type Delimiter, type Row } from './delimiter';
import { dialectOf, type Dialect } from './dialect';
import { lineFormOf, type LineForm } from './lineForms';
import type { Sample } from './sample';

/** A text cut into rows and cells, and what stands around them. */
export interface CutText {
  readonly lineForm: LineForm | null;
  /** The first rows that may be samples and, where a user decided how many lines stand above them, those above. */
  readonly dialect: Dialect;
  readonly above: readonly Row[] | null;
  /** The beginning of the text, without what stands around its lines. */
  readonly text: string;
}

/** @throws RefusedDecision for more lines above the samples than there are, or a decimal sign that its numbers do not have */
export function cutText(sample: Sample, { delimiter, decimal, headerLines }: Decisions): CutText {
  const declared = declaredDelimiter(sample.start);
  const found = lineFormOf(linesOf(sample.start));
  // Names in each line leave nothing that a delimiter could part.
  const lineForm = found?.names != null && delimiter !== undefined ? null : found;
  const plainText = (text: string) =>
    lineForm === null
      ? text
      : text
          .split('\n')
          .map((line) => lineForm.plain(line))
          .join('\n');
  const text = plainText(declared === null ? sample.start : sample.start.replace(/^.*/, ''));
  const allowed =
    delimiter !== undefined
      ? signsOf[delimiter]
      : lineForm?.names != null
        ? (['\t'] as const)
        : declared === null
          ? delimiters
          : [declared];
  const later = sample.later.map(plainText);
  if (headerLines === undefined)
    return { lineForm, dialect: checked(dialectOf(text, later, allowed, decimal), decimal), above: null, text };
  const at = lineStart(text, headerLines);
  const body = at === null ? '' : text.slice(at);
  if (body.trim() === '')
    throw new RefusedDecision(`${shownDecision('headerLines', { headerLines })}, below which there is nothing`);
  const dialect = checked(dialectOf(body, later, allowed, decimal), decimal);
  const below = (row: Row): Row => ({ ...row, line: row.line + headerLines });
  return {
    lineForm,
    dialect: { ...dialect, rows: dialect.rows.map(below) },
    above: rowsOf(text.slice(0, at ?? 0), dialect.delimiter, Infinity).slice(-mostAbove),
    text,
  };
}

const mostAbove = 400;

const signsOf: Readonly<Record<NonNullable<Decisions['delimiter']>, readonly Delimiter[]>> = {
  ...{ comma: [','], semicolon: [';'], tab: ['\t'], bar: ['|'], blanks: ['wide', 'blanks'] },
};

function checked(dialect: Dialect, decimal: Decisions['decimal']): Dialect {
  if (decimal === undefined || dialect.rows.length > 0) return dialect;
  throw new RefusedDecision(`${shownDecision('decimal', { decimal })}, but its numbers are written otherwise`);
}

/** Where a line begins, `null` behind the end. */
function lineStart(text: string, line: number): number | null {
  let at = 0;
  for (let i = 0; i < line; i++) {
    at = text.indexOf('\n', at) + 1;
    if (at === 0) return null;
  }
  return at;
}

/** A first line `sep=;`, as spreadsheets want it. */
function declaredDelimiter(text: string): Delimiter | null {
  const sign = /^"?sep=(.)"?\s*$/im.exec(text.slice(0, 40).split('\n')[0] ?? '')?.[1];
  return sign === undefined || !',;\t|^~&:'.includes(sign) ? null : (sign as Delimiter);
}

function linesOf(text: string): string[] {
  return text.split('\n', 400).filter((line) => !isComment(line));
}
