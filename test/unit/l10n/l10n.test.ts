import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { t, useBundle } from '../../../src/l10n/messages';
import { formatCount, formatDecimals, formatSignificant, useLanguage } from '../../../src/l10n/numbers';
import { inProject } from '../../../src/dev/project';
import { messagesOf, placeholdersOf, usesIn, usesInSources } from './messages';

const languages = ['de', 'ja'];

afterEach(() => {
  useBundle({});
  useLanguage('en');
});

describe.each(languages)('the messages in %s', (language) => {
  it('are complete: every message of the sources is translated, and no other', async () => {
    const used = new Set((await usesInSources()).map(({ message }) => message ?? ''));
    const translated = Object.keys(await messagesOf(`l10n/bundle.l10n.${language}.json`));
    expect([...used].filter((message) => !translated.includes(message))).toEqual([]);
    expect(translated.filter((message) => !used.has(message))).toEqual([]);
    expect(translated).toEqual([...translated].sort());
  });

  it('say something, with the placeholders of the original', async () => {
    for (const [message, translation] of Object.entries(await messagesOf(`l10n/bundle.l10n.${language}.json`))) {
      expect(translation.trim(), message).not.toBe('');
      expect(placeholdersOf(translation), message).toEqual(placeholdersOf(message));
    }
  });

  it('of the manifest are complete', async () => {
    const english = await messagesOf('package.nls.json');
    const translated = await messagesOf(`package.nls.${language}.json`);
    expect(Object.keys(translated)).toEqual(Object.keys(english));
    expect(Object.values(translated).filter((text) => text.trim() === '')).toEqual([]);
  });
});

describe('the sources', () => {
  it('write every message out where it is asked for', async () => {
    const uses = await usesInSources();
    expect(uses.length).toBeGreaterThan(50);
    expect(uses.filter(({ message }) => message === null)).toEqual([]);
  });

  it('write no words into style sheets, where nobody translates them', async () => {
    const pages = inProject('webview');
    const sheets = (await readdir(pages, { recursive: true })).filter((path) => path.endsWith('.css'));
    expect(sheets.length).toBeGreaterThan(10);
    for (const path of sheets) {
      expect(await readFile(join(pages, path), 'utf8'), path).not.toMatch(/(?<![-\w])content:\s*['"][^'"]*\p{L}/u);
    }
  });

  it('are searched for calls of both kinds, with placeholders that are filled', () => {
    const text = 'const a = t("one"); b(vscode.l10n.t(`two {0}`, 1)); set("three"); t(name);';
    expect(usesIn('x.ts', text).map(({ message }) => message)).toEqual(['one', 'two {0}', null]);
  });
});

describe('the manifest', () => {
  it('uses every text of package.nls.json, and no text that is not there', async () => {
    const manifest = await readFile(inProject('package.json'), 'utf8');
    const used = [...manifest.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key!);
    const defined = Object.keys(await messagesOf('package.nls.json'));
    expect(used.filter((key) => !defined.includes(key))).toEqual([]);
    expect(defined.filter((key) => !used.includes(key))).toEqual([]);
  });

  it('writes out no text that people read', async () => {
    const { contributes, capabilities } = JSON.parse(await readFile(inProject('package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const shown = /^(title|name|description|markdownDescription|contents|altText|displayName|label|category)$/;
    const written: string[] = [];
    JSON.stringify({ contributes, capabilities }, (key, value: unknown) => {
      // Of tools people read the name that is shown; the rest is for models.
      if (key === 'languageModelTools')
        return (value as readonly { displayName: string }[]).map(({ displayName }) => ({ displayName }));
      if (shown.test(key) && typeof value === 'string' && !/^%[^%]+%$/.test(value)) written.push(value);
      return value;
    });
    // The product's own name.
    expect(written.filter((text) => text !== 'Kindred')).toEqual([]);
  });
});

describe('t', () => {
  it('gives the message in the language that was taken up, else the English one', () => {
    expect(t('{0} of {1}', 1, 'two')).toBe('1 of two');
    useBundle({ '{0} of {1}': 'von {1}: {0}' });
    expect(t('{0} of {1}', 1, 'two')).toBe('von two: 1');
    expect(t('constructor')).toBe('constructor');
  });

  it('puts a value in as it is, and leaves placeholders that have none', () => {
    expect(t('{0} of {1}', '{1} $& $1')).toBe('{1} $& $1 of {1}');
  });
});

describe('numbers', () => {
  it('are written as in the language of the editor', () => {
    expect([formatCount(12345), formatDecimals(1234.5, 2), formatSignificant(12.345, 3)]).toEqual([
      '12,345',
      '1234.50',
      '12.3',
    ]);
    useLanguage('de');
    expect([formatCount(12345), formatDecimals(1234.5, 2), formatSignificant(12.345, 3)]).toEqual([
      '12.345',
      '1234,50',
      '12,3',
    ]);
  });

  it.each(['', 'qps-ploc', '<b>', 'x'])('fall back to English for %j', (tag) => {
    useLanguage(tag);
    expect(formatDecimals(0.5, 1)).toBe('0.5');
  });
});
