import type { Track, TrackForm } from '../encoder/tracks';
import type { Span } from '../encoder/windows';

/** How the distances of a stretch over its whole and over its parts become one. */
export interface Course {
  readonly parts: number;
  /** What the parts count for, beside the whole. */
  readonly share: number;
}

const middle = 128;

/** A track summed up over time, so that any stretch of any length costs the same few additions. */
export class TrackSums {
  /** [channels, cells + 1, groups]: the sums of all cells before, times their time steps. */
  private readonly sums: Float64Array;
  private readonly groups: number;
  private readonly cells: number;

  constructor(
    private readonly track: Track,
    private readonly form: TrackForm,
  ) {
    const { steps, cell, channels, bytes } = track;
    const groups = (this.groups = form.groups.length);
    const cells = (this.cells = Math.ceil(steps / cell));
    const perChannel = (cells + 1) * groups;
    this.sums = new Float64Array(channels * perChannel);
    for (let channel = 0; channel < channels; channel++) {
      for (let c = 0; c < cells; c++) {
        const width = Math.min(cell, steps - c * cell);
        const from = (channel * cells + c) * groups;
        const at = channel * perChannel + c * groups;
        for (let g = 0; g < groups; g++) {
          this.sums[at + groups + g] = this.sums[at + g]! + width * (bytes[from + g]! - middle);
        }
      }
    }
  }

  /**
   * Estimates of the distances of stretches to one with a profile (see `profileOf`): over the whole and over each part the
   * mean over channels and features of |difference of signed sums|, weighed as the encoder weighs them.
   *
   * @param spans within the track's time steps, which need not be whole
   */
  estimates(profile: Float32Array, { parts, share }: Course, spans: readonly Span[]): Float64Array {
    const { groups, track, form } = this;
    const rows = 1 + parts;
    const borders = Array.from({ length: Math.max(parts, 1) + 1 }, () => new Float64Array(groups));
    const unit = 1 / (track.channels * form.features);
    return Float64Array.from(spans, ({ start, end }) => {
      let whole = 0;
      let inParts = 0;
      for (let channel = 0; channel < track.channels; channel++) {
        borders.forEach((border, i) => {
          this.read(channel, start + ((end - start) * i) / (borders.length - 1), border);
        });
        const at = channel * rows * groups;
        whole += this.differences(borders[0], borders.at(-1), end - start, profile, at);
        for (let part = 0; part < parts; part++) {
          const own = profile.subarray(at + (part + 1) * groups, at + (part + 2) * groups);
          inParts += this.differences(borders[part], borders[part + 1], (end - start) / parts, own, 0);
        }
      }
      return unit * ((1 - share) * whole + (parts > 0 ? (share / parts) * inParts : 0));
    });
  }

  private differences(
    from: Float64Array | undefined,
    to: Float64Array | undefined,
    steps: number,
    profile: Float32Array,
    at: number,
  ): number {
    if (from === undefined || to === undefined) return 0;
    const unit = this.form.step / steps;
    let sum = 0;
    for (let g = 0; g < from.length; g++) sum += Math.abs(unit * (to[g]! - from[g]!) - profile[at + g]!);
    return sum;
  }

  /** The sums up to a time step, in proportion within a cell. */
  private read(channel: number, step: number, out: Float64Array): void {
    const { groups, cells, track } = this;
    const c = Math.min(Math.floor(step / track.cell), cells - 1);
    const width = Math.min(track.cell, track.steps - c * track.cell);
    const share = Math.min((step - c * track.cell) / width, 1);
    const at = (channel * (cells + 1) + c) * groups;
    for (let g = 0; g < groups; g++) {
      const below = this.sums[at + g]!;
      out[g] = below + share * (this.sums[at + groups + g]! - below);
    }
  }
}
