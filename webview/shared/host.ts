import * as v from 'valibot';
import { type FromWebview, panelState, type PanelState, toWebview, type ToWebview } from '../../src/protocol/panel';
import { t } from './l10n';

interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host as the page sees it. */
export interface Host {
  post(message: FromWebview): void;
  /** What was kept before the window was reloaded, or `null`. */
  load(): PanelState | null;
  save(state: PanelState): void;
}

/**
 * Connects the page to the extension host. Every message is checked against the schema: those that fit go to
 * `receive`, and of the others `complain` is told what is wrong.
 */
export function connect(receive: (message: ToWebview) => void, complain: (text: string) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const parsed = v.safeParse(toWebview, event.data);
    if (parsed.success) receive(parsed.output);
    else complain(complaintOf(parsed.issues));
  });
  return {
    post: (message) => {
      api.postMessage(message);
    },
    load: () => {
      const parsed = v.safeParse(panelState, api.getState());
      return parsed.success ? parsed.output : null;
    },
    save: (state) => {
      api.setState(state);
    },
  };
}

function complaintOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [first] = issues;
  const where = v.getDotPath(first) ?? 'the message';
  return t(
    'The panel got a message from the extension that it does not understand ({0}: {1}). What is shown may be out of date; searching again may help.',
    where,
    first.message,
  );
}
