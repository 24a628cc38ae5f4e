import type { FromReadingPage, ReadingState, ToReadingPage } from '../../src/protocol/readingPage';
import { asker, type Asker } from '../shared/ask';
import { linkButton, textButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { printable, splitPath } from '../shared/format';
import { formatName } from '../shared/formatName';
import { t } from '../shared/l10n';
import { ApplyView } from './applyView';
import { DecisionsForm } from './decisionsForm';
import { PreviewPlot } from './previewPlot';
import { announcement, sequencesView } from './sequencesView';
import { tableView } from './tableView';

/** The page: what the file holds, what comes of it, what may be decided, and for which files. */
export class ReadingPage {
  private readonly asker: Asker;
  private readonly file = element('span');
  private readonly format = element('span', { class: 'dim' });
  private readonly error = element('p', { class: 'problem', role: 'alert' });
  private readonly rulesProblem = element('div', { class: 'problem', role: 'alert' });
  private readonly unread = element('p', { class: 'problem' });
  private readonly live = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });
  private readonly table = tableView();
  private readonly sequences = sequencesView((number) => {
    this.plot.choose(number);
    this.sequences.show(this.description, this.plot.shown);
  });
  private readonly plot: PreviewPlot;
  private readonly form: DecisionsForm;
  private readonly apply: ApplyView;
  private readonly result: HTMLElement;
  private rulesShown = '';
  private description: ReadingState['description'] = null;

  constructor(
    root: HTMLElement,
    private readonly post: (message: FromReadingPage) => void,
  ) {
    this.asker = asker(post);
    this.plot = new PreviewPlot(this.asker, post, (text) => {
      setText(this.live, text);
    });
    this.form = new DecisionsForm((decisions) => {
      post({ type: 'decide', decisions });
    });
    this.apply = new ApplyView(post);
    const plot = element('section', {}, element('h2', {}, t('What comes of it')), this.unread, this.plot.node);
    this.result = element('div', { class: 'reading-result' }, this.table.node, plot);
    const name = linkButton(
      'reading-file',
      () => {
        post({ type: 'openFile' });
      },
      this.file,
    );
    root.replaceChildren(
      element(
        'main',
        { class: 'body' },
        element(
          'header',
          {},
          element('h1', {}, t('How is this file read?')),
          element('p', { class: 'reading-about' }, name, this.format),
        ),
        this.error,
        this.rulesProblem,
        this.result,
        this.sequences.node,
        this.form.node,
        this.apply.node,
        this.live,
      ),
    );
    this.complain(null);
    this.rulesProblem.hidden = true;
  }

  receive(message: ToReadingPage): void {
    if (message.type === 'state') this.show(message.state);
    else this.asker.receive(message);
  }

  /** Says what went wrong. */
  complain(text: string | null): void {
    this.error.hidden = text === null;
    setText(this.error, text === null ? '' : printable(text));
  }

  private show(state: ReadingState): void {
    const { rules, description, reading, error } = state;
    this.complain(error);
    setText(this.file, rules === null ? '' : printable(splitPath(rules.file).name));
    this.file.title = rules === null ? '' : printable(rules.file);
    setText(this.format, headText(state));
    this.showRulesProblem(state);
    this.result.classList.toggle('stale', reading);
    this.result.setAttribute('aria-busy', String(reading));
    const problem = description?.problem ?? null;
    this.unread.hidden = problem === null;
    setText(this.unread, problem === null ? '' : t('Skipped, because {0}.', printable(problem)));
    this.table.show(description?.table ?? null);
    this.plot.show(state);
    this.description = description;
    this.sequences.show(description, this.plot.shown);
    this.form.show(state);
    this.apply.show(state);
    if (reading || description === null) return;
    setText(this.live, problem === null ? announcement(description) : this.unread.textContent);
  }

  private showRulesProblem({ rules }: ReadingState): void {
    const problem = rules?.problem ?? null;
    const key = JSON.stringify(problem);
    if (key === this.rulesShown) return;
    this.rulesShown = key;
    this.rulesProblem.hidden = problem === null;
    if (problem === null) return;
    const open = textButton('secondary', t('Open reading.json at Line {0}', problem.line), () => {
      this.post({ type: 'openRules' });
    });
    this.rulesProblem.replaceChildren(
      element('p', {}, printable(problem.reason)),
      element('p', {}, t('Until this is corrected, no rule of the folder holds, and none can be written.')),
      open,
    );
  }
}

function headText({ rules, description, reading }: ReadingState): string {
  const { folder } = splitPath(rules?.file ?? '');
  const parts = [
    printable(folder.slice(0, -1)),
    description === null ? '' : t('read as {0}', formatName(description.format)),
    reading ? t('reading…') : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
