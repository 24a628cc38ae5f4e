import { UnreadableError } from '../../reader';
import { quoted } from '../text/lines';

export type AttributeKind = 'numeric' | 'nominal' | 'relational' | 'other';

/** What the header of an ARFF file says of its rows. */
export interface ArffHeader {
  readonly kinds: readonly AttributeKind[];
  /** Which attribute holds the class: the last nominal one; -1 if there is none. */
  readonly label: number;
}

/** Rows of fewer numbers than this are no series but the usual tables of instances. */
const fewestNumbers = 8;

/** Collects header lines until `@data`. */
export class ArffHeaderReader {
  private readonly kinds: AttributeKind[] = [];
  private insideRelation = false;

  /** @returns the header once `line` is `@data`. @throws UnreadableError for a file that holds no series. */
  add(line: string): ArffHeader | null {
    const text = line.trim();
    if (text === '' || text.startsWith('%')) return null;
    if (/^@data\b/i.test(text)) return this.finished();
    if (/^@end\b/i.test(text)) this.insideRelation = false;
    else if (/^@attribute\s/i.test(text)) this.attribute(text);
    else if (!/^@relation\b/i.test(text)) throw new UnreadableError(`its header holds the line ${quoted(text)}`);
    return null;
  }

  private attribute(text: string): void {
    // The attributes inside of a relational one describe the columns of a cell.
    if (this.insideRelation) return;
    const kind = kindOf(text);
    this.insideRelation = kind === 'relational';
    this.kinds.push(kind);
  }

  private finished(): ArffHeader {
    const relations = this.kinds.filter((kind) => kind === 'relational').length;
    const numbers = this.kinds.filter((kind) => kind === 'numeric').length;
    if (relations > 1) throw new UnreadableError('it has more than one relational attribute');
    if (relations === 0 && numbers < fewestNumbers) {
      throw new UnreadableError(`its rows are no series: they have ${numbers} numeric attributes`);
    }
    return { kinds: this.kinds, label: this.kinds.lastIndexOf('nominal') };
  }
}

function kindOf(attribute: string): AttributeKind {
  const parts = /^@attribute\s+(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\S+)\s+(.*)$/i.exec(attribute);
  if (parts === null) throw new UnreadableError(`its header holds the line ${quoted(attribute)}`);
  const type = parts[1]!.trim().toLowerCase();
  if (type.startsWith('{')) return 'nominal';
  if (/^(numeric|real|integer)\b/.test(type)) return 'numeric';
  return /^relational\b/.test(type) ? 'relational' : 'other';
}
