import type { Candidate } from './candidates';
import type { Find } from './finds';
import type { Measuring, MeasuringParts, Opened } from './measuring';
import { aroundWindow, isSmall, joined, type ClosedPart } from './opening';
import type { PartShelf } from './partShelf';
import type { OpenFind } from './rerank';

/** Has the features of parts of recordings, for one search. */
export class OpenParts {
  constructor(
    private readonly parts: Pick<MeasuringParts, 'indexer'>,
    private readonly shelf: PartShelf,
    private readonly measuring: Pick<Measuring, 'open'>,
  ) {}

  /** The recordings whose features are known, and the others. */
  known(candidates: readonly Candidate[]): readonly [readonly Opened[], readonly Candidate[]] {
    const closed: Candidate[] = [];
    const opened = candidates.flatMap((candidate) => {
      const { sequence } = candidate.findable;
      const open = this.shelf.get(sequence, this.made(candidate));
      if (open === undefined) closed.push(candidate);
      return open === undefined ? [] : [{ candidate, open }];
    });
    return [opened, closed];
  }

  /** Encodes parts; whole recordings are kept for later searches. */
  async opened(parts: readonly ClosedPart[]): Promise<readonly Opened[]> {
    const all: Opened[] = [];
    const items = parts.map(({ candidates, part }) => {
      const [candidate] = candidates;
      return { candidate, candidates, findable: candidate.findable, part };
    });
    await this.measuring.open(items, ({ candidate, candidates }, open) => {
      for (const each of candidates) all.push({ candidate: each, open });
      if (isSmall(candidate)) this.shelf.keep(candidate.findable.sequence, this.made(candidate), open);
    });
    return all;
  }

  /** Whole recordings, however long. */
  async wholes(candidates: readonly Candidate[]): Promise<readonly Opened[]> {
    const [opened, closed] = this.known(candidates);
    const parts = closed.map((candidate): ClosedPart => {
      return {
        candidates: [candidate],
        part: { start: 0, end: candidate.findable.sequence.surveyed.steps },
        estimate: 0,
      };
    });
    return [...opened, ...(await this.opened(joined(parts)))];
  }

  /** Finds with the features of what is around them. */
  async around(finds: readonly Find[]): Promise<readonly OpenFind[]> {
    const all: OpenFind[] = [];
    for (const find of finds) {
      const { candidate, span, distance } = find;
      const [[known]] = this.known([candidate]);
      const part: ClosedPart = { candidates: [candidate], part: aroundWindow(candidate, span), estimate: distance };
      const [opened = known] = known === undefined ? await this.opened([part]) : [];
      if (opened !== undefined) all.push({ ...find, open: opened.open });
    }
    return all;
  }

  private made({ findable: { sequence } }: Candidate): string {
    return JSON.stringify(this.parts.indexer.formFor(sequence));
  }
}
