import type { Bundle } from '../../l10n/messages';

export interface PageParts {
  /** Random, new for every page. */
  readonly nonce: string;
  /** The webview's `cspSource`. */
  readonly source: string;
  /** Addresses as the webview sees them. */
  readonly script: string;
  readonly style: string;
  /** The language of the page, and the messages in it. */
  readonly language: string;
  readonly messages: Bundle;
  readonly title: string;
  /** Names the panel. */
  readonly panel: string;
}

/** The panel's page: it loads the extension's own script and style, and nothing else may run or be fetched. */
export function pageOf(parts: PageParts): string {
  const nonce = attribute(parts.nonce);
  const source = attribute(parts.source);
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `font-src ${source}`,
    `img-src ${source}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(parts.language)}">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta property="csp-nonce" content="${nonce}">
    <link rel="stylesheet" href="${attribute(parts.style)}">
    <title>${attribute(parts.title)}</title>
  </head>
  <body>
    <div id="root" data-panel="${attribute(parts.panel)}" data-l10n="${attribute(JSON.stringify(parts.messages))}"></div>
    <script nonce="${nonce}" src="${attribute(parts.script)}"></script>
  </body>
</html>
`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
