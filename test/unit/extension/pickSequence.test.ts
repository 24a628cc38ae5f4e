import { beforeEach, expect, it, vi } from 'vitest';
import type { AskEngine } from '../../../src/protocol/engine';
import type { SequenceSummary } from '../../../src/protocol/sequences';

interface Item {
  readonly sequence: SequenceSummary;
}

/** A list of the editor, which tells later than it is asked what is active. */
class FakePick {
  items: readonly Item[] = [];
  activeItems: readonly Item[] = [];
  selectedItems: readonly Item[] = [];
  value = '';
  accept: () => void = () => undefined;
  hide: () => void = () => undefined;
  change: () => void = () => undefined;
  onDidAccept = (listener: () => void) => ((this.accept = listener), { dispose: () => undefined });
  onDidHide = (listener: () => void) => ((this.hide = listener), { dispose: () => undefined });
  onDidChangeValue = (listener: () => void) => ((this.change = listener), { dispose: () => undefined });
  show(): void {
    // Nothing is shown.
  }
  dispose(): void {
    this.items = [];
  }
}

const editor = vi.hoisted(() => {
  const shown: { pick: unknown } = { pick: undefined };
  return { shown, window: { createQuickPick: () => shown.pick } };
});
vi.mock('vscode', () => editor);

const { pickSequence } = await import('../../../src/extension/results/find/pickSequence');

const sequences = [0, 1, 2].map((number): SequenceSummary => {
  const ref = { path: '/w/a.tsv', number };
  const shape = { siblings: 3, channels: [null], steps: 10, rate: null, covered: 1, notes: [], doubts: [] };
  return { ref, file: 'a.tsv', format: 'tsv', name: null, label: null, ...shape };
});
const sketches = sequences.map(({ ref: { number } }) => ({ number, sketch: [0, 1] }));

let pick: FakePick;
beforeEach(() => {
  editor.shown.pick = pick = new FakePick();
});

async function pickedAfter(act: (sketched: () => Promise<void>) => Promise<void>): Promise<number | undefined> {
  let answer: (listed: typeof sketches) => void = () => undefined;
  const listed = new Promise<typeof sketches>((resolve) => {
    answer = resolve;
  });
  const ask = (() => listed) as unknown as AskEngine;
  const picked = pickSequence({ ask }, { fsPath: '/w/a.tsv' } as never, sequences, undefined, (error) => {
    throw error;
  });
  const plain = pick.items;
  await act(async () => {
    answer(sketches);
    await vi.waitFor(() => {
      expect(pick.items).not.toBe(plain);
    });
  });
  return (await picked)?.ref.number;
}

it('takes the first sequence when sketches came before the editor told what is active', async () => {
  const picked = pickedAfter(async (sketched) => {
    await sketched();
    expect(pick.activeItems).toEqual([pick.items[0]]);
    pick.accept();
  });
  expect(await picked).toBe(0);
});

it('takes what was active when sketches come between the choice and its key', async () => {
  const picked = pickedAfter(async (sketched) => {
    pick.activeItems = pick.items.slice(2);
    await sketched();
    pick.activeItems = [];
    pick.accept();
  });
  expect(await picked).toBe(2);
});

it('takes nothing where a text has been typed that no sequence has', async () => {
  const picked = pickedAfter(async (sketched) => {
    pick.activeItems = pick.items.slice(0, 1);
    await sketched();
    pick.value = 'nowhere';
    pick.activeItems = [];
    pick.change();
    pick.accept();
    pick.hide();
  });
  expect(await picked).toBeUndefined();
});

it('takes what is selected before anything else', async () => {
  const picked = pickedAfter(async (sketched) => {
    await sketched();
    pick.selectedItems = pick.items.slice(1, 2);
    pick.accept();
  });
  expect(await picked).toBe(1);
});
