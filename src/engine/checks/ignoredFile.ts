import Papa from 'papaparse';
import { checkName, type CheckName } from '../../protocol/checks';

/** A file of ignored findings that cannot be used; the message ends the sentence "it cannot be changed, because ...". */
export class IgnoredFileError extends Error {
  override readonly name = 'IgnoredFileError';
}

/** A finding that is ignored. */
export interface IgnoredFinding {
  readonly check: CheckName;
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  /** Of the sequence in its file, from 0. */
  readonly number: number;
}

const columns = ['check', 'path', 'number'] as const;

/** Stands at the end of the header, so that a later form is not taken for this one. */
const version = 'v1';

const header = [...columns, version].join(',');

/**
 * The text of `.kindred/ignored.csv`: the header `check,path,number,v1`, and a line for each finding, with the number of the
 * sequence in its file from 1. Lines that mean nothing here stay as they are.
 *
 * @param text `null` where there is no file yet
 */
export class IgnoredFile {
  private readonly lines: readonly Line[];

  /** @throws IgnoredFileError for a text that begins otherwise, or that a later Kindred wrote */
  constructor(text: string | null) {
    const rows = linesOf((text ?? `${header}\n`).replace(/^\ufeff/, ''));
    const names = (rows[0]?.cells ?? []).map((name) => name.trim().toLowerCase());
    if (!columns.every((name, c) => names[c] === name)) {
      throw new IgnoredFileError(`its first line is not “${header}”`);
    }
    if (names[columns.length] !== version) throw new IgnoredFileError('another version of Kindred wrote it');
    this.lines = rows;
  }

  findings(): readonly IgnoredFinding[] {
    return this.lines.slice(1).flatMap(({ finding }) => finding ?? []);
  }

  /** The text with findings ignored, or no longer. */
  with(findings: readonly IgnoredFinding[], ignored: boolean): string {
    const wanted = new Map(findings.map((finding) => [keyOf(finding), finding]));
    const kept = this.lines.filter(({ finding }) => ignored || finding === null || !wanted.has(keyOf(finding)));
    for (const { finding } of kept) if (finding !== null) wanted.delete(keyOf(finding));
    const added = ignored ? [...wanted.values()].map(lineOf) : [];
    return [...kept.map(({ raw }) => (/[\r\n]$/.test(raw) ? raw : `${raw}\n`)), ...added].join('');
  }
}

interface Line {
  readonly cells: readonly string[];
  /** As it stands in the file, with its line end. */
  readonly raw: string;
  readonly finding: IgnoredFinding | null;
}

/** Equal for equal findings. */
export function keyOf({ check, path, number }: IgnoredFinding): string {
  return `${check} ${number} ${path}`;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let at = 0;
  Papa.parse<string[]>(text, {
    delimiter: ',',
    step: ({ data, meta }) => {
      lines.push({ cells: data, raw: text.slice(at, meta.cursor), finding: findingIn(data) });
      at = meta.cursor;
    },
  });
  return lines.filter(({ raw }) => raw !== '');
}

function findingIn([check = '', path = '', number = '']: readonly string[]): IgnoredFinding | null {
  const name = checkName.options.find((option) => option === check.trim());
  const sequence = Number(number);
  if (name === undefined || path === '' || !Number.isInteger(sequence) || sequence < 1) return null;
  return { check: name, path: path.replaceAll('\\', '/').replace(/^\.\//, ''), number: sequence - 1 };
}

function lineOf({ check, path, number }: IgnoredFinding): string {
  return `${Papa.unparse([[check, path, number + 1]], { newline: '\n' })}\n`;
}
