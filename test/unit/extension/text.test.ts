import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KindredError, detailsOf, messageOf, remediesOf } from '../../../src/extension/failure';
import { asSentence, escapeMarkdown, plain } from '../../../src/extension/editor/text';

describe('plain', () => {
  it('keeps ordinary text, in any script', () => {
    expect(plain('Gehstrecke 3 – Zürich 東京.csv')).toBe('Gehstrecke 3 – Zürich 東京.csv');
  });

  it('makes one line, without direction marks', () => {
    expect(plain('a\r\nb\u0000c')).toBe('a b c');
    expect(plain('vsc.\u202Eexe')).toBe('vsc. exe');
  });

  it('lets no icon be drawn', () => {
    expect(plain('$(trash) x')).toBe('\\$(trash) x');
  });

  it('is never longer than asked for, but for the escapes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(plain(text, 20).replace(/\\\$\(/g, '$(').length).toBeLessThanOrEqual(20);
      }),
      { seed: 1 },
    );
  });
});

describe('escapeMarkdown', () => {
  it('escapes every character that Markdown could read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped.replace(/\\[\\`*_{}[\]()#+\-.!|~<>&$]/g, '')).not.toMatch(/[\\`*_{}[\]()#<>&$!|~]/);
      }),
      { seed: 1 },
    );
  });
});

describe('asSentence', () => {
  it('makes sentences of reasons', () => {
    expect(asSentence(' it is a folder ')).toBe('It is a folder.');
    expect(asSentence('x.csv is truncated')).toBe('x.csv is truncated.');
    expect(asSentence('Really?')).toBe('Really?');
    expect(asSentence('')).toBe('');
  });
});

describe('failures', () => {
  it('tell the user only what was written for the user', () => {
    expect(messageOf(new KindredError('Do this.'))).toBe('Do this.');
    expect(messageOf(new TypeError('x is undefined'))).toBe('Something unexpected went wrong: x is undefined.');
    expect(messageOf('odd')).toBe('Something unexpected went wrong: odd.');
  });

  it('tell the log of every cause', () => {
    const error = new KindredError('Do this.', { cause: new Error('middle', { cause: 'root' }) });
    expect(detailsOf(error)).toMatch(/Do this[^]*caused by Error: middle[^]*caused by root/);
  });

  it('offer their remedies before the log', () => {
    const restart = { label: 'Restart', command: 'r' };
    const labels = remediesOf(new KindredError('x', { remedies: [restart] })).map(({ label }) => label);
    expect(labels).toEqual(['Restart', 'Show Log']);
    expect(remediesOf(new Error('x')).map(({ label }) => label)).toEqual(['Show Log']);
  });
});
