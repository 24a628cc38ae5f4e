import type { ExtensionContext } from 'vscode';
import type { CommandLine } from '../../api/python/cells';
import { defaultSettings } from '../../protocol/engine';
import { currentSettings } from './editorSettings';
import type { EncoderChoice } from './encoderChoice';

/**
 * The command line that the extension carries, so that whoever runs it gets what the editor shows: by the editor's own Node,
 * with the encoder, the settings and the index of this window.
 */
export function commandLineOf(context: ExtensionContext, encoder: EncoderChoice): CommandLine {
  const { threads, ...settings } = currentSettings().engine;
  const unusual = Object.entries(settings).filter(([name, value]) => {
    return JSON.stringify(value) !== JSON.stringify(defaultSettings[name as keyof typeof settings]);
  });
  const isOwn = encoder.folder !== encoder.bundled;
  return {
    command: [process.execPath, context.asAbsolutePath('dist/cli.cjs')],
    // On a desktop the program is Electron, which is Node only if it is told to be.
    environment: { ELECTRON_RUN_AS_NODE: '1' },
    options: [
      ...['--threads', String(threads)],
      ...(isOwn ? ['--encoder', encoder.folder] : []),
      ...(unusual.length > 0 ? ['--settings', JSON.stringify(Object.fromEntries(unusual))] : []),
      ...(context.storageUri === undefined ? [] : ['--cache', context.storageUri.fsPath]),
    ],
  };
}
