import { copyText } from '../../../src/l10n/checks';
import { clusters, recordings } from '../../../src/l10n/nouns';
import type { Duplicates } from '../../../src/protocol/checks';
import type { SequenceSummary } from '../../../src/protocol/sequences';
import { element, setText } from '../../shared/dom';
import { formatCount, formatNumber, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { Check, Part } from './checkTab';
import { FindingRow, type Finding, type FindingWorld } from './finding';

type Row = Duplicates['rows'][number];

/** Recordings that are nearer to one another than a threshold, which can be moved. */
export class DuplicateCheck implements Check<Row, Duplicates> {
  readonly name = 'duplicates';
  readonly about = t(
    'Recordings that are nearer to one another than a threshold. It begins where the distances of the nearest suggest it.',
  );
  readonly tools: readonly HTMLElement[];
  readonly counted = clusters;
  private readonly slider = element('input', { type: 'range', id: 'threshold', min: '0', step: '1' });
  private readonly text = element('output', { class: 'threshold-text', for: 'threshold' });
  private readonly back = element('button', { class: 'link', type: 'button' }, t('Suggested'));
  private threshold: number | null = null;
  private last: Duplicates | null = null;
  private isIgnored = false;

  /** @param moved called when the list must be asked for again */
  constructor(
    private readonly world: FindingWorld,
    moved: () => void,
  ) {
    const label = element('label', { for: 'threshold' }, t('Nearer than'));
    this.tools = [element('span', { class: 'threshold' }, label, this.slider, this.text, this.back)];
    this.slider.addEventListener('input', () => {
      this.say(Number(this.slider.value));
    });
    this.slider.addEventListener('change', () => {
      this.threshold = this.last?.counts.thresholds[Number(this.slider.value)] ?? null;
      moved();
    });
    this.back.addEventListener('click', () => {
      this.threshold = null;
      moved();
    });
  }

  ask(part: Part, signal: AbortSignal): Promise<Duplicates> {
    this.isIgnored = part.ignored;
    return this.world.asker.ask('overviewDuplicates', { ...part, threshold: this.threshold }, signal);
  }

  heard(answer: Duplicates): void {
    this.last = answer;
    const { thresholds } = answer.counts;
    this.slider.max = String(Math.max(0, thresholds.length - 1));
    this.slider.disabled = thresholds.length < 2;
    const place = nearestPlace(thresholds, answer.threshold);
    this.slider.value = String(place);
    this.back.hidden = this.threshold === null || answer.threshold === answer.suggested;
    this.say(place, answer.threshold);
  }

  nothing({ threshold }: Duplicates): string {
    return t('No near-duplicates nearer than {0}.', formatNumber(threshold));
  }

  finding({ members, size }: Row): Finding {
    const row = new FindingRow(this.world, 'cluster');
    const name = `keep-${members[0]?.sequence.ref.number ?? 0}-${members[0]?.sequence.ref.path ?? ''}`;
    const sequences = members.map(({ sequence }) => sequence);
    const [first] = sequences;
    let kept = first;
    const list = element('div', { class: 'members', role: 'radiogroup', 'aria-label': t('Which one to keep') });
    list.append(
      ...members.map(({ sequence, distance }) =>
        this.member(row, { sequence, distance, first, name }, () => {
          kept = sequence;
        }),
      ),
    );
    const more =
      size > members.length ? element('p', { class: 'dim' }, t('+{0} more', formatCount(size - members.length))) : null;
    const exclude: readonly [string, () => void] = [
      t('Keep one, exclude the others…'),
      () => {
        const others = sequences.filter((each) => each !== kept);
        if (kept === undefined || others.length === 0) return;
        this.world.post({ type: 'exclude', refs: others.map(({ ref }) => ref), kept: [kept.ref] });
      },
    ];
    row.node.append(
      element('div', { class: 'finding-head' }, element('strong', {}, recordings(size))),
      list,
      ...(more === null ? [] : [more]),
      row.actions(exclude, row.setLabel(...sequences), row.ignore('duplicates', sequences, this.isIgnored)),
    );
    return row;
  }

  private member(
    row: FindingRow,
    {
      sequence,
      distance,
      first,
      name,
    }: {
      readonly sequence: SequenceSummary;
      readonly distance: number;
      readonly first: SequenceSummary | undefined;
      readonly name: string;
    },
    keep: () => void,
  ): HTMLElement {
    const radio = element('input', { type: 'radio', name, 'aria-label': t('Keep {0}', printable(sequence.file)) });
    radio.checked = sequence === first;
    radio.addEventListener('change', keep);
    const kind =
      first === undefined || sequence === first
        ? null
        : row.told('reasons', async (signal) => {
            const copy = await this.world.asker.ask('overviewCopy', { kept: first.ref, other: sequence.ref }, signal);
            return [copyText(copy, sequence.channels)];
          });
    const compare = first === undefined || sequence === first ? [] : [row.compare(first, sequence)];
    const far = sequence === first ? t('to keep') : t('at {0}', formatNumber(distance));
    return element(
      'div',
      { class: 'member' },
      radio,
      element('div', { class: 'member-about' }, row.name(sequence), element('span', { class: 'dim' }, far), kind),
      row.plot(sequence),
      row.actions(...compare, row.findSimilar(sequence)),
    );
  }

  /** Says how much would be found at a threshold, while it is moved. */
  private say(place: number, threshold = this.last?.counts.thresholds[place] ?? 0): void {
    const { counts } = this.last ?? { counts: { clusters: [], sequences: [] } };
    const text = t(
      '{0}: {1} with {2}',
      formatNumber(threshold),
      clusters(counts.clusters[place] ?? 0),
      recordings(counts.sequences[place] ?? 0),
    );
    setText(this.text, text);
    this.slider.setAttribute('aria-valuetext', text);
  }
}

/** The place of the number in a rising list that is nearest to one. */
export function nearestPlace(rising: readonly number[], value: number): number {
  let best = 0;
  rising.forEach((each, i) => {
    if (Math.abs(each - value) < Math.abs((rising[best] ?? Infinity) - value)) best = i;
  });
  return best;
}
