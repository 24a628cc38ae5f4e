import { meanOf, type CurvePoint, type LearningCurve } from './curve';

const width = 720;
const height = 260;
const margin = { left: 56, right: 16, top: 28, bottom: 36 };
const colours = ['#1f6feb', '#d1570a', '#1a7f37', '#8250df', '#bf3989', '#57606a'];

interface Line {
  readonly colour: string;
  readonly name: string;
  readonly points: readonly (readonly [step: number, value: number])[];
}

/** The learning curve as SVG: the loss, and under it the validation figures if there are any. */
export function curveSvg({ points, validations }: LearningCurve, steps: number): string {
  const names = [...new Set(validations.flatMap(({ figures }) => Object.keys(figures)))];
  const raw: Line = { colour: '#b6c2cf', name: 'loss', points: points.map(({ step, loss }) => [step, loss]) };
  const panels = [panel('Loss', [raw, { colour: '#1f6feb', name: 'smoothed', points: smoothed(points) }], steps)];
  if (names.length > 0)
    panels.push(
      panel(
        'Validation',
        names.map((name, i) => ({ colour: colours[i % colours.length]!, name, points: figuresOf(name) })),
        steps,
      ),
    );
  const placed = panels.map((content, i) => `<g transform="translate(0 ${i * height})">${content}</g>`);
  const size = `width="${width}" height="${height * panels.length}" viewBox="0 0 ${width} ${height * panels.length}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${placed.join('')}</svg>\n`;

  function figuresOf(name: string): [number, number][] {
    return validations.flatMap(({ step, figures }) => (figures[name] === undefined ? [] : [[step, figures[name]]]));
  }
}

/** Data sets differ in how hard they are, so that only means over many batches show where the loss goes. */
function smoothed(points: readonly CurvePoint[]): Line['points'] {
  const together = Math.max(Math.round(points.length / 15), 1);
  return points.map(({ step }, i) => [
    step,
    meanOf(points.slice(Math.max(i + 1 - together, 0), i + 1).map((p) => p.loss)),
  ]);
}

function panel(title: string, lines: readonly Line[], steps: number): string {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const low = Math.min(...values, Infinity === Math.min(...values) ? 0 : Infinity);
  const high = Math.max(...values, low + 1e-6);
  const x = (step: number) => margin.left + (step / steps) * (width - margin.left - margin.right);
  const y = (value: number) =>
    height - margin.bottom - ((value - low) / (high - low)) * (height - margin.top - margin.bottom);
  const drawn = lines.map(({ colour, name, points }, i) => {
    const path = points.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    const label = `<text x="${margin.left + 90 + 130 * i}" y="18" fill="${colour}">${escaped(name)}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>${label}`;
  });
  const axis = `<path d="M${margin.left} ${margin.top}V${height - margin.bottom}H${width - margin.right}" fill="none" stroke="#57606a"/>`;
  const ticks = [low, (low + high) / 2, high].map(
    (value) =>
      `<text x="${margin.left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value.toPrecision(3)}</text>`,
  );
  const stepTicks = [0, steps / 2, steps].map(
    (step) => `<text x="${x(step).toFixed(1)}" y="${height - 14}" text-anchor="middle">${Math.round(step)}</text>`,
  );
  const heading = `<text x="${margin.left}" y="18" font-weight="bold">${title}</text>`;
  return [heading, axis, ...ticks, ...stepTicks, ...drawn].join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
