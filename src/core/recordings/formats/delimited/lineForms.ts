import { parseMoment } from '../../clock/moments';

/** What stands around the cells of each line and must go before the line can be cut into cells. */
export interface LineForm {
  /** What the form is, for a note. */
  readonly what: string;
  /** Names of the cells that the lines themselves give, `null` for those without. */
  readonly names: readonly (string | null)[] | null;
  plain(line: string): string;
}

const arrow = /^\s*(.{4,40}?)\s*(?:->|=>|>>)\s*(.*)$/;
const brackets = /^\s*(?:[\p{L}_]\w*\s*=?\s*)?[[({]\s*([^[\](){}]*?)\s*[\])}]\s*[,;]?\s*$/u;
const named =
  /["']?([\p{L}_][\p{L}\p{N}_ ./-]{0,39}?)["']?\s*[:=]\s*(?:["'])?([-+\u2212]?(?:\d[\d.,:]*\d|\d|[.,]\d+)(?:[eE][-+]?\d+)?|nan|null|true|false)(?:\s?[°%\p{L}][\p{L}/%²^2]{0,6}(?=\s*[,;|\t}]|\s*$))?/giu;

/** Finds what stands around the cells in nearly all lines, if anything does. */
export function lineFormOf(lines: readonly string[]): LineForm | null {
  const body = lines.slice(Math.min(lines.length >> 1, 40)).filter((line) => line.trim() !== '');
  if (body.length < 2) return null;
  const most = (test: (line: string) => boolean) => {
    let passed = body.length;
    return body.every((line) => test(line) || --passed >= body.length * 0.9);
  };
  if (most(hasArrow)) return arrowForm(body);
  const names = namesIn(body[0] ?? '');
  if (names !== null && most((line) => namesIn(line)?.join() === names.join())) return namedForm(names);
  if (most((line) => brackets.test(line) && /\d[^[(]*[,;\s][^[(]*\d/.test(line))) {
    return { what: 'brackets around its lines', names: null, plain: (line) => brackets.exec(line)?.[1] ?? line };
  }
  const isWrapped = (line: string) => /^\s*"[^"]*[,;\t][^"]*"\s*$/.test(line);
  if (most(isWrapped)) {
    return {
      what: 'quotation marks around its lines',
      names: null,
      plain: (line) => (isWrapped(line) ? line.trim().slice(1, -1) : line),
    };
  }
  const [mark] = /[;,|]$/.exec(body[0]?.trimEnd() ?? '') ?? [];
  if (mark === undefined || !most((line) => endsWith(mark, line.trimEnd()))) return null;
  return { what: `a ${mark} at the end of its lines`, names: null, plain: (line) => line.replace(/[;,|]\s*$/, '') };
}

function hasArrow(line: string): boolean {
  const parts = arrow.exec(line);
  return parts !== null && /\d/.test(parts[2] ?? '') && parseMoment(parts[1] ?? '', 'day-first') !== undefined;
}

/** The time and an arrow that serial monitors put before each line. */
function arrowForm(body: readonly string[]): LineForm {
  const rests = body.map((line) => arrow.exec(line)?.[2] ?? line);
  const inner = lineFormOf(rests);
  const [mark] = /[;,\t|]/.exec(rests[0] ?? '') ?? ['\t'];
  const delimiter = inner?.names == null ? (/\d\s*[;,\t|]|\d\s*$/.test(rests[0] ?? '') ? mark : ' ') : '\t';
  const names = inner?.names == null ? null : [null, ...inner.names];
  return {
    what: 'a time and an arrow before each line',
    names,
    plain: (line) => {
      const parts = arrow.exec(line);
      if (parts === null || !hasArrow(line)) return line;
      const rest = inner === null ? (parts[2] ?? '') : inner.plain(parts[2] ?? '');
      return `${parts[1] ?? ''}${delimiter}${rest}`;
    },
  };
}

function namesIn(line: string): string[] | null {
  const found = Array.from(line.matchAll(named), (parts) => (parts[1] ?? '').trim());
  if (found.length === 0) return null;
  // What is left when all names and numbers are gone must be nothing but marks.
  const rest = line.replace(named, '').replace(/["'\s,;|{}[\]]/g, '');
  return rest.length <= 2 ? found : null;
}

function namedForm(names: readonly string[]): LineForm {
  return {
    what: 'names before the numbers of each line',
    names,
    plain: (line) => {
      const found = Array.from(line.matchAll(named), (parts) => [(parts[1] ?? '').trim(), parts[2] ?? ''] as const);
      if (found.length === 0) return '';
      if (found.length === names.length && found.every(([name], i) => name === names[i])) {
        return found.map(([, value]) => value).join('\t');
      }
      const values = new Map(found);
      return names.map((name) => values.get(name) ?? '').join('\t');
    },
  };
}

/** Whether a line has a mark at its end alone, and another that parts its cells. */
function endsWith(mark: string, line: string): boolean {
  return line.indexOf(mark) === line.length - 1 && /[,;|\t]/.test(line.slice(0, -1));
}
