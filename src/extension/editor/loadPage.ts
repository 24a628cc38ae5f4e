import { randomBytes } from 'node:crypto';
import { env, l10n, Uri, type WebviewPanel } from 'vscode';
import { pageOf, type PageParts } from './page';

/** What tells one page of the extension from another. */
export interface PageKind extends Pick<PageParts, 'title' | 'panel'> {
  /** The name of its script and style in `dist`. */
  readonly bundle: string;
}

/** Fills a panel with a page in the language of the editor, which may load only its own script and style. */
export function loadPage(panel: WebviewPanel, root: Uri, { bundle, title, panel: id }: PageKind): void {
  const { webview } = panel;
  const dist = Uri.joinPath(root, 'dist');
  const address = (name: string) => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  panel.iconPath = Uri.joinPath(root, 'media', 'icon.svg');
  webview.options = { enableScripts: true, localResourceRoots: [dist] };
  webview.html = pageOf({
    nonce: randomBytes(24).toString('base64url'),
    source: webview.cspSource,
    script: address(`${bundle}.js`),
    style: address(`${bundle}.css`),
    language: env.language,
    messages: l10n.bundle ?? {},
    title,
    panel: id,
  });
}
