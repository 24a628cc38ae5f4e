import { Uri, window, workspace, type Disposable, type TextDocumentContentProvider } from 'vscode';

const scheme = 'kindred';

/** Text that Kindred shows in an editor, which need not be saved and cannot be changed. */
export class ReadOnlyDocuments implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: readonly Disposable[] = [
    workspace.registerTextDocumentContentProvider(scheme, this),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) this.#texts.delete(uri.toString());
    }),
  ];
  #shown = 0;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens `text` under `name`, whose extension says its language. */
  async show(name: string, text: string): Promise<void> {
    // A document of the same address would first show what it held before.
    const uri = Uri.from({ scheme, path: `/${name}`, query: String(this.#shown++) });
    this.#texts.set(uri.toString(), text);
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#texts.clear();
  }
}
