import * as v from 'valibot';
import {
  keptOverview,
  overviewQuestions,
  type FromOverviewPage,
  type KeptOverview,
  type OverviewState,
  type ToOverviewPage,
} from '../../src/protocol/overviewPage';
import { askerOf } from '../shared/ask';
import { textButton } from '../shared/controls';
import { element } from '../shared/dom';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';
import type { PageMemory } from '../shared/startPage';
import type { OverviewAsker } from './asking';
import { Checks } from './checks/checks';
import { OverviewHead } from './head';
import { colourings, MapModel } from './map/mapModel';
import { MapTab } from './map/mapTab';
import { PointList } from './pointList';
import { Tabs } from './tabs';

type TabName = KeptOverview['tab'];

/** The page: what a whole folder looks like. */
export class OverviewPage {
  private readonly asker: OverviewAsker;
  private readonly model = new MapModel();
  private readonly head: OverviewHead;
  private readonly problem = element('div', { class: 'problem', role: 'alert' });
  private readonly map: MapTab;
  private readonly checks: Checks;
  private readonly tabs: Tabs<TabName>;
  private state: OverviewState | null = null;

  constructor(
    root: HTMLElement,
    private readonly post: (message: FromOverviewPage) => void,
    private readonly memory: PageMemory,
  ) {
    this.asker = askerOf(overviewQuestions, post);
    this.head = new OverviewHead(post);
    this.map = new MapTab(this.model, this.asker, post);
    this.checks = new Checks(this.asker, post, this.model, {
      counted: (name, count) => {
        this.tabs.count(name, count);
      },
      showOnMap: (points) => {
        this.tabs.choose('map');
        this.map.map.showAll(points);
        this.map.map.node.focus();
      },
    });
    const map = { name: 'map', title: t('Map'), content: this.map.node } as const;
    this.tabs = new Tabs<TabName>(t('Overview'), [map, ...this.checks.parts], (name) => {
      this.checks.show(name);
      this.keep();
    });
    this.problem.hidden = true;
    root.replaceChildren(element('main', { class: 'overview' }, this.head.node, this.problem, this.tabs.node));
    this.recall();
    this.model.onChange((change) => {
      if (change === 'colours') this.keep();
    });
    root.addEventListener('keydown', (event) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (isUndo && !(event.target instanceof HTMLInputElement && event.target.type === 'text')) post({ type: 'undo' });
    });
  }

  receive(message: ToOverviewPage): void {
    switch (message.type) {
      case 'state':
        this.show(message.state);
        break;
      case 'points':
        if (message.layout === this.state?.layout) this.take(new PointList(message.points));
        break;
      case 'places':
        this.move(message);
        break;
      case 'answer':
      case 'unanswered':
        this.asker.receive(message);
    }
  }

  /** Says what went wrong. */
  complain(text: string): void {
    this.say(text, [
      textButton('secondary', t('Try again'), () => {
        this.post({ type: 'retry' });
      }),
    ]);
  }

  private show(state: OverviewState): void {
    const before = this.state;
    this.state = state;
    if (before !== null && (before.layout !== state.layout || state.gone)) this.take(null);
    this.head.update(state);
    this.map.update(state);
    this.checks.update(state);
    if (state.error !== null) {
      const buttons = state.remedies.map((text, index) =>
        textButton(index === 0 ? 'primary' : 'secondary', text, () => {
          this.post({ type: 'remedy', index });
        }),
      );
      this.say(state.error, buttons);
    } else if (state.gone) {
      this.say(t('There are no recordings with these channels any more. Choose others above.'), []);
    } else this.problem.hidden = true;
    this.tabs.node.hidden = state.gone || (state.error !== null && this.model.list === null);
  }

  private take(list: PointList | null): void {
    this.model.take(list);
    if (this.state !== null) this.map.update(this.state);
  }

  private move({ layout, places }: Extract<ToOverviewPage, { type: 'places' }>): void {
    const { list } = this.model;
    if (layout !== this.state?.layout || list?.points.version !== places.version) return;
    const moved = list.movedTo(places);
    if (this.map.keepsPlaces(moved)) return;
    if (list.hasPlaces) this.model.move(moved);
    else this.take(moved);
  }

  private say(text: string, buttons: readonly HTMLElement[]): void {
    this.problem.replaceChildren(element('p', {}, printable(text)), element('div', { class: 'actions' }, ...buttons));
    this.problem.hidden = false;
  }

  private recall(): void {
    const kept = v.safeParse(keptOverview, this.memory.load());
    if (!kept.success) return;
    const colours = colourings.find((each) => each === kept.output.colours);
    if (colours !== undefined) this.model.colourPoints(colours);
    this.tabs.show(kept.output.tab);
    this.checks.show(kept.output.tab);
  }

  private keep(): void {
    const kept: KeptOverview = { tab: this.tabs.shown, colours: this.model.colourBy };
    this.memory.save(kept);
  }
}
