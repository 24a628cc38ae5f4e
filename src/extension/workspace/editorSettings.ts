import { isDeepStrictEqual } from 'node:util';
import { workspace, type Disposable } from 'vscode';
import type { EngineSettings } from '../../protocol/engine';
import { readSettings, type Settings } from './settings';

/** What the settings of the editor are now. */
export function currentSettings(): Settings {
  const configuration = workspace.getConfiguration('kindred');
  return readSettings((name) => configuration.get(name));
}

/**
 * Tells of every change of Kindred's settings, and whether it concerns the index.
 * @param changed given the engine's settings where they are others than before, else `null`
 */
export function followSettings(changed: (engine: EngineSettings | null) => unknown): Disposable {
  let before = currentSettings().engine;
  return workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('kindred')) return undefined;
    const { engine } = currentSettings();
    const concernsIndex = !isDeepStrictEqual(engine, before);
    before = engine;
    return changed(concernsIndex ? engine : null);
  });
}
