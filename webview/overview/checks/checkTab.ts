import type { CheckName } from '../../../src/protocol/checks';
import { mostChecked } from '../../../src/protocol/checks';
import { textButton } from '../../shared/controls';
import { arrange, element, setText } from '../../shared/dom';
import { formatCount, messageOf } from '../../shared/format';
import { t } from '../../shared/l10n';
import type { Finding } from './finding';

/** Milliseconds between two questions while samples are still looked at. */
const lookInterval = 1500;

/** Findings that are asked for at once. */
const atOnce = 30;

/** What is asked of a list of findings. */
export interface Part {
  readonly layout: string | null;
  readonly from: number;
  readonly count: number;
  readonly ignored: boolean;
}

/** What every list of findings says beside its rows. */
interface Listed<Row> {
  readonly version: number;
  readonly total: number;
  readonly ignored: number;
  readonly rows: readonly Row[];
  /** How many of the samples were looked at that tell of findings. */
  readonly looked?: { readonly done: number; readonly total: number };
}

/** What tells one check from another. */
export interface Check<Row, Answer extends Listed<Row>> {
  readonly name: CheckName;
  /** What it looks for, in a sentence or two. */
  readonly about: string;
  ask(part: Part, signal: AbortSignal): Promise<Answer>;
  finding(row: Row, answer: Answer): Finding;
  /** What the list says where it holds nothing. */
  nothing(answer: Answer): string;
  /** How many findings there are, in words. */
  counted(count: number): string;
  /** Takes up what an answer says beside its rows. */
  heard?(answer: Answer): void;
}

/** A list of findings, which is asked for part by part. */
export class CheckTab<Row, Answer extends Listed<Row>> {
  readonly node: HTMLElement;
  private readonly status = element('span', { class: 'check-status', role: 'status' });
  private readonly ignored = element('input', { type: 'checkbox' });
  private readonly ignoredText = element('span');
  private readonly ignoredLabel = element('label', { class: 'check-ignored' }, this.ignored, this.ignoredText);
  private readonly list: HTMLElement;
  private readonly nothing = element('p', { class: 'check-nothing' });
  private readonly more: HTMLElement;
  private layout: string | null = null;
  private findings: readonly Finding[] = [];
  /** What each finding was made of, alike in order. */
  private keys: readonly string[] = [];
  private timer = 0;
  private running = new AbortController();
  private isShown = false;
  /** Whether the list must be made again once somebody looks at it. */
  private isOld = true;

  /** @param counted told how many findings there are, `null` while that is not known */
  constructor(
    private readonly check: Check<Row, Answer>,
    tools: readonly HTMLElement[],
    private readonly counted: (count: number | null) => void,
  ) {
    this.list = element('ol', { class: 'findings', 'aria-label': check.about });
    this.more = textButton('secondary', t('Show more'), () => {
      this.load(this.findings.length);
    });
    this.more.hidden = true;
    const bar = element('div', { class: 'check-bar' }, this.status, ...tools, this.ignoredLabel);
    const about = element('p', { class: 'dim' }, check.about);
    this.node = element('div', { class: 'check' }, about, bar, this.nothing, this.list, this.more);
    this.ignored.addEventListener('change', () => {
      this.load(0);
    });
    this.list.addEventListener('keydown', (event) => {
      this.step(event);
    });
  }

  /** Somebody looks at it, or no longer. */
  show(isShown: boolean): void {
    this.isShown = isShown;
    if (isShown && this.isOld) this.load(0);
  }

  /** Something else may be found now. @param why nothing can be found yet, in a sentence, or `null` */
  renew(layout: string | null, why: string | null): void {
    if (layout !== this.layout) this.fill([]);
    [this.layout, this.isOld] = [layout, true];
    clearTimeout(this.timer);
    this.running.abort();
    if (why === null) this.load(0);
    else this.wait(why);
  }

  /** Asks for the list again, as after an action. */
  again(): void {
    this.load(0);
  }

  private wait(why: string): void {
    this.fill([]);
    this.counted(null);
    setText(this.status, '');
    this.ignoredLabel.hidden = true;
    this.say(why);
  }

  private load(from: number): void {
    clearTimeout(this.timer);
    this.running.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    // Of a list that nobody looks at only the number is wanted.
    const kept = Math.max(atOnce, from === 0 ? this.findings.length : 0);
    const count = this.isShown ? Math.min(mostChecked, kept) : 1;
    const ignored = this.ignored.checked;
    this.node.setAttribute('aria-busy', 'true');
    this.check.ask({ layout: this.layout, from, count, ignored }, signal).then(
      (answer) => {
        if (signal.aborted) return;
        this.node.setAttribute('aria-busy', 'false');
        this.receive(answer, from);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.node.setAttribute('aria-busy', 'false');
        this.say(messageOf(error));
      },
    );
  }

  private receive(answer: Answer, from: number): void {
    if (!this.ignored.checked) this.counted(answer.total);
    this.check.heard?.(answer);
    this.ignoredLabel.hidden = answer.ignored === 0 && !this.ignored.checked;
    setText(this.ignoredText, t('Show ignored ({0})', formatCount(answer.ignored)));
    this.lookAgain(answer);
    if (!this.isShown) return;
    this.isOld = false;
    this.take(answer, from);
    this.more.hidden = this.findings.length >= answer.total || answer.rows.length === 0;
    this.say(answer.total > 0 ? '' : this.ignored.checked ? t('Nothing is ignored.') : this.check.nothing(answer));
  }

  /** Shows the rows of an answer after those before; what is shown already stays as it is. */
  private take(answer: Answer, from: number): void {
    const keys = answer.rows.map((row) => JSON.stringify([row, answer.version, this.ignored.checked]));
    const made = answer.rows.map((row, i) => {
      const before = this.findings[this.keys.indexOf(keys[i] ?? '')];
      return before ?? this.check.finding(row, answer);
    });
    this.fill(from === 0 ? made : [...this.findings, ...made], from === 0 ? keys : [...this.keys, ...keys]);
  }

  private lookAgain({ total, looked }: Answer): void {
    const isLooking = looked !== undefined && looked.done < looked.total;
    const texts = total === 0 ? [] : [this.check.counted(total)];
    if (isLooking) texts.push(t('{0} of {1} samples looked at', formatCount(looked.done), formatCount(looked.total)));
    setText(this.status, texts.join(' · '));
    if (!isLooking) return;
    this.timer = window.setTimeout(() => {
      this.load(0);
    }, lookInterval);
  }

  private say(text: string): void {
    setText(this.nothing, text);
    this.nothing.hidden = text === '';
  }

  private fill(findings: readonly Finding[], keys: readonly string[] = []): void {
    const focused = this.findings.findIndex(({ node }) => node.contains(document.activeElement));
    for (const finding of this.findings) if (!findings.includes(finding)) finding.destroy();
    [this.findings, this.keys] = [findings, keys];
    const nodes = findings.map(({ node }) => node);
    for (const node of [...this.list.children]) if (!nodes.some((each) => each === node)) node.remove();
    arrange(this.list, nodes);
    this.list.hidden = findings.length === 0;
    if (findings.length === 0) this.more.hidden = true;
    // What stood there has gone, or stands there anew.
    if (focused >= 0 && !this.list.contains(document.activeElement))
      this.findings[Math.min(focused, findings.length - 1)]?.focus();
  }

  private step(event: KeyboardEvent): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = this.findings.findIndex(({ node }) => node.contains(document.activeElement));
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === 'radio';
    if (by === 0 || at < 0 || isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.findings[Math.min(Math.max(at + by, 0), this.findings.length - 1)]?.focus();
  }
}
