import { UnreadableError } from '../../reader';
import { quoted } from '../text/lines';

/** Numbers that are no samples (an id, a target behind samples with counted names) are `aside`. */
export type AttributeKind = 'numeric' | 'nominal' | 'relational' | 'aside' | 'target' | 'other';

/** What the header of an ARFF file says of its rows. */
export interface ArffHeader {
  readonly kinds: readonly AttributeKind[];
  /** Which attribute holds the class: the last nominal one, else a numeric target; -1 if there is none. */
  readonly label: number;
}

/** Rows of fewer numbers than this are no series but the usual tables of instances. */
const fewestNumbers = 8;

/** Collects header lines until `@data`. */
export class ArffHeaderReader {
  private readonly kinds: AttributeKind[] = [];
  private readonly names: string[] = [];
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
    const { name, kind } = partsOf(text);
    this.names.push(name);
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
    if (relations === 0) this.setAside();
    const nominal = this.kinds.lastIndexOf('nominal');
    return { kinds: this.kinds, label: nominal >= 0 ? nominal : this.kinds.indexOf('target') };
  }

  /** Beside samples with counted names (a0, a1 ...), numbers of another name are an id before and a target behind them. */
  private setAside(): void {
    const numeric = this.kinds.flatMap((kind, at) => (kind === 'numeric' ? [at] : []));
    const stems = numeric.map((at) => /^(.*?)\d+$/.exec(this.names[at] ?? '')?.[1] ?? null);
    const stem = stems[stems.length >> 1] ?? null;
    const samples = stems.filter((one) => one === stem).length;
    for (const [i, at] of numeric.entries()) {
      const isOther = stem !== null && samples >= fewestNumbers && samples * 2 > stems.length && stems[i] !== stem;
      const isId = i === 0 && /^(.*_)?(id|index|nr|no)$/i.test(this.names[at] ?? '');
      const isTarget = i === numeric.length - 1 && /^(target|class|label|y|output)$/i.test(this.names[at] ?? '');
      if (isTarget || (isOther && i === numeric.length - 1)) this.kinds[at] = 'target';
      else if (isOther || isId) this.kinds[at] = 'aside';
    }
  }
}

function partsOf(attribute: string): { readonly name: string; readonly kind: AttributeKind } {
  const parts = /^@attribute\s+('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s{]+)\s*(.*)$/i.exec(attribute);
  const [, name, type] = parts ?? [];
  if (name === undefined || type === undefined) {
    throw new UnreadableError(`its header holds the line ${quoted(attribute)}`);
  }
  return { name: name.replace(/^['"]|['"]$/g, ''), kind: kindOf(type.trim().toLowerCase()) };
}

function kindOf(type: string): AttributeKind {
  if (type.startsWith('{')) return 'nominal';
  if (/^(numeric|real|integer)\b/.test(type)) return 'numeric';
  return /^relational\b/.test(type) ? 'relational' : 'other';
}
