import type { FromWebview } from '../../src/protocol/panel';
import { textButton } from '../shared/controls';
import { element } from '../shared/dom';
import type { Notice } from './notices';

/** The notice as an element; the first action is the one to take. */
export function noticeView({ title, lines, actions, busy }: Notice, post: (message: FromWebview) => void): HTMLElement {
  const buttons = actions.map(({ text, message }, index) =>
    textButton(index === 0 ? 'primary' : 'secondary', text, () => {
      post(message);
    }),
  );
  return element(
    'section',
    { class: busy ? 'notice busy' : 'notice' },
    busy ? element('vscode-progress-ring', { class: 'ring', 'aria-hidden': 'true' }) : null,
    element('h2', {}, title),
    ...lines.map((line) => element('p', {}, line)),
    element('div', { class: 'actions' }, ...buttons),
  );
}
