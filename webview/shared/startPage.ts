import * as v from 'valibot';
import { t, useLanguageOf } from './l10n';
import { registerToolkit } from './toolkit';

interface Posted {
  readonly type: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: Posted): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** What a page keeps while its window is reloaded. */
export interface PageMemory {
  load(): unknown;
  save(state: unknown): void;
}

/** What a page does with what comes from the extension. */
export interface StartedPage<Received> {
  receive(message: Received): void;
  complain(text: string): void;
}

/** The element that a page fills, once its controls and its language are ready. */
export function pageRoot(): HTMLElement {
  registerToolkit();
  const root = document.getElementById('root');
  if (root === null) throw new Error('The page has no element #root.');
  useLanguageOf(root);
  return root;
}

/**
 * Starts a page.
 * @param schema what the extension may send; the page is told of everything else that comes
 */
export function startPage<Schema extends v.GenericSchema>(
  schema: Schema,
  open: (root: HTMLElement, post: (message: Posted) => void, memory: PageMemory) => StartedPage<v.InferOutput<Schema>>,
): void {
  const root = pageRoot();
  const api = acquireVsCodeApi();
  const post = (message: Posted) => {
    api.postMessage(message);
  };
  const page = open(root, post, {
    load: () => api.getState(),
    save: (state) => {
      api.setState(state);
    },
  });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const parsed = v.safeParse(schema, event.data);
    if (parsed.success) page.receive(parsed.output);
    else
      page.complain(
        t('The page got a message from the extension that it does not understand. What is shown may be out of date.'),
      );
  });
  post({ type: 'ready' });
}
