import { t } from '../../l10n/messages';
import type { Diagnostics } from '../../protocol/engine';
import { plain } from '../text';
import type { TreeNode } from './indexNodes';

/** The encoder that embeds the recordings of this window. */
export function encoderNodes({ encoder }: Pick<Diagnostics, 'encoder'>): readonly TreeNode[] {
  const { name, training, sha256 } = encoder;
  return [
    {
      id: sha256,
      label: plain(name),
      description: t('in use'),
      tooltip: `${plain(training, 1000)}\nSHA-256 ${plain(sha256)}`,
      icon: 'circuit-board',
      context: 'encoder',
    },
  ];
}
