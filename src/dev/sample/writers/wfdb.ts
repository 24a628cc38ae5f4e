export interface WfdbSignal {
  readonly name: string;
  /** In `unit`. */
  readonly values: Float32Array;
  readonly unit: string;
  /** Steps of the converter per unit. */
  readonly gain: number;
}

export interface WfdbRecord {
  /** Text of the `.hea` file. */
  readonly header: string;
  /** Bytes of the `.dat` file. */
  readonly data: Buffer;
}

const lowest = -2047;
const highest = 2047;

/**
 * A WFDB record in format 212: two 12-bit samples in three bytes, signals interleaved. `record` names the files, `rate`
 * is in Hz. Format: https://physionet.org/physiotools/wag/header-5.htm and signal-5.htm. The value -2048 stands for a
 * missing sample, so values beyond the converter's range stop at -2047 and 2047.
 */
export function wfdbRecord(record: string, rate: number, signals: readonly WfdbSignal[]): WfdbRecord {
  const steps = signals[0]?.values.length ?? 0;
  const digital = signals.map(({ values, ...signal }) => ({
    ...signal,
    samples: Int16Array.from(values, (value) => Math.max(lowest, Math.min(highest, Math.round(value * signal.gain)))),
  }));
  const lines = digital.map(({ name, unit, gain, samples }) => {
    return `${record}.dat 212 ${gain}(0)/${unit} 12 0 ${samples[0] ?? 0} ${checksum(samples)} 0 ${name}`;
  });
  const interleaved = Int16Array.from(
    Array.from({ length: steps }, (_, t) => digital.map(({ samples }) => samples[t]!)).flat(),
  );
  return { header: [`${record} ${signals.length} ${rate} ${steps}`, ...lines, ''].join('\n'), data: pack(interleaved) };
}

/** The sum of the samples as a signed 16-bit number. */
function checksum(samples: Int16Array): number {
  return (samples.reduce((sum, sample) => sum + sample, 0) << 16) >> 16;
}

function pack(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(3 * Math.ceil(samples.length / 2));
  for (let i = 0; i < samples.length; i += 2) {
    const first = samples[i]! & 0xfff;
    const second = (samples[i + 1] ?? 0) & 0xfff;
    bytes.set([first & 0xff, (first >> 8) | ((second >> 8) << 4), second & 0xff], (3 * i) / 2);
  }
  return bytes;
}
