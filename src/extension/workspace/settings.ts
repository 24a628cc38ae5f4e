import * as v from 'valibot';
import { defaultSettings, type EngineSettings } from '../../protocol/engine';
import { usualTuning, type TuningSettings } from '../../protocol/finetune';

const globs = v.array(v.string());
const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Every setting below `kindred.`: what it may be, and what is used where the user's value does not fit. */
const schemas = {
  'index.automatic': v.fallback(v.boolean(), true),
  'files.include': v.fallback(globs, [...defaultSettings.include]),
  'files.exclude': v.fallback(globs, [...defaultSettings.exclude]),
  'files.useGitignore': v.fallback(v.boolean(), defaultSettings.useGitignore),
  'files.maximumMegabytes': v.fallback(whole(1, 1_048_576), defaultSettings.maximumFileMegabytes),
  'encoder.maximumSteps': v.fallback(whole(1024, 67_108_864), defaultSettings.maximumSteps),
  'numpy.arrayAxes': v.fallback(v.picklist(['auto', 'time-first', 'channels-first']), defaultSettings.arrayAxes),
  'index.commonRates': v.fallback(v.boolean(), defaultSettings.commonRates),
  'engine.threads': v.fallback(whole(1, 32), defaultSettings.threads),
  'fineTune.minutes': v.fallback(between(0.1, 1440), usualTuning.minutes),
  'fineTune.learningRate': v.fallback(between(1e-7, 1), usualTuning.learningRate),
  'fineTune.threads': v.fallback(whole(1, 32), usualTuning.threads),
  'fineTune.validationShare': v.fallback(between(0.05, 0.5), usualTuning.validationShare),
  'fineTune.seed': v.fallback(whole(0, 2 ** 31), usualTuning.seed),
  'fineTune.keepIn': v.fallback(v.picklist(['storage', 'workspace']), 'storage'),
} as const;

export interface Settings {
  /** Whether a trusted folder is indexed as soon as it is opened. */
  readonly automatic: boolean;
  readonly engine: EngineSettings;
  readonly tuning: TuningSettings;
  /** Where fine-tuned encoders are kept: in the editor's storage, or in `.kindred/models` of the folder. */
  readonly keepIn: 'storage' | 'workspace';
}

/** Reads the settings by `get`, which is given names without the leading `kindred.`; values that do not fit become defaults. */
export function readSettings(get: (name: string) => unknown): Settings {
  return {
    automatic: v.parse(schemas['index.automatic'], get('index.automatic')),
    engine: {
      include: v.parse(schemas['files.include'], get('files.include')),
      exclude: v.parse(schemas['files.exclude'], get('files.exclude')),
      useGitignore: v.parse(schemas['files.useGitignore'], get('files.useGitignore')),
      maximumFileMegabytes: v.parse(schemas['files.maximumMegabytes'], get('files.maximumMegabytes')),
      maximumSteps: v.parse(schemas['encoder.maximumSteps'], get('encoder.maximumSteps')),
      arrayAxes: v.parse(schemas['numpy.arrayAxes'], get('numpy.arrayAxes')),
      commonRates: v.parse(schemas['index.commonRates'], get('index.commonRates')),
      threads: v.parse(schemas['engine.threads'], get('engine.threads')),
    },
    tuning: {
      minutes: v.parse(schemas['fineTune.minutes'], get('fineTune.minutes')),
      learningRate: v.parse(schemas['fineTune.learningRate'], get('fineTune.learningRate')),
      threads: v.parse(schemas['fineTune.threads'], get('fineTune.threads')),
      validationShare: v.parse(schemas['fineTune.validationShare'], get('fineTune.validationShare')),
      seed: v.parse(schemas['fineTune.seed'], get('fineTune.seed')),
    },
    keepIn: v.parse(schemas['fineTune.keepIn'], get('fineTune.keepIn')),
  };
}
