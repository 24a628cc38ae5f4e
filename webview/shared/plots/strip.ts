import type { PlotTheme } from './theme';
import type { TimeWindow } from './viewport';

/** The costs of one recording's time steps, in columns on the time axis. */
export interface StripPaint {
  /** What the columns cover. */
  readonly window: TimeWindow;
  /** What the distance would be if all were as in the column; `null` where nothing was compared. */
  readonly distances: readonly (number | null)[];
  readonly scale: StripScale;
  readonly label: string;
}

/** Which distances the colours stand for: up to `none` there is no colour, from `full` on the full one. */
export interface StripScale {
  readonly none: number;
  readonly full: number;
}

/** The share of the full colour for a distance. */
export function shadeOf(distance: number, { none, full }: StripScale): number {
  return Math.min(1, Math.max(0, distance - none) / (full - none));
}

/** Paints a strip over the same stretch of time, and at the same place, as the curves above it. */
export function paintStrip(
  canvas: HTMLCanvasElement,
  { window: covered, distances, scale, label }: StripPaint,
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
  const columnWidth = ((covered.end - covered.start) / distances.length) * perUnit;
  const left = (covered.start - shown.start) * perUnit;
  const right = left + columnWidth * distances.length;
  context.fillStyle = theme.grid;
  context.fillRect(left, 0, right - left, canvas.height);
  context.fillStyle = theme.differ;
  distances.forEach((value, i) => {
    const x = left + i * columnWidth;
    if (value === null || x + columnWidth < 0 || x > canvas.width) return;
    context.globalAlpha = shadeOf(value, scale);
    // A little wider, so that no seam is left between neighbours.
    context.fillRect(x, 0, columnWidth + 0.6, canvas.height);
  });
  context.globalAlpha = 1;
  hatch(context, distances, left, columnWidth, theme);
}

/** Thin lines where nothing was compared. */
function hatch(
  context: CanvasRenderingContext2D,
  distances: readonly (number | null)[],
  left: number,
  columnWidth: number,
  theme: PlotTheme,
): void {
  const { height } = context.canvas;
  context.save();
  context.beginPath();
  distances.forEach((value, i) => {
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
  if (distances.includes(null)) context.stroke();
  context.restore();
}
