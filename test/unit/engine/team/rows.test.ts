import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, shownAddress } from '../../../../src/engine/team/address';
import { boundOf, coarseForm, coarseVector } from '../../../../src/engine/team/coarse';
import { packEnvelope, unpackEnvelope } from '../../../../src/engine/team/envelope';
import { recordingOf } from '../../../../src/engine/team/rows';
import { isRootName, isSafeHere, isSafePath } from '../../../../src/engine/team/texts';
import { rowsOfCopy } from '../../../../src/engine/team/tuples';

describe('the coarse vector', () => {
  const form = {
    features: 6,
    featureSize: 4,
    step: 0.5,
    groups: [
      [1, -3, 5],
      [2, 4, -6],
    ],
  } as const;

  it('is a lower bound of the distance, though the server rounds it to 16 bits', () => {
    const row = (channels: number) => fc.uint8Array({ minLength: 24 * channels, maxLength: 24 * channels });
    const pairs = fc
      .integer({ min: 1, max: 1500 })
      .chain((channels) => fc.tuple(fc.constant(channels), row(channels), row(channels)));
    fc.assert(
      fc.property(pairs, ([channels, a, b]) => {
        const coarse = coarseForm(form, channels);
        expect(coarse.dimensions).toBeLessThanOrEqual(4000);
        const [x, y] = [coarseVector(a, coarse), coarseVector(b, coarse)];
        const onServer = x.reduce((sum, value, i) => Math.fround(sum + Math.abs(half(value) - half(y[i]!))), 0);
        const exact = (a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) * form.step) / a.length;
        expect(boundOf(onServer, x, coarse)).toBeLessThanOrEqual(exact * (1 + 1e-9));
        expect(Math.max(...Array.from(x.subarray(0, 1000), Math.abs))).toBeLessThan(65_504);
      }),
      { numRuns: 60 },
    );
  });
});

/** A number as halfvec has it: 11 bits of it. */
function half(value: number): number {
  if (value === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / unit) * unit;
}

describe('an envelope', () => {
  it('holds every extreme within a 255th of the range', () => {
    const values = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(values, values), { minLength: 1, maxLength: 512 }), (pairs) => {
        const minimum = Float32Array.from(pairs, ([a, b]) => Math.min(a, b));
        const maximum = Float32Array.from(pairs, ([a, b]) => Math.max(a, b));
        const [channel] = unpackEnvelope(packEnvelope([{ minimum, maximum }])) ?? [];
        const step = (Math.max(...maximum) - Math.min(...minimum)) / 255 + 0.01;
        pairs.forEach((_, i) => {
          expect(channel?.minimum[i]).toBeLessThanOrEqual(minimum[i]! + 0.01 * step + 0.1);
          expect(Math.abs((channel?.minimum[i] ?? NaN) - minimum[i]!)).toBeLessThanOrEqual(step + 0.1);
          expect(Math.abs((channel?.maximum[i] ?? NaN) - maximum[i]!)).toBeLessThanOrEqual(step + 0.1);
        });
      }),
    );
  });

  it('is nothing for bytes that are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const found = unpackEnvelope(Buffer.from(bytes));
        expect(found === null || found.every(({ minimum }) => minimum.length <= 512)).toBe(true);
      }),
    );
    expect(unpackEnvelope(Buffer.from([255, 255, 255, 255]))).toBeNull();
  });
});

describe('rows of others', () => {
  it.each(['..', '../x', 'a/../b', '/etc/passwd', 'a//b', './a', '', 'a\u0000b', 'a\nb', 'a\\b', 'a'.repeat(5000)])(
    'have no path %j',
    (path) => {
      expect(isSafePath(path)).toBe(false);
    },
  );

  it('have paths that other systems take for something else', () => {
    expect(isSafePath('C:/x')).toBe(true);
    expect(isSafeHere('C:/x', 'win32')).toBe(false);
    expect(isSafeHere('a/b. /c', 'win32')).toBe(false);
    expect(isSafeHere('ward a/ä 1.csv', 'win32')).toBe(true);
    expect([isRootName('ward-a'), isRootName('a:b'), isRootName('../a'), isRootName('\u001b[31m')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('are recordings or reasons, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('id', 'root', 'path', 'number', 'content', 'channels', 'notes', 'steps', 'rate'),
          fc.anything(),
        ),
        (row) => {
          const found = recordingOf(row);
          expect(typeof found === 'string' || found.id >= 0).toBe(true);
        },
      ),
    );
  });

  it('come whole from a COPY, wherever it is cut', async () => {
    const number = Buffer.alloc(8);
    number.writeDoubleBE(231.5);
    const field = (bytes: Buffer) => [Buffer.from([0, 0, 0, bytes.length]), bytes];
    const head = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
    const row = [Buffer.from([0, 3]), ...field(Buffer.from('é')), Buffer.from([255, 255, 255, 255]), ...field(number)];
    const bytes = Buffer.concat([head, ...row, ...row, Buffer.from([255, 255])]);
    const columns = { name: 'text', bytes: 'bytes', change: 'float8' } as const;
    for (let size = 1; size <= bytes.length; size++) {
      const pieces = (async function* () {
        for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
      })();
      const rows: unknown[] = [];
      for await (const some of rowsOfCopy(pieces, columns, 1)) rows.push(...some);
      const expected = { name: 'é', bytes: null, change: 231.5 };
      expect(rows).toEqual([expected, expected]);
    }
  });
});

describe('the address of an index', () => {
  it('asks for TLS and verifies it, but on this machine', () => {
    const tls = (address: string) => parseAddress(address).tls;
    expect(tls('postgresql://a@db.lab.org/team')).toMatchObject({ rejectUnauthorized: true, host: 'db.lab.org' });
    expect(tls('postgresql://a@db.lab.org/team?sslmode=require')).toMatchObject({ rejectUnauthorized: true });
    expect(tls('postgresql://a@db.lab.org/team?sslmode=no-verify')).toMatchObject({ rejectUnauthorized: false });
    expect(tls('postgresql://a@db.lab.org/team?sslmode=disable')).toBe(false);
    expect(tls('postgresql://a@localhost/team')).toBe(false);
    expect(tls('postgresql://a@localhost.evil.org/team')).toMatchObject({ rejectUnauthorized: true });
    expect(tls('postgresql://a@127.0.0.1.evil.org/team')).toMatchObject({ rejectUnauthorized: true });
    expect(tls('postgresql://a@localhost/team?host=db.lab.org')).toMatchObject({ rejectUnauthorized: true });
  });

  it('is shown without user and password', () => {
    const address = parseAddress('postgresql://ada:p%40ss@db.lab.org:6000/team');
    expect(address).toMatchObject({ user: 'ada', password: 'p@ss', port: 6000 });
    expect(shownAddress(address)).toBe('team at db.lab.org:6000');
  });

  it.each([
    'nonsense',
    'http://a@b/c',
    'postgresql://a:s3cret@h/d?sslmode=maybe',
    'postgresql://a:s3cret@h/d?x=1',
    'postgresql://a:s3cret%zz@h/d',
  ])('is refused in a sentence without the password: %s', (text) => {
    expect(() => parseAddress(text)).toThrow(/^(?!.*s3cret).*\.$/s);
  });
});
