import { UnreadableError } from '../../reader';
import { quoted } from '../text/lines';

/** What the `@` lines of an sktime/aeon `.ts` file say of its cases. */
export interface TsHeader {
  readonly timeStamps: boolean;
  /** Dimensions of every case, or `null` if the header does not tell. */
  readonly dimensions: number | null;
  /** Whether a class or a target value follows the dimensions. */
  readonly labelled: boolean;
  /** The class labels that may occur, or `null` for a regression target and for a header that names none. */
  readonly labels: readonly string[] | null;
}

const tag =
  /^\s*@(problemname|timestamps|missing|univariate|dimensions?|equallength|serieslength|classlabel|targetlabel|data)(?:\s+(.*))?$/i;

/** Whether a line is one that only the header of such a file holds; TypeScript's decorators have other names. */
export function isTsTag(line: string): boolean {
  return tag.test(line);
}

/** Collects header lines until `@data`. */
export class TsHeaderReader {
  private readonly values = new Map<string, string>();

  /** @returns the header once `line` is `@data`. @throws UnreadableError for a line that is no header line. */
  add(line: string): TsHeader | null {
    if (line.trim() === '' || line.startsWith('#') || line.startsWith('%')) return null;
    const [, written, value = ''] = tag.exec(line) ?? [];
    if (written === undefined) {
      // Newer versions of the format may bring tags of their own.
      if (line.trimStart().startsWith('@')) return null;
      throw new UnreadableError(`its header holds the line ${quoted(line)}`);
    }
    const name = written.toLowerCase();
    if (name === 'data') return this.finished();
    this.values.set(name === 'dimension' ? 'dimensions' : name, value.trim());
    return null;
  }

  private finished(): TsHeader {
    const classes = (this.values.get('classlabel') ?? '').split(/\s+/).filter((word) => word !== '');
    const isClassified = classes[0]?.toLowerCase() === 'true';
    const hasTarget = /^true/i.test(this.values.get('targetlabel') ?? '');
    return {
      timeStamps: /^true/i.test(this.values.get('timestamps') ?? ''),
      dimensions: this.dimensions(),
      labelled: isClassified || hasTarget,
      labels: isClassified && classes.length > 1 ? classes.slice(1) : null,
    };
  }

  private dimensions(): number | null {
    const text = this.values.get('dimensions');
    if (text === undefined) return /^true/i.test(this.values.get('univariate') ?? '') ? 1 : null;
    const dimensions = Number(text);
    if (!Number.isInteger(dimensions) || dimensions < 1)
      throw new UnreadableError(`its header says @dimensions ${quoted(text)}`);
    return dimensions;
  }
}
