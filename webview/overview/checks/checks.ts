import { checkNames, type CheckName } from '../../../src/protocol/checks';
import type { FromOverviewPage, OverviewState } from '../../../src/protocol/overviewPage';
import type { SequenceSummary } from '../../../src/protocol/sequences';
import { t } from '../../shared/l10n';
import type { OverviewAsker } from '../asking';
import type { MapModel } from '../map/mapModel';
import type { TabPart } from '../tabs';
import { CheckTab } from './checkTab';
import { DoubtfulCheck } from './doubtful';
import { DuplicateCheck } from './duplicates';
import type { FindingWorld } from './finding';
import { GroupCheck, type GroupPlaces } from './groups';
import { outlierCheck } from './outliers';

/** What the checks tell the page. */
export interface CheckEvents {
  counted(name: CheckName, count: number | null): void;
  showOnMap(points: readonly number[]): void;
}

type AnyTab = Pick<CheckTab<never, never>, 'node' | 'show' | 'renew' | 'again'>;

/** The tabs with what was found. */
export class Checks {
  readonly parts: readonly TabPart<CheckName>[];
  private readonly tabs: Readonly<Record<CheckName, AnyTab>>;
  private renewed = '';

  constructor(
    asker: OverviewAsker,
    post: (message: FromOverviewPage) => void,
    private readonly model: MapModel,
    private readonly events: CheckEvents,
  ) {
    const world: FindingWorld = {
      asker,
      post,
      ignore: (check, sequences, ignored) => {
        this.ignore(asker, check, sequences, ignored);
      },
    };
    const counted = (name: CheckName) => (count: number | null) => {
      events.counted(name, count);
    };
    const copies = new DuplicateCheck(world, () => {
      this.tabs.duplicates.again();
    });
    const doubtful = new DoubtfulCheck(world);
    this.tabs = {
      duplicates: new CheckTab(copies, copies.tools, counted('duplicates')),
      outliers: new CheckTab(outlierCheck(world), [], counted('outliers')),
      labels: new CheckTab(doubtful, doubtful.tools, counted('labels')),
      groups: new CheckTab(new GroupCheck(world, this.places()), [], counted('groups')),
    };
    this.parts = checkNames.map((name) => ({ name, title: titleOf(name), content: this.tabs[name].node }));
  }

  /** @param shown the tab of the page that somebody looks at */
  show(shown: string): void {
    for (const name of checkNames) this.tabs[name].show(name === shown);
  }

  update({ layout, status, gone }: OverviewState): void {
    const isKnown = status !== null && (status.stage === 'ready' || status.stage === 'map');
    const key = JSON.stringify([layout, gone, status?.version ?? null, isKnown]);
    if (key === this.renewed) return;
    this.renewed = key;
    const why =
      status?.stage === 'indexing' || status === null
        ? t('The index is still being built. What is found comes when it is complete.')
        : t('What is found comes when the nearest of every recording are known.');
    for (const name of checkNames) this.tabs[name].renew(layout, isKnown ? null : why);
  }

  private ignore(
    asker: OverviewAsker,
    check: CheckName,
    sequences: readonly SequenceSummary[],
    ignored: boolean,
  ): void {
    const again = (): void => {
      this.tabs[check].again();
    };
    asker.ask('overviewIgnore', { check, sequences: sequences.map(({ ref }) => ref), ignored }).then(again, again);
  }

  private places(): GroupPlaces {
    const listOf = (version: number) => {
      const { list } = this.model;
      return list?.points.version === version ? list : null;
    };
    return {
      refsOf: (members, version) => {
        const list = listOf(version);
        return list === null ? null : members.map((i) => list.ref(i));
      },
      show: (members, version) => {
        if (listOf(version) === null) return;
        this.model.showAll();
        this.model.select(members);
        this.events.showOnMap(members);
      },
    };
  }
}

function titleOf(name: CheckName): string {
  switch (name) {
    case 'duplicates':
      return t('Duplicates');
    case 'outliers':
      return t('Outliers');
    case 'labels':
      return t('Doubtful Labels');
    case 'groups':
      return t('Groups');
  }
}
