import type { FromWebview } from '../../protocol/panel';
import type { PanelPort } from './panelPort';

type PassedOn = Extract<FromWebview, { type: 'open' | 'openSeveral' | 'pin' | 'focused' | 'pick' | 'skipped' }>;

/** Has done what the page asks for and what does not change the panel itself. */
export async function passOn(message: PassedOn, port: PanelPort): Promise<void> {
  switch (message.type) {
    case 'open':
      await port.open(message.ref);
      return;
    case 'openSeveral':
      await port.openSeveral(message.refs);
      return;
    case 'pin':
      port.pin(message.pinned);
      return;
    case 'focused':
      port.focused(message.focused);
      return;
    case 'pick':
      await port.pick();
      return;
    case 'skipped':
      await port.showSkipped();
      return;
  }
}
