/** What the thread of a map is given. */
export interface MapTask {
  readonly count: number;
  readonly k: number;
  readonly ids: Uint32Array;
  readonly distances: Float64Array;
  /** Where the points are, or `null` for a new map. */
  readonly start: Float32Array | null;
  /** How many rounds were made before. */
  readonly round: number;
  readonly seed: number;
  /** One number: 1 while the thread has to wait. */
  readonly paused: Int32Array;
}

/** Where the points are after some rounds: in the square from -1 to 1. */
export interface MapPicture {
  readonly places: Float32Array;
  readonly done: number;
  readonly rounds: number;
}
