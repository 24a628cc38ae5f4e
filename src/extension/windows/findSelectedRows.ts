import { basename } from 'node:path';
import { window, type TextDocument, type TextEditor } from 'vscode';
import { t } from '../../l10n/messages';
import { plain } from '../editor/text';
import { KindredError } from '../failure';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { spanOfLines } from './rowsOfLines';
import type { WindowsPanel } from './windowsPanel';
import { windowsAtOnce } from './windowsSession';

/** The command **Find Parts Similar to Selected Rows**, of the text of a table. @throws KindredError */
export async function findSelectedRows(workspace: IndexedWorkspace, panel: WindowsPanel): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) throw new KindredError(t('Open a table as text and select some of its rows first.'));
  const { document } = editor;
  if (document.uri.scheme !== 'file') throw new KindredError(t('Kindred can only read files on a disk.'));
  if (document.isDirty) throw new KindredError(t('Save the file first: Kindred searches for what is on the disk.'));
  const path = document.uri.fsPath;
  const engine = workspace.engine();
  const { decisions } = await engine.ask('readingRules', { path });
  const description = await engine.ask('describeReading', { path, decisions });
  const span = spanOfLines(description, linesOf(document), selectedLines(editor));
  if (span === null) {
    const text = t(
      'The rows of {0} that are selected are not time steps of one recording. Open it as a recording, and select a part of its plot.',
      plain(basename(path)),
    );
    throw new KindredError(text);
  }
  await panel.show({ query: { path, number: 0 }, span, among: { kind: 'layout' }, each: 'best', limit: windowsAtOnce });
}

function linesOf(document: TextDocument): readonly string[] {
  return Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line).text);
}

/** A selection that ends at the start of a line does not hold that line. */
function selectedLines({ selection: { start, end } }: TextEditor): { readonly first: number; readonly last: number } {
  const isBefore = end.character === 0 && end.line > start.line;
  return { first: start.line, last: isBefore ? end.line - 1 : end.line };
}
