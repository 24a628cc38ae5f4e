import { UnreadableError } from './reader';
import { maximumChannels } from './formats/pcm/limits';

/** Counts samples and channels of a file while it is being read. */
export class SampleBudget {
  private samples = 0;
  private channels = 0;

  constructor(private readonly maximum: number) {}

  /** @throws UnreadableError when the file has more samples, or more channels over all sequences, than are allowed. */
  take(samples: number, channels: number): void {
    this.samples += samples;
    this.channels += channels;
    if (this.samples > this.maximum) throw tooMany('samples', this.maximum);
    if (this.channels > maximumChannels) throw tooMany('channels', maximumChannels);
  }
}

function tooMany(what: string, maximum: number): UnreadableError {
  return new UnreadableError(`it has more than the ${maximum.toLocaleString('en')} ${what} allowed`);
}
