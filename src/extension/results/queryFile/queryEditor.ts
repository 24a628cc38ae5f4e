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
import { detailsOf } from '../../failure';

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
    // Once this has returned: the editor still makes the tab until then.
    setImmediate(() => {
      panel.dispose();
      commands.executeCommand('kindred.openQueries', uri).then(undefined, (error: unknown) => {
        this.#log.error(detailsOf(error));
      });
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
