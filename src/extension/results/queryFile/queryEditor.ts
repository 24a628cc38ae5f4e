import { randomBytes } from 'node:crypto';
import {
  commands,
  window,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type LogOutputChannel,
  type Uri,
  type WebviewPanel,
} from 'vscode';
import { inBackground } from '../../editor/notify';

/** Opens files with queries and marks in the results panel, to which their own tab gives way. */
export class QueryEditor implements CustomReadonlyEditorProvider, Disposable {
  readonly #log: LogOutputChannel;
  readonly #registration: Disposable;

  constructor(log: LogOutputChannel) {
    this.#log = log;
    this.#registration = window.registerCustomEditorProvider('kindred.queries', this);
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const nonce = randomBytes(24).toString('base64url');
    // A tab that goes before its page is there is an error to the editor, so the page says when it is.
    panel.webview.onDidReceiveMessage(() => {
      panel.dispose();
      inBackground(this.#log, commands.executeCommand('kindred.openQueries', uri));
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    panel.webview.html = pageWith(nonce);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function pageWith(nonce: string): string {
  return `<!DOCTYPE html>
<html>
  <head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'"></head>
  <body><script nonce="${nonce}">acquireVsCodeApi().postMessage('loaded');</script></body>
</html>
`;
}
