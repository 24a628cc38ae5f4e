import { doubtText } from '../../../src/l10n/checks';
import { labels, recordings } from '../../../src/l10n/nouns';
import type { DoubtfulLabels } from '../../../src/protocol/checks';
import { textButton } from '../../shared/controls';
import { element } from '../../shared/dom';
import { formatShare, printable } from '../../shared/format';
import { t } from '../../shared/l10n';
import { keyOf } from '../../shared/memory';
import { labelBadge } from '../../shared/recordingName';
import type { Check } from './checkTab';
import { FindingRow, type Finding, type FindingWorld } from './finding';

type Row = DoubtfulLabels['rows'][number];

/** Recordings whose nearest have another label. */
export class DoubtfulCheck implements Check<Row, DoubtfulLabels> {
  readonly name = 'labels';
  readonly about = t(
    'Recordings whose nearest have another label. The label of a recording does not count for itself.',
  );
  readonly tools: readonly HTMLElement[];
  readonly counted = labels;
  private readonly chosen = new Map<string, Row>();
  private readonly accept: HTMLElementTagNameMap['vscode-button'];
  private isIgnored = false;

  constructor(private readonly world: FindingWorld) {
    this.accept = textButton('primary', t('Accept All Selected'), () => {
      this.take([...this.chosen.values()]);
    });
    this.accept.disabled = true;
    this.tools = [this.accept];
  }

  ask(part: Parameters<Check<Row, DoubtfulLabels>['ask']>[0], signal: AbortSignal): Promise<DoubtfulLabels> {
    this.isIgnored = part.ignored;
    return this.world.asker.ask('overviewLabels', part, signal);
  }

  heard({ rows }: DoubtfulLabels): void {
    const keys = new Set(rows.map(({ sequence }) => keyOf(sequence.ref)));
    for (const key of [...this.chosen.keys()]) if (!keys.has(key)) this.chosen.delete(key);
    this.accept.disabled = this.chosen.size === 0;
  }

  nothing({ labelled }: DoubtfulLabels): string {
    if (labelled === 0) return t('No recording has a label yet. Select recordings on the map and give them one.');
    return t('No label is doubtful: {0} have one.', recordings(labelled));
  }

  finding(row: Row): Finding {
    const { sequence, suggested, confidence, given } = row;
    const made = new FindingRow(this.world, 'doubtful');
    const check = element('input', { type: 'checkbox', 'aria-label': t('Select {0}', printable(sequence.file)) });
    check.checked = this.chosen.has(keyOf(sequence.ref));
    check.addEventListener('change', () => {
      if (check.checked) this.chosen.set(keyOf(sequence.ref), row);
      else this.chosen.delete(keyOf(sequence.ref));
      this.accept.disabled = this.chosen.size === 0;
    });
    const said = doubtText(printable(sequence.label ?? ''), { suggested: printable(suggested), confidence, given });
    const proposal = element(
      'span',
      { class: 'proposal' },
      '→ ',
      labelBadge(suggested, false),
      ` ${formatShare(confidence)}`,
    );
    made.node.append(
      element('div', { class: 'finding-head' }, check, made.name(sequence), proposal),
      element('div', { class: 'finding-plot' }, made.plot(sequence), element('span', { class: 'reasons' }, said)),
      made.actions(
        [
          t('Accept “{0}”', printable(suggested)),
          () => {
            this.take([row]);
          },
        ],
        made.findSimilar(sequence),
        made.setLabel(sequence),
        made.exclude(t('Exclude…'), [sequence], []),
        made.ignore('labels', [sequence], this.isIgnored),
      ),
    );
    return made;
  }

  private take(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.world.post({
      type: 'accept',
      labels: rows.map(({ sequence, suggested }) => ({ ref: sequence.ref, label: suggested })),
    });
    this.chosen.clear();
    this.accept.disabled = true;
  }
}
