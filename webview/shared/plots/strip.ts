import type { PlotTheme } from './theme';
import type { TimeWindow } from './viewport';

/** The costs of one recording's time steps, in columns on the time axis. */
export interface StripPaint {
  /** What the columns cover. */
  readonly window: TimeWindow;
  /** Cost of each column per compared time step, 1 being the mean over both recordings; `null` where nothing was compared. */
  readonly intensity: readonly (number | null)[];
  readonly label: string;
}

/** As multiples of the mean cost: up to the first nothing is drawn, from the second on the full colour. */
const noColour = 0.4;
const fullColour = 2.5;

/** The share of the full colour for an intensity: 0 where recordings agree more than on average. */
export function shadeOf(intensity: number): number {
  return Math.min(1, Math.max(0, intensity - noColour) / (fullColour - noColour));
}

/** Paints a strip over the same stretch of time, and at the same place, as the curves above it. */
export function paintStrip(
  canvas: HTMLCanvasElement,
  { window: covered, intensity, label }: StripPaint,
  shown: TimeWindow,
  theme: PlotTheme,
  width: number,
): void {
  const ratio = devicePixelRatio;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  canvas.title = label;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.round(canvas.clientHeight * ratio) || 9;
  canvas.style.width = `${width}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const perUnit = canvas.width / (shown.end - shown.start);
  const columnWidth = ((covered.end - covered.start) / intensity.length) * perUnit;
  const left = (covered.start - shown.start) * perUnit;
  const right = left + columnWidth * intensity.length;
  context.fillStyle = theme.grid;
  context.fillRect(left, 0, right - left, canvas.height);
  context.fillStyle = theme.differ;
  intensity.forEach((value, i) => {
    const x = left + i * columnWidth;
    if (value === null || x + columnWidth < 0 || x > canvas.width) return;
    context.globalAlpha = shadeOf(value);
    // A little wider, so that no seam is left between neighbours.
    context.fillRect(x, 0, columnWidth + 0.6, canvas.height);
  });
  context.globalAlpha = 1;
  hatch(context, intensity, left, columnWidth, theme);
}

/** Thin lines where nothing was compared. */
function hatch(
  context: CanvasRenderingContext2D,
  intensity: readonly (number | null)[],
  left: number,
  columnWidth: number,
  theme: PlotTheme,
): void {
  const { height } = context.canvas;
  context.save();
  context.beginPath();
  intensity.forEach((value, i) => {
    if (value === null) context.rect(left + i * columnWidth, 0, columnWidth, height);
  });
  context.clip();
  context.strokeStyle = theme.dim;
  context.lineWidth = 1;
  context.beginPath();
  for (let x = -height; x < context.canvas.width; x += 6) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  if (intensity.includes(null)) context.stroke();
  context.restore();
}
