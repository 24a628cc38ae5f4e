import { describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/extension/editor/page';

const page = pageOf({
  nonce: 'abc123',
  source: 'https://*.vscode-cdn.net',
  script: 'https://x/dist/webview.js?a=1&b="2"',
  style: 'https://x/dist/webview.css',
  language: 'de',
  messages: { a: '</div><script>alert("1")</script>' },
  title: 'A & B',
  panel: '1"2',
});

describe('pageOf', () => {
  it('forbids everything but its own script, styles, fonts and images', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'nonce-abc123'",
      "style-src https://*.vscode-cdn.net 'nonce-abc123'",
      'font-src https://*.vscode-cdn.net',
      'img-src https://*.vscode-cdn.net',
    ]);
  });

  it('has one script, with the nonce, and nothing inline', () => {
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toMatch(/<script nonce="abc123" src="[^"]+"><\/script>/);
    expect(page).not.toMatch(/<style|\son\w+=|\sstyle=/);
  });

  it('tells the nonce to the components that add styles', () => {
    expect(page).toContain('<meta property="csp-nonce" content="abc123">');
  });

  it('escapes what it is given', () => {
    expect(page).toContain('src="https://x/dist/webview.js?a=1&amp;b=&quot;2&quot;"');
  });

  it('hands over the messages of the language as text that ends nothing', () => {
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('<title>A &amp; B</title>');
    const given = / data-l10n="([^"]*)"/.exec(page)?.[1] ?? '';
    expect(given).not.toMatch(/[<>]/);
    const read = given
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&');
    expect(JSON.parse(read)).toEqual({ a: '</div><script>alert("1")</script>' });
  });
});
