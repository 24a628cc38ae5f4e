import type { Mark } from '../../../src/protocol/sequences';
import { keyOf } from '../../shared/memory';
import { type ListNow, matchAt, menuContext } from './listActions';
import { isSelected } from './selection';

/** The editor's context menu of the rows: what it is told, and the row that it is about while it is open. */
export class RowMenu {
  private about: number | null = null;

  /** @param panel names the panel */
  constructor(
    private readonly body: HTMLElement,
    private readonly panel: string,
  ) {}

  /** Tells the menu of the match at a position, and whether it is about that one alone or the whole selection. */
  describe(position: number | null, now: ListNow, marks: ReadonlyMap<string, Mark>): void {
    const { dataset } = this.body;
    const match = position === null ? undefined : matchAt(now.pages, position);
    this.about = null;
    if (position === null || match === undefined) {
      delete dataset['vscodeContext'];
      return;
    }
    if (!isSelected(now.selection, position)) this.about = position;
    dataset['vscodeContext'] = menuContext(this.panel, position, now, marks.has(keyOf(match.sequence.ref)));
  }

  get isOpen(): boolean {
    return this.about !== null;
  }

  /** Whether the open menu is about the row at a position, and no other. */
  isAbout(position: number): boolean {
    return this.about === position;
  }

  /** @returns whether it was open and about one row */
  close(): boolean {
    const was = this.about !== null;
    this.about = null;
    return was;
  }
}
