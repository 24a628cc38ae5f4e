import { groups as groupsText, recordings } from '../../../src/l10n/nouns';
import type { Groups } from '../../../src/protocol/checks';
import type { SequenceRef } from '../../../src/protocol/sequences';
import { element } from '../../shared/dom';
import { formatCount } from '../../shared/format';
import { t } from '../../shared/l10n';
import { labelBadge } from '../../shared/recordingName';
import type { Check, Part } from './checkTab';
import { FindingRow, type Finding, type FindingWorld } from './finding';

type Row = Groups['rows'][number];

/** Where the points are that the members of groups are numbers of. */
export interface GroupPlaces {
  /** The sequences of points, or `null` where these are of another version. */
  refsOf(members: readonly number[], version: number): readonly SequenceRef[] | null;
  /** Shows points on the map, selected. */
  show(members: readonly number[], version: number): void;
}

/** Recordings that are alike, as a proposal for labels. */
export class GroupCheck implements Check<Row, Groups> {
  readonly name = 'groups';
  readonly about = t(
    'Recordings that are nearer to one another than to the rest: a proposal for labels. The most typical one is shown.',
  );
  readonly counted = groupsText;
  private isIgnored = false;

  constructor(
    private readonly world: FindingWorld,
    private readonly places: GroupPlaces,
  ) {}

  ask(part: Part, signal: AbortSignal): Promise<Groups> {
    this.isIgnored = part.ignored;
    return this.world.asker.ask('overviewGroups', part, signal);
  }

  nothing(): string {
    return t('No groups were found.');
  }

  finding({ size, medoid, labels, members }: Row, { version }: Groups): Finding {
    const row = new FindingRow(this.world, 'group');
    const counts = labels.map(({ label, sequences }) =>
      element(
        'span',
        { class: 'group-label' },
        label === null ? element('span', { class: 'dim' }, t('Without a label')) : labelBadge(label, false),
        ` ${formatCount(sequences)}`,
      ),
    );
    row.node.append(
      element('div', { class: 'finding-head' }, element('strong', {}, recordings(size)), ...counts),
      element(
        'div',
        { class: 'finding-plot' },
        row.plot(medoid),
        element(
          'span',
          { class: 'finding-beside' },
          element('span', { class: 'dim' }, t('Most typical')),
          row.name(medoid),
        ),
      ),
      row.actions(
        [
          t('Show on the map'),
          () => {
            this.places.show(members, version);
          },
        ],
        [
          t('Set label…'),
          () => {
            const refs = this.places.refsOf(members, version);
            if (refs !== null && refs.length > 0) this.world.post({ type: 'setLabel', refs });
          },
        ],
        row.findSimilar(medoid),
        row.ignore('groups', [medoid], this.isIgnored),
      ),
    );
    return row;
  }
}
