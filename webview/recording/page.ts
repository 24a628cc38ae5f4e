import * as v from 'valibot';
import {
  keptRecording,
  type FromRecordingPage,
  type KeptRecording,
  type RecordingState,
  type ToRecordingPage,
} from '../../src/protocol/recordingPage';
import type { RecordingView } from '../../src/protocol/recordings';
import { asker, type Asker } from '../shared/ask';
import { textButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';
import type { PageMemory } from '../shared/startPage';
import { headOf } from './head';
import { pager, type Pager } from './pager';
import { RecordingPlots } from './plots';
import { SequenceList } from './sequenceList';

/** The page: what is known of a recording, and its curves. */
export class RecordingPage {
  private readonly asker: Asker;
  private readonly head = element('div', { class: 'recording-about' });
  private readonly problem = element('div', { class: 'problem', role: 'alert' });
  private readonly live = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  private readonly plots: RecordingPlots;
  private readonly pager: Pager;
  private readonly list: SequenceList;
  private readonly content: HTMLElement;
  private readonly body: HTMLElement;
  private kept: KeptRecording | null;
  private view: RecordingView | null = null;
  private marked = 0;
  private shown = '';
  private told = '';

  constructor(
    root: HTMLElement,
    private readonly post: (message: FromRecordingPage) => void,
    private readonly memory: PageMemory,
  ) {
    this.asker = asker(post);
    const kept = v.safeParse(keptRecording, memory.load());
    this.kept = kept.success ? kept.output : null;
    this.plots = new RecordingPlots({
      asker: this.asker,
      post,
      announce: (text) => {
        setText(this.live, text);
      },
      navigated: (window) => {
        if (this.kept !== null) this.keep({ ...this.kept, window });
      },
    });
    const show = (number: number): void => {
      this.choose(number);
    };
    this.pager = pager(show);
    this.list = new SequenceList(this.asker, show, (text) => {
      this.complain(text);
    });
    const beside = element('aside', { class: 'beside', 'aria-label': t('Channels and sequences') });
    beside.append(this.plots.channels, this.list.node);
    const main = element('div', { class: 'recording-main' }, this.pager.node, this.plots.node);
    const content = element('div', { class: 'recording-content' }, main, beside);
    this.content = content;
    this.body = element('main', { class: 'body' }, this.problem, this.head, content, this.live);
    root.replaceChildren(this.body);
    this.problem.hidden = true;
    content.hidden = true;
    window.addEventListener('focus', () => {
      post({ type: 'focused', focused: true });
    });
    window.addEventListener('blur', () => {
      post({ type: 'focused', focused: false });
    });
    if (document.hasFocus()) post({ type: 'focused', focused: true });
    if (this.kept !== null) post({ type: 'kept', number: this.kept.number });
  }

  receive(message: ToRecordingPage): void {
    if (message.type === 'state') this.show(message.state);
    else if (message.type === 'run') this.run(message.command);
    else this.asker.receive(message);
  }

  /** Says what went wrong. */
  complain(text: string): void {
    this.tell([text], []);
  }

  private show(state: RecordingState): void {
    const { view, reading, gone, error, remedies } = state;
    this.body.setAttribute('aria-busy', String(reading));
    if (gone && view !== null)
      this.tell([t('The file is not there any more. What was read of it stays until it is back.')], []);
    else this.tell(error === null ? [] : [error], [...this.remedyButtons(remedies), ...this.otherButtons()]);
    if (view === null) return;
    this.view = view;
    const described = JSON.stringify(view);
    if (described !== this.shown) {
      this.shown = described;
      const { number } = view.summary.ref;
      if (this.kept?.number !== number) this.keep({ number, window: null });
      this.head.replaceChildren(
        ...headOf(view, (type) => {
          this.post({ type });
        }),
      );
    }
    const { ref, siblings } = view.summary;
    this.content.hidden = false;
    this.pager.show(ref.number, siblings);
    this.list.show(ref, siblings, state.version);
    this.plots.show(view, state.version, this.kept?.window ?? null);
    const { marked } = state;
    if (marked === null || marked.number !== ref.number || marked.id === this.marked) return;
    this.marked = marked.id;
    this.plots.mark(marked.span);
  }

  private run(command: 'nextSequence' | 'previousSequence'): void {
    const { ref } = this.view?.summary ?? {};
    if (ref !== undefined) this.choose(ref.number + (command === 'nextSequence' ? 1 : -1));
  }

  private choose(number: number): void {
    const { ref, siblings } = this.view?.summary ?? {};
    if (ref === undefined || siblings === undefined || number === ref.number) return;
    if (number >= 0 && number < siblings) this.post({ type: 'show', number });
  }

  private keep(kept: KeptRecording): void {
    this.kept = kept;
    this.memory.save(kept);
  }

  private remedyButtons(remedies: readonly string[]): readonly HTMLElement[] {
    return remedies.map((label, index) =>
      textButton('secondary', label, () => {
        this.post({ type: 'remedy', index });
      }),
    );
  }

  /** What can be done whatever went wrong. */
  private otherButtons(): readonly HTMLElement[] {
    const button = (text: string, type: 'retry' | 'openAsText'): HTMLElement =>
      textButton('secondary', text, () => {
        this.post({ type });
      });
    return [button(t('Try again'), 'retry'), button(t('Open as text'), 'openAsText')];
  }

  private tell(texts: readonly string[], buttons: readonly HTMLElement[]): void {
    const key = JSON.stringify([texts, buttons.map(({ textContent }) => textContent)]);
    if (key === this.told) return;
    this.told = key;
    this.problem.hidden = texts.length === 0;
    this.problem.replaceChildren(
      ...texts.map((text) => element('p', {}, printable(text))),
      element('div', { class: 'actions' }, ...buttons),
    );
  }
}
