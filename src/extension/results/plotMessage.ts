import type { SequenceRef } from '../../protocol/engine';
import type { ToWebview } from '../../protocol/panel';
import { detailsOf, messageOf } from '../failure';
import { clip, clipNullable } from './fitting';
import type { PanelPort } from './panelPort';

/** Channels drawn of one sequence. */
const plottedChannels = 6;

/** The plot of a sequence for the webview, or why there is none. */
export async function plotMessage(
  port: Pick<PanelPort, 'plot' | 'log'>,
  ref: SequenceRef,
  columns: number,
): Promise<ToWebview> {
  try {
    const plot = await port.plot({ ref, columns, channels: plottedChannels });
    const channels = plot.channels.map((channel) => ({
      name: clipNullable(channel.name),
      unit: clipNullable(channel.unit),
      minimum: [...channel.minimum],
      maximum: [...channel.maximum],
    }));
    return { type: 'plot', plot: { ...plot, channels } };
  } catch (error) {
    port.log(detailsOf(error));
    return { type: 'plotFailed', ref, message: clip(messageOf(error)) };
  }
}
