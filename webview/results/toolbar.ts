import type { FromWebview } from '../../src/protocol/panel';
import type { Scope } from '../../src/protocol/engine';
import { iconButton, linkButton } from '../shared/controls';
import { indexText } from './describe';
import { element, setText } from '../shared/dom';
import { formatCount } from '../shared/format';
import { t } from '../shared/l10n';
import { isGrowing, type State } from './state';

export interface Toolbar {
  readonly node: HTMLElement;
  update(state: State): void;
}

/** Back and forward, whether the tab keeps its results, the scope, and how far the index is. */
export function toolbar(post: (message: FromWebview) => void): Toolbar {
  const back = iconButton('back', t('Back'), 'Alt+Left', () => {
    post({ type: 'back' });
  });
  const forward = iconButton('forward', t('Forward'), 'Alt+Right', () => {
    post({ type: 'forward' });
  });
  let pinned = false;
  const pin = iconButton('pin', t('Pin'), null, () => {
    post({ type: 'pin', pinned: !pinned });
  });
  pin.title = t('Keep these results in a tab of their own; the next search opens another');
  const scope = scopeChoice((chosen) => {
    post({ type: 'scope', scope: chosen });
  });
  const index = indexStatus(() => {
    post({ type: 'skipped' });
  });
  return {
    node: element(
      'header',
      { class: 'toolbar' },
      element('div', { class: 'history' }, back, forward, pin),
      scope.node,
      index.node,
    ),
    update: (state) => {
      back.disabled = !state.history.back;
      forward.disabled = !state.history.forward;
      pinned = state.pinned;
      pin.disabled = state.results === null;
      pin.classList.toggle('pressed', pinned);
      pin.setAttribute('aria-pressed', String(pinned));
      scope.update(state.results?.scope ?? null);
      index.update(state);
    },
  };
}

function scopeChoice(choose: (scope: Scope) => void): { node: HTMLElement; update(scope: Scope | null): void } {
  const layout = element('vscode-radio', { value: 'layout' }, t('This layout'));
  layout.title = t('Rank the recordings that have the same channels');
  const all = element('vscode-radio', { value: 'all' }, t('All layouts'));
  all.title = t('Rank every recording, whatever its channels');
  const group = document.createElement('vscode-radio-group');
  group.setAttribute('aria-label', t('Compare with'));
  group.className = 'scope';
  group.append(layout, all);
  let shown: Scope | null = null;
  group.addEventListener('change', () => {
    // Setting the value emits the event too.
    const chosen = group.value === 'all' ? 'all' : 'layout';
    if (shown === null || chosen === shown) return;
    shown = chosen;
    choose(chosen);
  });
  return {
    node: group,
    update: (scope) => {
      shown = scope;
      group.disabled = scope === null;
      group.value = scope ?? 'layout';
    },
  };
}

function indexStatus(showSkipped: () => void): { node: HTMLElement; update(state: State): void } {
  const ring = element('vscode-progress-ring', { class: 'ring', 'aria-hidden': 'true' });
  const text = element('span', { class: 'index-text' });
  const skipped = linkButton('skipped', showSkipped);
  skipped.title = t('Show the files that were skipped, and why');
  return {
    node: element('div', { class: 'index' }, ring, text, skipped),
    update: ({ index }) => {
      ring.hidden = !isGrowing(index) || index?.state === 'paused';
      setText(text, indexText(index));
      skipped.hidden = index === null || index.skipped === 0;
      setText(skipped, t('{0} skipped', formatCount(index?.skipped ?? 0)));
    },
  };
}
