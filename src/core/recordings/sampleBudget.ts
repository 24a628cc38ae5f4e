import { UnreadableError } from './reader';
import { maximumChannels } from './formats/pcm/limits';

/** Counts samples and channels of a file while it is being read. */
export class SampleBudget {
  private samples = 0;
  private channels = 0;

  /** @param advice what a user can do about too many samples, behind the message */
  constructor(
    private readonly maximum: number,
    private readonly advice = '',
  ) {}

  /** @throws UnreadableError when the file has more samples, or more channels over all sequences, than are allowed. */
  take(samples: number, channels: number): void {
    this.samples += samples;
    this.channels += channels;
    if (this.samples > this.maximum) throw this.tooManySamples();
    if (this.channels > maximumChannels) throw tooMany('channels', maximumChannels);
  }

  /**
   * Looks ahead after a share of a file that is worth judging by.
   * @throws UnreadableError when the whole would have several times more samples than are allowed
   */
  foresee(share: number): void {
    if (this.samples * 16 > this.maximum && this.samples > this.maximum * surely * share) throw this.tooManySamples();
  }

  private tooManySamples(): UnreadableError {
    return tooMany('samples', this.maximum, this.advice);
  }
}

/** How many times too many samples are foreseen before a file is refused for them: its end may be of another kind. */
const surely = 4;

function tooMany(what: string, maximum: number, advice = ''): UnreadableError {
  return new UnreadableError(`it has more than the ${maximum.toLocaleString('en')} ${what} allowed${advice}`);
}
