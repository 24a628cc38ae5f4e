import type { SequenceSummary } from '../../../src/protocol/sequences';
import { linkButton } from '../../shared/controls';
import { element } from '../../shared/dom';
import { messageOf, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { labelBadge, recordingName } from '../../shared/recordingName';
import type { OverviewAsker } from '../asking';
import type { FromOverviewPage } from '../../../src/protocol/overviewPage';
import { SmallPlot } from '../smallPlot';
import { whenSeen } from '../whenSeen';
import type { CheckName } from '../../../src/protocol/checks';

/** A row of a list of findings. */
export interface Finding {
  readonly node: HTMLElement;
  focus(): void;
  destroy(): void;
}

/** What findings work with. */
export interface FindingWorld {
  readonly asker: OverviewAsker;
  post(message: FromOverviewPage): void;
  /** A finding is to be ignored for good, or no longer. */
  ignore(check: CheckName, sequences: readonly SequenceSummary[], ignored: boolean): void;
}

/** Makes the row of a finding, and keeps what must end with it. */
export class FindingRow implements Finding {
  readonly node: HTMLElement;
  private readonly life = new AbortController();
  private readonly plots: SmallPlot[] = [];

  constructor(
    private readonly world: FindingWorld,
    className: string,
  ) {
    this.node = element('li', { class: `finding ${className}` });
  }

  focus(): void {
    this.node.querySelector<HTMLElement>('button, input')?.focus();
    this.node.scrollIntoView({ block: 'nearest' });
  }

  destroy(): void {
    this.life.abort();
    for (const plot of this.plots) plot.destroy();
  }

  /** The name of a recording, which opens it, and its label. */
  name(sequence: SequenceSummary): HTMLElement {
    const [file, ...others] = recordingName(sequence);
    const open = linkButton(
      'finding-file',
      () => {
        this.world.post({ type: 'open', refs: [sequence.ref] });
      },
      file,
    );
    open.title = t('Open {0}', printable(sequence.file));
    const label = sequence.label === null ? null : labelBadge(sequence.label, false);
    return element('span', { class: 'finding-name' }, open, ...others, label);
  }

  plot(sequence: SequenceSummary): HTMLElement {
    const plot = new SmallPlot(this.world.asker, sequence.ref, printable(sequence.file));
    this.plots.push(plot);
    return plot.node;
  }

  /** A text that is asked for once it comes into sight. */
  told(className: string, ask: (signal: AbortSignal) => Promise<readonly string[]>): HTMLElement {
    const node = element('span', { class: className }, '…');
    const { signal } = this.life;
    const say = (texts: readonly string[]): void => {
      node.replaceChildren(...texts.map((text) => element('span', { class: 'reason' }, printable(text))));
    };
    const run = (): void => {
      ask(signal).then(say, (error: unknown) => {
        if (!signal.aborted) say([messageOf(error)]);
      });
    };
    whenSeen(node, run, signal);
    return node;
  }

  /** Small buttons, each with a text and what it does. */
  actions(...actions: readonly (readonly [text: string, act: () => void] | null)[]): HTMLElement {
    const buttons = actions.flatMap((action) =>
      action === null ? [] : [linkButton('finding-action', action[1], action[0])],
    );
    return element('div', { class: 'finding-actions' }, ...buttons);
  }

  findSimilar(...sequences: readonly SequenceSummary[]): readonly [string, () => void] {
    const text = sequences.length > 1 ? t('Find similar to all') : t('Find similar');
    return [
      text,
      () => {
        this.world.post({ type: 'findSimilar', refs: sequences.map(({ ref }) => ref) });
      },
    ];
  }

  compare(one: SequenceSummary, other: SequenceSummary): readonly [string, () => void] {
    return [
      t('Compare'),
      () => {
        this.world.post({ type: 'compare', refs: [one.ref, other.ref] });
      },
    ];
  }

  setLabel(...sequences: readonly SequenceSummary[]): readonly [string, () => void] {
    return [
      t('Set label…'),
      () => {
        this.world.post({ type: 'setLabel', refs: sequences.map(({ ref }) => ref) });
      },
    ];
  }

  exclude(
    text: string,
    sequences: readonly SequenceSummary[],
    kept: readonly SequenceSummary[],
  ): readonly [string, () => void] {
    return [
      text,
      () => {
        this.world.post({ type: 'exclude', refs: sequences.map(({ ref }) => ref), kept: kept.map(({ ref }) => ref) });
      },
    ];
  }

  ignore(check: CheckName, sequences: readonly SequenceSummary[], isIgnored: boolean): readonly [string, () => void] {
    return [
      isIgnored ? t('Ignore no longer') : t('Ignore'),
      () => {
        this.world.ignore(check, sequences, !isIgnored);
      },
    ];
  }
}
