import {
  axes,
  colourOf,
  horizontalTicks,
  label,
  line,
  moved,
  placeIn,
  picture,
  verticalTicks,
  type Area,
  type Point,
} from '../charts/svg';
import { meanOf, type CurvePoint, type LearningCurve } from './curve';
import { largest, smallest } from '../../recordings/extremes';

const width = 720;
const height = 260;
const margin = { left: 56, right: 16, top: 28, bottom: 36 };

interface Line {
  readonly colour: string;
  readonly name: string;
  /** Steps and values. */
  readonly points: readonly Point[];
}

/** The learning curve as SVG: the loss, and under it the validation figures if there are any. */
export function curveSvg({ points, validations }: LearningCurve, steps: number): string {
  const names = [...new Set(validations.flatMap(({ figures }) => Object.keys(figures)))];
  const raw: Line = { colour: '#b6c2cf', name: 'loss', points: points.map(({ step, loss }) => [step, loss]) };
  const smooth: Line = { colour: colourOf(0), name: 'smoothed', points: smoothed(points) };
  const panels = [panel('Loss', [raw, smooth], steps)];
  if (names.length > 0) {
    const lines = names.map((name, i) => ({ colour: colourOf(i), name, points: figuresOf(name) }));
    panels.push(panel('Validation', lines, steps));
  }
  const placed = panels.map((content, i) => moved(0, i * height, content));
  return picture(width, height * panels.length, placed);

  function figuresOf(name: string): Point[] {
    return validations.flatMap(({ step, figures }) => (figures[name] === undefined ? [] : [[step, figures[name]]]));
  }
}

/** Data sets differ in how hard they are, so that only means over many batches show where the loss goes. */
function smoothed(points: readonly CurvePoint[]): readonly Point[] {
  const together = Math.max(Math.round(points.length / 15), 1);
  return points.map(({ step }, i) => [
    step,
    meanOf(points.slice(Math.max(i + 1 - together, 0), i + 1).map((p) => p.loss)),
  ]);
}

function panel(title: string, lines: readonly Line[], steps: number): readonly string[] {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const low = values.length === 0 ? 0 : smallest(values);
  const high = largest(values, low + 1e-6);
  const area: Area = {
    left: margin.left,
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
    x: [0, steps],
    y: [low, high],
  };
  const place = placeIn(area);
  return [
    label(margin.left, 18, title, { bold: true }),
    axes(area),
    verticalTicks(area, [low, (low + high) / 2, high], (value) => value.toPrecision(3)),
    horizontalTicks(area, [0, steps / 2, steps], (step) => String(Math.round(step))),
    ...lines.map(({ colour, points }) => line(points.map(place), colour)),
    ...lines.map(({ colour, name }, i) => label(margin.left + 90 + 130 * i, 18, name, { colour })),
  ];
}
