import type { OverviewBefore } from '../../../src/protocol/overview';
import { element, setText } from '../../shared/dom';
import { formatShare } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { OverviewAsker } from '../asking';
import type { PointList } from '../pointList';
import type { MapModel } from './mapModel';

/** Milliseconds in which points go from one map to the other, where they are not too many to be moved in each frame. */
const [travel, mostTravelling] = [600, 20_000];

/** Shows where points lay by the encoder before, such as before a fine-tuning, and where they lie now. */
export class BeforeAfter {
  readonly node: HTMLElement;
  private readonly text = element('span', { class: 'dim' });
  private readonly buttons: Readonly<Record<'before' | 'now', HTMLButtonElement>>;
  private asking = new AbortController();
  private asked = -1;
  private answer: OverviewBefore | null = null;
  private now: PointList | null = null;
  private frame = 0;
  private wantsBefore = false;

  constructor(
    private readonly model: MapModel,
    private readonly asker: OverviewAsker,
    private readonly layout: () => string | null,
  ) {
    const button = (text: string, title: string, act: () => void): HTMLButtonElement => {
      const made = element('button', { class: 'chip', type: 'button', title }, text);
      made.addEventListener('click', act);
      return made;
    };
    this.buttons = {
      before: button(t('Before'), t('Where they lay by the encoder before'), () => {
        this.show('before');
      }),
      now: button(t('Now'), t('Where they lie by the encoder in use'), () => {
        this.show('now');
      }),
    };
    const group = element(
      'span',
      { class: 'map-when', role: 'group', 'aria-label': t('Map') },
      this.buttons.before,
      this.buttons.now,
    );
    this.node = element('div', { class: 'map-before' }, group, this.text);
    this.node.hidden = true;
    model.onChange((change) => {
      if (change === 'points') this.ask();
    });
  }

  /**
   * Takes up where the points have come to lie.
   * @returns whether they are kept for later, because it is shown where they lay before
   */
  keeps(now: PointList): boolean {
    if (this.now === null) return false;
    this.now = now;
    return true;
  }

  private ask(): void {
    const { list } = this.model;
    // The list that has come lies where its points lie now.
    cancelAnimationFrame(this.frame);
    this.now = null;
    if (list?.hasPlaces !== true) {
      this.hide();
      return;
    }
    if (list.points.version === this.asked) return;
    this.asked = list.points.version;
    this.answer = null;
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    this.asker.ask('overviewBefore', { layout: this.layout() }, signal).then(
      (answer) => {
        if (!signal.aborted) this.take(answer);
      },
      () => {
        // The map of now does without; what went wrong stands in the log.
        if (!signal.aborted) this.hide();
      },
    );
  }

  private take(answer: OverviewBefore | null): void {
    const { list } = this.model;
    if (answer === null || list?.points.version !== answer.version || answer.x.every((x) => x === null)) {
      this.hide();
      return;
    }
    this.answer = answer;
    this.node.hidden = false;
    const { before, now } = answer.agreeing;
    const text =
      before === null || now === null
        ? ''
        : t(
            'The nearest has the same label: {0} before, {1} now. Recordings that came since stay in place.',
            formatShare(before),
            formatShare(now),
          );
    setText(this.text, text);
    this.mark();
    if (this.wantsBefore) this.show('before');
  }

  private show(which: 'before' | 'now'): void {
    const { list } = this.model;
    this.wantsBefore = which === 'before';
    this.mark();
    if (list === null || this.answer === null || (which === 'before') === (this.now !== null)) return;
    const now = this.now ?? list;
    this.now = which === 'before' ? now : null;
    const { x, y } = now.points;
    const { answer } = this;
    const target =
      which === 'now' ? { x, y } : { x: x.map((at, i) => answer.x[i] ?? at), y: y.map((at, i) => answer.y[i] ?? at) };
    this.move(list, now, target);
  }

  private move(from: PointList, now: PointList, to: { readonly x: readonly number[]; readonly y: readonly number[] }) {
    cancelAnimationFrame(this.frame);
    const { version, picture } = now.points;
    const place = (x: readonly number[], y: readonly number[]): void => {
      this.model.move(now.movedTo({ version, picture, x, y }));
    };
    const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches || now.length > mostTravelling;
    if (isStill) {
      place(to.x, to.y);
      return;
    }
    const began = performance.now();
    const { x, y } = from.points;
    const step = (time: number): void => {
      const share = Math.min(1, Math.max(0, (time - began) / travel));
      const between = (a: readonly number[], b: readonly number[]): readonly number[] =>
        share === 1 ? b : a.map((at, i) => at + share * share * (3 - 2 * share) * ((b[i] ?? at) - at));
      place(between(x, to.x), between(y, to.y));
      if (share < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  private mark(): void {
    this.buttons.before.setAttribute('aria-pressed', String(this.wantsBefore));
    this.buttons.now.setAttribute('aria-pressed', String(!this.wantsBefore));
  }

  private hide(): void {
    this.asked = -1;
    this.answer = null;
    this.wantsBefore = false;
    this.node.hidden = true;
  }
}
