import { describe, expect, it } from 'vitest';
import {
  defaultReadOptions,
  UnreadableError,
  type Reader,
  type ReadOptions,
} from '../../../../../src/core/recordings/reader';
import { arffReader } from '../../../../../src/core/recordings/formats/arff/arff';
import { delimitedReader } from '../../../../../src/core/recordings/formats/delimited/delimited';
import { tsReader } from '../../../../../src/core/recordings/formats/ts/ts';
import { ucrReader } from '../../../../../src/core/recordings/formats/ucr/ucr';
import { memorySource, readText } from './sources';

async function reasonOf(reader: Reader, content: string | Buffer, options: Partial<ReadOptions> = {}): Promise<string> {
  const error = await readText(reader, `x${reader.extensions[0]!}`, content, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UnreadableError);
  const { message } = error as UnreadableError;
  expect(message).not.toMatch(/\.$/);
  return message;
}

const many = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

describe('delimited text that cannot be used', () => {
  it.each([
    ['', 'it is empty'],
    ['\n\n', 'it holds no rows of numbers'],
    ['# only a comment\n', 'it holds no rows of numbers'],
    ['a,b\n', 'it has a header but no rows'],
    ['one\ntwo\nthree', 'it holds one column of text'],
    ['path,label\na.wav,x\nb.wav,y', 'it has no numeric column'],
    ['Once upon a time there was.\nA line, and another\none; of 3 words or so\n\nthe end', 'it has no numeric column'],
    [many(20, (i) => `${i},`.repeat((i % 7) + 1)), 'it is not a table: '],
    ['time_s,name\n0.1,a\n0.2,b\n0.3,c\n0.4,d', 'it has no numeric column beside its clock'],
    ['a,b\nNaN,\n,NA\n', 'all its values are missing'],
  ])('%j', async (text, reason) => {
    expect(await reasonOf(delimitedReader, text)).toContain(reason);
  });

  it('refuses binary data called .csv', async () => {
    expect(await reasonOf(delimitedReader, Buffer.from([80, 75, 3, 4, 0, 0, 0, 1]))).toBe(
      'it holds binary data, not text',
    );
  });

  it('refuses more bytes than allowed before it reads them', async () => {
    const source = { ...memorySource('x.csv', '1,2\n3,4\n'), size: 2 ** 31 };
    const read = delimitedReader.read(source, defaultReadOptions);
    await expect(read).rejects.toThrow('it has 2.05e+3 MiB, more than');
  });

  it('stops at the number of samples allowed', async () => {
    const rows = many(1000, (i) => `${(i * i) % 7},${i % 3}`);
    expect(await reasonOf(delimitedReader, rows, { maximumSamples: 500 })).toBe(
      'it has more than the 500 samples allowed, in 2 columns: keep fewer by a rule for its channels ' +
        '(How Is This File Read?), or divide it',
    );
  });

  it('refuses a clock whose gaps would take too many time steps to fill', async () => {
    let time = 0;
    const rows = many(200, (i) => `${(time += i % 5 < 2 ? 900 : 1)},${i % 7}`);
    const reason = await reasonOf(delimitedReader, `time_s,x\n${rows}`, { maximumSamples: 10_000 });
    expect(reason).toMatch(/^its clock has such gaps that filling them at its median step takes 7\d,\d{3} time steps/);
  });

  it('gives up a long text without numbers after its first part', async () => {
    const source = memorySource(
      'x.txt',
      many(400_000, () => 'some words'),
      2 ** 16,
    );
    let pieces = 0;
    const counted = {
      ...source,
      async *pieces() {
        for await (const piece of source.pieces()) {
          pieces++;
          yield piece;
        }
      },
    };
    await expect(delimitedReader.read(counted, defaultReadOptions)).rejects.toThrow('it has no numeric column');
    expect(pieces).toBeLessThan(4);
  });

  it.each([delimitedReader, ucrReader, tsReader, arffReader])(
    '$format: stops with the reason of an abort',
    async (reader) => {
      const reason = new Error('closed');
      const source = memorySource(
        `x${reader.extensions[0]!}`,
        many(100, (i) => `${i}\t${i}`),
      );
      const read = reader.read(source, { ...defaultReadOptions, signal: AbortSignal.abort(reason) });
      await expect(read).rejects.toBe(reason);
    },
  );
});

describe('archives that cannot be used', () => {
  const ts = '@problemName P\n@dimensions 2\n@classLabel true a b\n@data\n';
  const arff = `@relation r\n${many(9, (i) => `@attribute a${i} numeric`)}\n@attribute c {x,y}\n@data\n`;

  it.each<[Reader, string, string]>([
    [tsReader, '', 'it is empty'],
    [tsReader, '@problemName P\n', 'it has no @data line'],
    [tsReader, ts, 'no cases follow its @data line'],
    [tsReader, `${ts}1,2:3,4:a\n1,2:b`, 'case 2 has 1 dimensions, but its header promises 2'],
    [
      tsReader,
      `${ts}1,2:3,4:a\n1,2:3,4:bb`,
      'case 2 has the label "bb", which its header does not list: is it cut off?',
    ],
    [tsReader, `${ts}1,2:3,oops:a`, 'case 1 holds "oops" where a number should be'],
    [tsReader, ts.replace(' 2', ' 2^40'), 'its header says @dimensions "2^40"'],
    [tsReader, '@problemName P\nhello\n', 'its header holds the line "hello"'],
    [
      tsReader,
      '@timeStamps true\n@classLabel true a\n@data\n(0,1),(1,2):(0,1),(2,2):a',
      'the dimensions of case 1 have time stamps of their own',
    ],
    [
      tsReader,
      '@timeStamps true\n@classLabel false\n@data\n1,2,3',
      'case 1 holds "1,2,3" where (time, value) pairs should be',
    ],
    [arffReader, 'hello', 'its header holds the line "hello"'],
    [arffReader, '@relation r\n', 'it has no @data line'],
    [arffReader, arff, 'no rows follow its @data line'],
    [arffReader, `${arff}1,2,x`, 'row 1 has 3 values, but its header promises 10'],
    [arffReader, `${arff}{0 1, 3 4}`, 'its rows are sparse'],
    [arffReader, `${arff}1,2,3,4,z,6,7,8,9,x`, 'row 1 holds "z" where a number should be'],
    [
      arffReader,
      '@relation iris\n@attribute a real\n@attribute c {x}\n@data\n1,x',
      'its rows are no series: they have 1 numeric',
    ],
    [
      arffReader,
      "@relation r\n@attribute b relational\n@end b\n@attribute c {x}\n@data\n'1,2\\n3',x",
      'dimensions of row 1 differ',
    ],
    [
      arffReader,
      "@relation r\n@attribute b relational\n@end b\n@attribute c {x}\n@data\n'1,2\\n3,4",
      'never closed: is it cut off?',
    ],
    [ucrReader, '1\t2\t3\n1\tx\t3', 'series 2 holds "x" where a number should be'],
    [ucrReader, '\n', 'it holds no series'],
  ])('%o: %j', async (reader, text, reason) => {
    expect(await reasonOf(reader, text)).toContain(reason);
  });

  it.each<[Reader, string]>([
    [tsReader, `${ts}${many(50, () => '1,2,3:4,5,6:a')}`],
    [arffReader, arff + many(50, () => '1,2,3,4,5,6,7,8,9,x')],
    [ucrReader, many(50, () => '1\t2\t3\t4\t5')],
  ])('%o stops at the number of samples allowed', async (reader, text) => {
    expect(await reasonOf(reader, text, { maximumSamples: 100 })).toBe('it has more than the 100 samples allowed');
  });
});
