import {
  axes,
  colourOf,
  dot,
  horizontalTicks,
  label,
  line,
  picture,
  placeIn,
  verticalTicks,
  type Area,
} from '../../core/training/charts/svg';

/** Milliseconds of a search. */
export interface Cost {
  readonly recordings: number;
  readonly own: number;
  /** Of the peer, where it was measured. */
  readonly flat: number | null;
}

const area: Area = { left: 60, right: 470, top: 20, bottom: 260, x: [2.8, 5.2], y: [-2, 3.2] };

/** The cost of a search by the number of recordings, both axes logarithmic. */
export function searchingPlot(costs: readonly Cost[]): string {
  const own = costs.map(({ recordings, own: cost }) => [recordings, cost] as const);
  const flat = costs.flatMap(({ recordings, flat: cost }) => (cost === null ? [] : [[recordings, cost] as const]));
  return picture(640, 310, [
    axes(area),
    verticalTicks(area, [-2, -1, 0, 1, 2, 3], (value) => `${10 ** value} ms`),
    horizontalTicks(area, [3, 4, 5], (value) => (10 ** value).toLocaleString('en')),
    label((area.left + area.right) / 2, area.bottom + 38, 'recordings of one channel', { anchor: 'middle' }),
    ...curve(own, 0, 'Kindred, exact'),
    ...curve(flat, 1, 'FAISS IndexFlat'),
  ]);
}

function curve(points: readonly (readonly [number, number])[], index: number, name: string): readonly string[] {
  const place = placeIn(area);
  const places = points.map(([x, y]) => place([Math.log10(x), Math.log10(y)]));
  const last = places.at(-1);
  if (last === undefined) return [];
  const colour = colourOf(index);
  return [
    line(places, colour),
    ...places.map((point) => dot(point, colour)),
    label(last[0] + 10, last[1] + 4, name, { colour }),
  ];
}
