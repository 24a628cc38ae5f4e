import type { EncoderItem } from './encoderItems';
import { plain } from '../editor/text';
import type { TreeNode } from '../index/indexNodes';

/** The encoders of the workspace as lines that rank by them. */
export function encoderNodes(encoders: readonly EncoderItem[]): readonly TreeNode[] {
  return encoders.map(({ name, isActive, description, detail, entry: { folder, sha256, problem } }): TreeNode => ({
    id: folder,
    label: name,
    description: [description, detail].filter(Boolean).join(' · '),
    tooltip: [name, detail, sha256 === '' ? '' : `SHA-256 ${plain(sha256)}`].filter(Boolean).join('\n'),
    icon: problem === null ? (isActive ? 'check' : 'circuit-board') : 'warning',
    context: 'encoder',
    command: { id: 'kindred.useEncoder', argument: folder },
  }));
}
