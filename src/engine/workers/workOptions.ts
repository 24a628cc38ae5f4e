import type { WorkOptions } from '../../core/index/fileWorker';
import { defaultReadOptions } from '../../core/recordings/reader';
import type { Decisions } from '../../core/recordings/reading/decisions';
import type { EngineSettings } from '../../protocol/engine';

/** How a file is read and embedded, by the settings and what a user decided about it. */
export function workOptions(settings: EngineSettings, decisions: Decisions | null): WorkOptions {
  const { maximumSamples } = defaultReadOptions;
  const read = {
    maximumBytes: settings.maximumFileMegabytes * 2 ** 20,
    maximumSamples,
    arrayAxes: decisions?.axes ?? settings.arrayAxes,
  };
  return { read: decisions === null ? read : { ...read, decisions }, maximumSteps: settings.maximumSteps };
}
