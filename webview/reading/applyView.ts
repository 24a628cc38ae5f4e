import { files } from '../../src/l10n/nouns';
import { ruleScope, type FromReadingPage, type ReadingState, type RuleScope } from '../../src/protocol/readingPage';
import { textButton } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { printable, splitPath } from '../shared/format';
import { t } from '../shared/l10n';
import { later } from './fields';

/** For which files what is tried out is to hold. */
export class ApplyView {
  readonly node: HTMLElement;
  private readonly inputs = new Map<RuleScope, HTMLInputElement>();
  private readonly all = element('span');
  private readonly glob = element('input', {
    type: 'text',
    id: 'glob',
    class: 'glob',
    spellcheck: 'false',
    autocomplete: 'off',
    maxlength: '1000',
  });
  private readonly count = element('p', { class: 'count', role: 'status' });
  private readonly outside = element(
    'p',
    { class: 'problem' },
    t('This file is outside of the folder that is open, so no rule can be written for it.'),
  );
  private readonly body: HTMLElement;
  private readonly apply = textButton('primary', t('Apply'), () => {
    this.post({ type: 'apply' });
  });
  private readonly reset = textButton('secondary', t('Reset'), () => {
    this.post({ type: 'reset' });
  });
  private readonly done = element('p', { class: 'done', role: 'status' });
  private readonly pending = element('p', { class: 'dim' });
  private scope: RuleScope = 'file';
  private globs: Readonly<Record<RuleScope, string>> | null = null;

  constructor(private readonly post: (message: FromReadingPage) => void) {
    const texts: Readonly<Record<RuleScope, HTMLElement | string>> = {
      file: t('this file'),
      alike: t('files like it'),
      all: this.all,
    };
    const radios = ruleScope.options.map((scope) => this.radio(scope, texts[scope]));
    later(this.glob, () => {
      this.send(this.glob.value.trim());
    });
    this.reset.title = t('Removes the rule of this glob from reading.json');
    this.body = element(
      'div',
      {},
      element('div', { class: 'scopes', role: 'radiogroup', 'aria-label': t('Apply to') }, ...radios),
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'glob' }, t('Files (a glob from the folder that is open)')),
        this.glob,
      ),
      this.count,
      this.pending,
      element('div', { class: 'actions' }, this.apply, this.reset),
    );
    this.node = element(
      'section',
      { class: 'apply' },
      element('h2', {}, t('Apply to')),
      this.outside,
      this.body,
      this.done,
    );
  }

  show(state: ReadingState): void {
    const { rules, scope, glob, done, writing, reading, counted } = state;
    this.node.hidden = rules === null;
    if (rules === null) return;
    const isOutside = rules.rulesFile === null;
    this.outside.hidden = !isOutside;
    this.body.hidden = isOutside;
    this.globs = rules.globs;
    this.scope = scope;
    const input = this.inputs.get(scope);
    if (input !== undefined) input.checked = true;
    setText(this.all, t('all {0} files of the folder', printable(rules.globs.all.slice(1))));
    if (document.activeElement !== this.glob) this.glob.value = glob;
    setText(this.count, countText(state));
    this.count.classList.toggle('wrong', counted?.problem != null);
    setText(this.pending, isSame(state) ? '' : t('What is tried out is not applied yet.'));
    const canWrite = rules.problem === null && !writing && glob !== '' && counted?.problem == null;
    this.apply.disabled = !canWrite || reading || (isSame(state) && counted?.own !== false && scope === 'file');
    this.reset.disabled = !canWrite || counted?.ruled !== true;
    this.done.hidden = done === null;
    setText(this.done, done ?? '');
  }

  private radio(scope: RuleScope, text: HTMLElement | string): HTMLElement {
    const input = element('input', { type: 'radio', name: 'scope', value: scope });
    input.addEventListener('change', () => {
      this.scope = scope;
      const glob = this.globs?.[scope] ?? '';
      this.glob.value = glob;
      this.send(glob);
    });
    this.inputs.set(scope, input);
    return element('label', { class: 'scope' }, input, element('span', {}, text));
  }

  private send(glob: string): void {
    this.post({ type: 'scope', scope: this.scope, glob });
  }
}

function isSame({ decisions, rules }: ReadingState): boolean {
  return rules !== null && JSON.stringify(sorted(decisions)) === JSON.stringify(sorted(rules.decisions));
}

function sorted(decisions: object): readonly [string, unknown][] {
  return Object.entries(decisions).sort(([a], [b]) => (a < b ? -1 : 1));
}

function countText({ counted, glob, rules }: ReadingState): string {
  if (glob === '') return t('Write which files are meant.');
  if (counted === null) return t('Counting files…');
  if (counted.problem !== null) return t('This glob cannot be used, because {0}.', counted.problem);
  const { name } = splitPath(rules?.file ?? '');
  const own = counted.own ? '' : ` ${t('{0} is not one of them.', printable(name))}`;
  const ruled = counted.ruled ? ` ${t('There is a rule for this glob; it will be replaced.')}` : '';
  return `${t('It names {0}.', files(counted.files))}${own}${ruled}`;
}
