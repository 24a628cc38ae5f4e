import type { CatalogueSequence } from '../../core/index/catalogue';
import type { OpenPart } from '../workers/tasks';

interface Entry {
  /** What the features were made by. */
  readonly made: string;
  readonly open: OpenPart;
}

/** Features of so many bytes are kept, if nothing else is said. */
const usualBytes = 3 * 2 ** 27;

/** So long after they were used last, they are forgotten. */
const patienceMilliseconds = 300_000;

/** Keeps the features of whole recordings as bytes, those that were used last, so that the next search need not encode them. */
export class PartShelf {
  private readonly entries = new Map<CatalogueSequence, Entry>();
  private bytes = 0;
  private forgetting: NodeJS.Timeout | undefined;

  constructor(private readonly mostBytes = usualBytes) {}

  get(sequence: CatalogueSequence, made: string): OpenPart | undefined {
    const entry = this.entries.get(sequence);
    if (entry?.made !== made) return undefined;
    this.entries.delete(sequence);
    this.entries.set(sequence, entry);
    this.forgetLater();
    return entry.open;
  }

  keep(sequence: CatalogueSequence, made: string, open: OpenPart): void {
    this.remove(sequence);
    this.entries.set(sequence, { made, open });
    this.bytes += open.features.bytes.byteLength;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.mostBytes) break;
      this.remove(oldest);
    }
    this.forgetLater();
  }

  private remove(sequence: CatalogueSequence): void {
    this.bytes -= this.entries.get(sequence)?.open.features.bytes.byteLength ?? 0;
    this.entries.delete(sequence);
  }

  private forgetLater(): void {
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => {
      this.entries.clear();
      this.bytes = 0;
    }, patienceMilliseconds);
    this.forgetting.unref();
  }
}
