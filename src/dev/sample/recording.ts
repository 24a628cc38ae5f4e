import type { Random } from '../../core/distributions/random';

export interface GeneratedFile {
  /** Relative to the sample folder, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A recording that can be generated: what it is called, and how its bytes come about. */
export interface Recording {
  /** The file that a reader opens, relative to the sample folder, with forward slashes. */
  readonly path: string;
  /** `null` for an archive, whose sequences carry labels of their own. */
  readonly label: string | null;
  /** All files of the recording; `path` is one of them. */
  generate(random: Random): readonly GeneratedFile[];
}

/** A series of an archive. */
export interface LabelledSeries {
  readonly label: string;
  readonly values: Float32Array;
}
