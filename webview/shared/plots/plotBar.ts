import { iconButton } from '../controls';
import { element, setText } from '../dom';
import { t } from '../l10n';
import type { PlotCommand } from './viewport';

export interface PlotBar {
  readonly node: HTMLElement;
  /** Whether all of the axis is shown. */
  update(whole: boolean): void;
  /** Says where the pointer is. */
  say(position: string): void;
}

/**
 * What stands above a plot: the legend, the place under the pointer, and buttons to zoom and to save.
 * @param tool stands beside them
 */
export function plotBar(
  legend: HTMLElement,
  run: (command: PlotCommand) => void,
  save: (format: 'svg' | 'png') => void,
  tool: HTMLElement | null = null,
): PlotBar {
  const position = element('span', { class: 'plot-position' });
  const zoomIn = iconButton('zoomIn', t('Zoom in'), '+', () => {
    run({ kind: 'zoom', factor: 0.5 });
  });
  const zoomOut = iconButton('zoomOut', t('Zoom out'), '−', () => {
    run({ kind: 'zoom', factor: 2 });
  });
  const reset = iconButton('fit', t('Show all'), '0', () => {
    run({ kind: 'reset' });
  });
  const saveButton = (format: 'svg' | 'png', label: string): HTMLElement => {
    const button = element('button', { class: 'chip', type: 'button', title: label, 'aria-label': label });
    button.append(format.toUpperCase());
    button.addEventListener('click', () => {
      save(format);
    });
    return button;
  };
  const buttons = element(
    'div',
    { class: 'plot-buttons' },
    zoomIn,
    zoomOut,
    reset,
    saveButton('svg', t('Save the plot as SVG')),
    saveButton('png', t('Save the plot as PNG')),
    tool,
  );
  return {
    node: element('div', { class: 'plot-bar' }, legend, position, buttons),
    update: (whole) => {
      zoomOut.disabled = whole;
      reset.disabled = whole;
    },
    say: (text) => {
      setText(position, text);
    },
  };
}
