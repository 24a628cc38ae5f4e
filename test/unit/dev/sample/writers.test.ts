import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { npyFile } from '../../../../src/dev/sample/writers/npy';
import { csvFile, tsFile, ucrFile } from '../../../../src/dev/sample/writers/text';
import { wavFile } from '../../../../src/dev/sample/writers/wav';
import { wfdbRecord } from '../../../../src/dev/sample/writers/wfdb';

const seeded = { seed: 20_030, numRuns: 60 };

describe('npy', () => {
  it('has an aligned header that ends in a line feed, and the values time step by time step', () => {
    const bytes = npyFile([Float32Array.of(1, 2, 3), Float32Array.of(-1, -2, -3)]);
    const start = 10 + bytes.readUInt16LE(8);
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
    expect(start % 64).toBe(0);
    const header = bytes.subarray(10, start).toString('latin1');
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 2\), \} *\n$/);
    expect(Array.from({ length: 6 }, (_, i) => bytes.readFloatLE(start + 4 * i))).toEqual([1, -1, 2, -2, 3, -3]);
    expect(bytes.length).toBe(start + 24);
  });

  it('writes one channel as a vector', () => {
    expect(npyFile([new Float32Array(5)]).toString('latin1')).toContain("'shape': (5,)");
  });
});

describe('wav', () => {
  it('is what a 16-bit PCM file should be, clipped at full scale', () => {
    const bytes = wavFile(Float32Array.of(0, 0.5, -1, 3), 8000);
    expect(bytes.length).toBe(44 + 8);
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    const [format, channels, block, bits] = [20, 22, 32, 34].map((at) => bytes.readUInt16LE(at));
    expect({ format, channels, block, bits }).toEqual({ format: 1, channels: 1, block: 2, bits: 16 });
    expect([bytes.readUInt32LE(24), bytes.readUInt32LE(28)]).toEqual([8000, 16_000]);
    expect(bytes.toString('latin1', 36, 40)).toBe('data');
    expect(bytes.readUInt32LE(40)).toBe(8);
    expect([0, 1, 2, 3].map((i) => bytes.readInt16LE(44 + 2 * i))).toEqual([0, 16_384, -32_767, 32_767]);
  });
});

/** Decodes format 212: the middle of three bytes holds the top bits of the first sample below those of the second. */
function unpack(data: Buffer, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    const at = 3 * (i >> 1);
    const middle = data[at + 1]!;
    const bits = i % 2 === 0 ? (middle % 16) * 256 + data[at]! : Math.floor(middle / 16) * 256 + data[at + 2]!;
    return bits >= 2048 ? bits - 4096 : bits;
  });
}

describe('wfdb', () => {
  it('packs every 12-bit sample so that it can be unpacked', () => {
    const sample = fc.integer({ min: -2047, max: 2047 });
    const record = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.array(fc.tuple(sample, sample, sample), { minLength: 1 }),
    );
    fc.assert(
      fc.property(record, ([count, steps]) => {
        const signals = Array.from({ length: count }, (_, s) => {
          return { name: `s${s}`, values: Float32Array.from(steps, (step) => step[s]!), unit: 'mV', gain: 1 };
        });
        const { data } = wfdbRecord('r', 250, signals);
        expect(data.length).toBe(3 * Math.ceil((count * steps.length) / 2));
        expect(unpack(data, count * steps.length)).toEqual(steps.flatMap((step) => step.slice(0, count)));
      }),
      seeded,
    );
  });

  it('describes the signals, with first values and checksums, and clips what the converter cannot hold', () => {
    const { header, data } = wfdbRecord('a_1', 250, [
      { name: 'II', values: Float32Array.of(0.5, -1, 100), unit: 'mV', gain: 200 },
      { name: 'V1', values: new Float32Array(3).fill(-100), unit: 'mV', gain: 200 },
    ]);
    expect(header).toBe(
      'a_1 2 250 3\na_1.dat 212 200(0)/mV 12 0 100 1947 0 II\na_1.dat 212 200(0)/mV 12 0 -2047 -6141 0 V1\n',
    );
    expect(unpack(data, 6)).toEqual([100, -2047, -200, -2047, 2047, -2047]);
  });

  it('lets the checksum overflow as a signed 16-bit number', () => {
    const signal = { name: 'x', values: new Float32Array(20).fill(2047), unit: 'mV', gain: 1 };
    expect(wfdbRecord('r', 250, [signal]).header).toContain(` ${20 * 2047 - 65_536} 0 x`);
  });
});

describe('text files', () => {
  const series = ['b', 'a', 'b'].map((label, i) => ({ label, values: Float32Array.of(i, -0.25) }));

  it('writes a header and one row per time step as CSV', () => {
    const columns = ['t', 'ax'].map((name, i) => ({ name, values: Float32Array.of(0, 0.5), decimals: 2 - i }));
    expect(csvFile(columns).toString()).toBe('t,ax\n0.00,0.0\n0.50,0.5\n');
  });

  it('writes the class first in a UCR file', () => {
    expect(ucrFile(series).toString()).toBe('1\t0.0000\t-0.2500\n2\t1.0000\t-0.2500\n1\t2.0000\t-0.2500\n');
  });

  it('writes header and class labels in a ts file', () => {
    const [name, ...lines] = tsFile('Demo', series).toString().split('\n');
    expect(name).toBe('@problemName Demo');
    expect(lines).toContain('@seriesLength 2');
    expect(lines).toContain('@classLabel true b a');
    expect(lines.slice(lines.indexOf('@data') + 1)).toEqual(['0.000,-0.250:b', '1.000,-0.250:a', '2.000,-0.250:b', '']);
  });
});
