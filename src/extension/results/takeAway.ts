import { basename, dirname, join } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import type { AskEngine, ExportContent, ExportFormat } from '../../protocol/engine';
import type { FromPage } from '../../protocol/panel';
import { KindredError } from '../failure';
import { t } from '../../l10n/messages';
import type { ListedView } from './history';

/** How many matches are written at most. */
const mostMatches = 1_000_000;

const fileTypes = { csv: 'CSV', json: 'JSON', npz: 'NumPy', svg: 'SVG', png: 'PNG' } as const;

/** Asks where to, and has the engine write a table about `view` there. @throws KindredError */
export async function exportTable(
  { what, format }: FromPage<'export'>,
  view: ListedView,
  ask: AskEngine,
): Promise<void> {
  const stem = basename(view.query.path).replace(/\.[^.]*$/, '');
  const names = { search: `${stem}-matches`, pairs: 'pairs', embeddings: 'embeddings' } as const;
  const target = await targetFor(names[what], format, dirname(view.query.path));
  if (target === undefined) return;
  if (target.scheme !== 'file') throw new KindredError(t('Tables can be saved on a disk only. Choose another folder.'));
  await ask('export', { content: contentOf(what, view), format, path: target.fsPath });
  tell(target);
}

function contentOf(
  what: FromPage<'export'>['what'],
  { query, set, scope, weights, arrangement, ranking }: ListedView,
): ExportContent {
  const layoutOf = scope === 'layout' ? query : null;
  switch (what) {
    case 'search': {
      const asked = { query, ...(set === undefined ? {} : { set }), scope, weights };
      return { kind: 'search', ...asked, arrangement, ranking, limit: mostMatches };
    }
    case 'pairs':
      return { kind: 'pairs', scope, layoutOf, weights };
    case 'embeddings':
      return { kind: 'embeddings', layoutOf };
  }
}

/** Asks where to, and writes a drawing of a page there. @param recording the path of what is drawn */
export async function savePlot({ format, name, data }: FromPage<'savePlot'>, recording: string): Promise<void> {
  const stem = name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^\.+/, '') || 'plot';
  const target = await targetFor(stem, format, dirname(recording));
  if (target === undefined) return;
  await workspace.fs.writeFile(target, Buffer.from(data, format === 'svg' ? 'utf8' : 'base64'));
  tell(target);
}

async function targetFor(stem: string, format: ExportFormat | 'svg' | 'png', folder: string): Promise<Uri | undefined> {
  return window.showSaveDialog({
    defaultUri: Uri.file(join(folder, `${stem}.${format}`)),
    filters: { [fileTypes[format]]: [format] },
  });
}

function tell(target: Uri): void {
  window.setStatusBarMessage(t('Saved {0}', basename(target.path)), 5000);
}
