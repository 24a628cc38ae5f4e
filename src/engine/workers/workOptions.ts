import type { WorkOptions } from '../../core/index/fileWorker';
import type { EngineSettings } from '../../protocol/engine';
import { defaultReadOptions } from '../../core/recordings/reader';

/** The settings that decide how a file is read and embedded. */
export function workOptions(settings: EngineSettings): WorkOptions {
  const { maximumSamples } = defaultReadOptions;
  return {
    read: { maximumBytes: settings.maximumFileMegabytes * 2 ** 20, maximumSamples, arrayAxes: settings.arrayAxes },
    maximumSteps: settings.maximumSteps,
  };
}
