/** The colours of the editor's theme as a canvas takes them: resolved, since a canvas knows no custom properties. */
export interface PlotTheme {
  readonly text: string;
  readonly dim: string;
  readonly grid: string;
  readonly surface: string;
  readonly query: string;
  /** One for each match that is compared, as many as can be. */
  readonly matches: readonly string[];
  /** Where recordings differ. */
  readonly differ: string;
  readonly font: string;
}

/** Matches that are compared with a query at most. */
export const mostCompared = 8;

export function readTheme(): PlotTheme {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    text: colour('--vscode-foreground'),
    dim: colour('--dim'),
    grid: colour('--plot-grid'),
    surface: colour('--vscode-editor-background'),
    query: colour('--query-curve'),
    matches: Array.from({ length: mostCompared }, (_, i) => colour(`--match-curve-${i + 1}`)),
    differ: colour('--differ'),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return theme;
}

const listeners = new Set<() => void>();

/** Calls `changed` when the editor has taken another theme, until the function that is returned is called. */
export function onThemeChange(changed: () => void): () => void {
  if (listeners.size === 0) observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  listeners.add(changed);
  return () => {
    listeners.delete(changed);
    if (listeners.size === 0) observer.disconnect();
  };
}

const observer = new MutationObserver(() => {
  for (const listener of listeners) listener();
});
