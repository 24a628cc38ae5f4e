import { UnreadableError } from '../../reader';

/** What a Python literal of an `.npy` header may be; a dictionary becomes a `Map`, a tuple or list an array. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

const deepest = 32;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/**
 * Parses the small part of Python's literals that NumPy writes into headers: dictionaries with text keys, tuples, lists,
 * text, whole numbers (with Python 2's `L`), `True`, `False` and `None`. Nothing is evaluated.
 * @throws UnreadableError for anything else.
 */
export function parseLiteral(text: string): Literal {
  const parser = new Parser(text);
  const value = parser.value(0);
  parser.end();
  return value;
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Literal {
    if (depth > deepest) throw this.failure();
    if (this.takes('{')) return this.dictionary(depth);
    if (this.takes('(')) return this.items(')', depth);
    if (this.takes('[')) return this.items(']', depth);
    return this.word(/[bu]?(?='|")/y) === null ? this.plain() : this.string();
  }

  end(): void {
    this.word(/\s*/y);
    if (this.at !== this.text.length) throw this.failure();
  }

  private dictionary(depth: number): ReadonlyMap<string, Literal> {
    const entries = new Map<string, Literal>();
    while (!this.takes('}')) {
      const key = this.value(deepest);
      if (typeof key !== 'string' || entries.has(key) || !this.takes(':')) throw this.failure();
      entries.set(key, this.value(depth + 1));
      if (!this.takes(',') && !this.follows('}')) throw this.failure();
    }
    return entries;
  }

  private items(closing: string, depth: number): readonly Literal[] {
    const items: Literal[] = [];
    let commas = 0;
    while (!this.takes(closing)) {
      items.push(this.value(depth + 1));
      if (this.takes(',')) commas += 1;
      else if (!this.follows(closing)) throw this.failure();
    }
    // In Python, (3) is the number 3 and only (3,) is a tuple.
    if (closing === ')' && items.length === 1 && commas === 0) throw this.failure();
    return items;
  }

  private string(): string {
    const quoted = this.word(/'(?:[^'\\\n]|\\[^\n])*'|"(?:[^"\\\n]|\\[^\n])*"/y);
    if (quoted === null) throw this.failure();
    return quoted.slice(1, -1).replace(/\\(.)/g, (_, character: string) => {
      const plain = escapes[character];
      if (plain === undefined) throw this.failure();
      return plain;
    });
  }

  private plain(): Literal {
    const word = this.word(/True\b|False\b|None\b|-?\d+(?=L?\b)/y);
    if (word === null) throw this.failure();
    this.word(/(?<=\d)L\b/y);
    if (word === 'None') return null;
    return word === 'True' || word === 'False' ? word === 'True' : Number(word);
  }

  private takes(character: string): boolean {
    const follows = this.follows(character);
    if (follows) this.at += 1;
    return follows;
  }

  private follows(character: string): boolean {
    this.word(/\s*/y);
    return this.text[this.at] === character;
  }

  private word(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0] ?? null;
    this.at += word?.length ?? 0;
    return word;
  }

  private failure(): UnreadableError {
    return new UnreadableError(`its header is damaged at character ${this.at}`);
  }
}
