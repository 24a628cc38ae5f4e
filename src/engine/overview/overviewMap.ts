import { placeNew } from '../../core/ranking/map/placing';
import { roundsFor } from '../../core/ranking/map/rounds';
import { carried, type Known, type Placed } from './known';
import type { MapPicture } from './mapMessages';
import { MapRun, seed } from './mapRun';
import { Pace } from './pace';

/** When more than this share of the points came after the map had settled, it settles again. */
const mostFresh = 1 / 3;

export interface MapListener {
  /** Points have moved, or the map has settled. */
  readonly onPicture: () => void;
  readonly onError: (error: unknown) => void;
}

/** Where the points of an overview are: a map that settles, and takes in what comes later without moving the others. */
export class OverviewMap {
  readonly pace = new Pace();
  /** How often points have moved. */
  pictures = 0;
  private run: MapRun | null = null;
  private round = { done: 0, rounds: 0 };
  private settled = false;
  private paused = false;

  /**
   * @param placed from a map that had settled
   * @param before where keys lay on the map of another encoder, or `null` where there was none
   */
  constructor(
    private readonly listener: MapListener,
    private placed: Placed | null,
    private readonly before: (keys: readonly string[]) => Float32Array | null = () => null,
  ) {
    this.settled = placed !== null;
  }

  get isSettled(): boolean {
    return this.settled;
  }

  get progress(): { readonly done: number; readonly rounds: number } {
    return this.round;
  }

  /** The places of the points that were followed last, or `null` before the first picture. */
  get picture(): Placed | null {
    return this.placed;
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.run?.pause(paused);
    if (paused) this.pace.rest();
    else if (this.run !== null) this.pace.begin();
  }

  /** Gives the points of an overview places: what it has before it settles, if it has to. */
  async follow(known: Known): Promise<void> {
    const { keys } = known.graph;
    await this.end();
    if (keys.length === 0) {
      this.show({ keys, marks: known.marks, places: new Float32Array(), fresh: new Uint8Array() });
      this.settled = true;
      return;
    }
    if (this.placed === null || this.placed.keys.length === 0) {
      this.begin(known, this.startOf(known), 0);
      return;
    }
    const { places, fresh } = carried(keys, known.marks, this.placed);
    const unplaced = placeNew(known.graph, places, seed);
    this.show({ keys, marks: known.marks, places, fresh });
    const isOther = fresh.reduce((sum, each) => sum + each, 0) > mostFresh * keys.length;
    if (this.settled && !isOther) return;
    const begins = isOther || unplaced > mostFresh * keys.length;
    this.begin(known, places, begins ? 0 : Math.min(this.round.done, roundsFor(keys.length) - 1));
  }

  /** Ends the thread that settles the map, if one does. */
  async end(): Promise<void> {
    const { run } = this;
    this.run = null;
    await run?.end();
  }

  /** Where it begins to settle: where the points lay before, so that both maps can be compared; `null` where few did. */
  private startOf({ graph }: Known): Float32Array | null {
    const places = this.before(graph.keys);
    if (places === null) return null;
    let missing = 0;
    for (let at = 0; at < places.length; at += 2) missing += Number(Number.isNaN(places[at]!));
    if (missing > mostFresh * graph.keys.length) return null;
    placeNew(graph, places, seed);
    return places;
  }

  private begin(known: Known, start: Float32Array | null, round: number): void {
    this.settled = false;
    this.round = { done: round, rounds: roundsFor(known.graph.keys.length) };
    const onPicture = (picture: MapPicture) => {
      this.take(known, picture);
    };
    const onError = (error: unknown) => {
      this.settled = true;
      this.listener.onError(error);
    };
    this.run = new MapRun(known.graph, { start, round, paused: this.paused }, onPicture, onError);
    if (!this.paused) this.pace.begin();
  }

  private take({ graph, marks }: Known, { places, done, rounds }: MapPicture): void {
    if (!this.paused) this.pace.note(done - this.round.done);
    this.round = { done, rounds };
    this.settled = done === rounds;
    if (this.settled) this.pace.rest();
    this.show({ keys: graph.keys, marks, places, fresh: new Uint8Array(graph.keys.length) });
    this.listener.onPicture();
  }

  private show(placed: Placed): void {
    this.placed = placed;
    this.pictures++;
  }
}
