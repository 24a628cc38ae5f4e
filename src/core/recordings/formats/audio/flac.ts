import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import { SampleBudget } from '../../sampleBudget';
import type { Sequence } from '../../sequence';
import { checkFileSize, checkPromise } from '../pcm/limits';
import { nameOf } from '../pcm/sound';
import type { Frame } from './frame';
import { framesOf } from './frames';
import { readStreamInfo, type StreamInfo } from './streamInfo';
import { samplesFor } from '../../allocate';

/** Sound in FLAC files, scaled to [-1, 1) as that of WAVE files is. */
export const flacReader: Reader = {
  format: 'flac',
  version: 1,
  extensions: ['.flac'],
  claims: () => true,
  async read(source, options) {
    checkFileSize(source, options);
    const info = await readStreamInfo(source);
    if (info.steps > 0) checkPromise(info.steps * info.channels, info.channels, options);
    const sound = new Sound(info, options);
    for await (const frame of framesOf(source, info, options)) sound.add(frame);
    return [sound.sequence()];
  },
};

/** The samples of all channels, in as much memory as they need: what a header promises is not believed. */
class Sound {
  private channels: Float32Array[];
  private steps = 0;
  private readonly budget: SampleBudget;

  constructor(
    private readonly info: StreamInfo,
    { maximumSamples }: ReadOptions,
  ) {
    this.channels = Array.from({ length: info.channels }, () => new Float32Array(2 ** 16));
    this.budget = new SampleBudget(maximumSamples);
  }

  add({ channels, bits }: Frame): void {
    const size = channels[0]?.length ?? 0;
    this.budget.take(size * channels.length, 0);
    const needed = this.steps + size;
    const divisor = 2 ** (bits - 1);
    for (const [i, samples] of channels.entries()) {
      const values = this.withRoom(i, needed);
      for (let t = 0; t < size; t++) values[this.steps + t] = samples[t]! / divisor;
    }
    this.steps = needed;
  }

  private withRoom(channel: number, needed: number): Float32Array {
    let values = this.channels[channel] ?? new Float32Array(0);
    if (needed > values.length) {
      const larger = samplesFor(Math.max(needed, 2 * values.length));
      larger.set(values);
      this.channels[channel] = values = larger;
    }
    return values;
  }

  /** @throws UnreadableError when there are fewer samples than the file promises */
  sequence(): Sequence {
    const { steps, info } = this;
    if (steps === 0) throw new UnreadableError('it holds no samples');
    if (steps < info.steps)
      throw new UnreadableError(`it is truncated: only ${steps} of ${info.steps} samples are there`);
    const channels = this.channels.map((values, i) => ({
      ...{ name: nameOf(i, info.channels), unit: null },
      values: values.slice(0, steps),
    }));
    return { channels, rate: info.rate || null, label: null, name: null, notes: [] };
  }
}
