import { nextCount } from './thinning';

/** What is drawn in a frame: points and what is above them, or only that. */
export type Due = 'above' | 'points';

/** Milliseconds without a movement after which all points are drawn again. */
const rest = 140;

/**
 * When the next frame is drawn, and of how many points: of all, unless they move and drawing them takes so long that
 * frames come late.
 */
export class Frames {
  private due: Due | null = null;
  private count = Infinity;
  private last = 0;
  private timer = 0;

  /** @param draw draws a frame, with so many of the points */
  constructor(private readonly draw: (what: Due, count: number) => void) {}

  /** Has something drawn in the next frame. */
  ask(what: Due): void {
    if (this.due === null) requestAnimationFrame(this.run);
    if (this.due !== 'points') this.due = what;
  }

  /** Has points drawn that move. @param all how many there are */
  move(all: number): void {
    const isGoingOn = this.timer !== 0;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.ask('points');
    }, rest);
    if (!isGoingOn) this.last = 0;
    this.count = Math.min(this.count, all);
    this.all = all;
    this.ask('points');
  }

  private all = 0;

  private readonly run = (now: number): void => {
    const what = this.due ?? 'above';
    this.due = null;
    const isMoving = this.timer !== 0;
    if (isMoving && what === 'points') {
      // A pause of the hand between two movements is no late frame.
      const took = now - this.last;
      if (this.last > 0 && took < 2 * rest) this.count = nextCount(this.count, took, this.all);
      this.last = now;
    }
    this.draw(what, isMoving ? this.count : Infinity);
  };
}
