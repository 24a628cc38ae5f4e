import type { FromWebview } from '../../../src/protocol/panel';
import { formatNumber } from '../format';
import { t } from '../l10n';
import { pngOf, svgOf } from './drawing';
import { fileNameOf } from './laneSet';
import type { PlotGroup } from './plotGroup';

/** Hands a drawing to the host, which asks where to save it. */
export function savePlot(post: (message: FromWebview) => void, format: 'svg' | 'png', group: PlotGroup): void {
  const names = group.recordings.map(({ summary }) => fileNameOf(summary));
  const { start, end } = group.window;
  const unit = group.timed ? 's' : t('steps');
  const caption = { title: names.join(' · '), subtitle: `${formatNumber(start, 6)} – ${formatNumber(end, 6)} ${unit}` };
  const data = format === 'svg' ? svgOf(group, caption) : pngOf(group, caption);
  const stem = names.map((name) => name.replace(/\.[^.]*$/, '')).join('-');
  post({ type: 'savePlot', format, name: stem.slice(0, 180), data });
}
