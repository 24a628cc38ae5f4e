import { axisHeight } from './scales';

/** The room that a lane takes above and below its curves: its name and the gap to the next one, or none of these. */
const around = { usual: 30, compact: 7 } as const;

/** Lanes that share a room are at least as high. */
const leastHeight = 24;

/** Lanes that share a room with their names above them. */
const fewSharing = 2;

/** How high lanes are, in pixels. */
export interface LaneHeights {
  /** How many have a place. */
  readonly lanes: number;
  /** Of the curves of one. */
  readonly height: number;
  /** Whether there are so many that names stand in them, and not above. */
  readonly compact: boolean;
  /** Of all together. */
  readonly total: number;
}

/**
 * The heights of so many lanes from the top down.
 * @param many whether a lane holds many curves
 * @param room in pixels that they share, in which not all may have a place; `null` where they take what they need
 */
export function laneHeights(count: number, many: boolean, room: number | null): LaneHeights {
  if (room !== null) return shared(count, room);
  const compact = count > 8;
  const height = many ? unitHeight(count) : laneHeight(count);
  return { lanes: count, height, compact, total: count * (height + spaceAround(compact)) + axisHeight };
}

function shared(count: number, room: number): LaneHeights {
  const compact = count > fewSharing;
  const free = Math.max(0, room - axisHeight);
  const lanes = Math.min(count, Math.max(1, Math.floor(free / (leastHeight + spaceAround(compact)))));
  const height = Math.max(leastHeight, Math.floor(free / Math.max(1, lanes)) - spaceAround(compact));
  return { lanes, height, compact, total: room };
}

function spaceAround(compact: boolean): number {
  return compact ? around.compact : around.usual;
}

/** Of lanes that hold many curves. */
function unitHeight(lanes: number): number {
  return lanes === 1 ? 260 : lanes === 2 ? 170 : 120;
}

function laneHeight(lanes: number): number {
  if (lanes > 8) return lanes > 24 ? 26 : 36;
  return lanes === 1 ? 110 : lanes === 2 ? 76 : lanes <= 4 ? 56 : 48;
}
