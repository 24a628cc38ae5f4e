import { rampColour, mostColours, type Colouring, type Entry } from './colouring';

export type Rgb = readonly [number, number, number];

/** The colours of a map in the editor's theme. */
export interface MapTheme {
  /** One for each text that has its own. */
  readonly own: readonly Rgb[];
  /** For texts that share a colour, and for points without a text. */
  readonly dim: Rgb;
  readonly none: Rgb;
  readonly text: Rgb;
  readonly surface: Rgb;
  readonly focus: Rgb;
  readonly isDark: boolean;
  readonly font: string;
}

export function readMapTheme(): MapTheme {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (name: string): Rgb => {
    probe.style.color = `var(${name})`;
    return rgbOf(getComputedStyle(probe).color);
  };
  const surface = colour('--vscode-editor-background');
  const theme = {
    own: Array.from({ length: mostColours }, (_, i) => colour(`--point-${i + 1}`)),
    dim: colour('--point-dim'),
    none: colour('--point-none'),
    text: colour('--vscode-foreground'),
    surface,
    focus: colour('--vscode-focusBorder'),
    isDark: lightness(surface) < 128,
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return theme;
}

/** The colour of the points of an entry. */
export function colourOf({ value, colour }: Entry, kind: Colouring['kind'], theme: MapTheme): Rgb {
  if (colour === null) return value === null ? theme.none : theme.dim;
  if (kind === 'texts') return theme.own[colour] ?? theme.dim;
  const word = Number.parseInt(rampColour(colour, theme.isDark).slice(1), 16);
  return [word >> 16, (word >> 8) & 255, word & 255];
}

/** As CSS writes it. */
export function cssOf([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Computed colours are `rgb(...)` from 0 to 255, or where they are mixed `color(srgb ...)` from 0 to 1. */
export function rgbOf(css: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (css.replace('srgb', '').match(/[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  const most = css.startsWith('color(') ? 255 : 1;
  return [Math.round(red * most), Math.round(green * most), Math.round(blue * most)];
}

/** As the eye sees it (ITU-R BT.601). */
function lightness([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
