import { InvalidArgumentError, Option } from 'commander';
import { exportFormat } from '../../protocol/exports';

/** What options and arguments of several commands are. The functions are commander's parsers: a bad value throws its InvalidArgumentError. */

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

export const outHelp = 'the file to write (default: standard output)';

export function formatOption(): Option {
  return new Option('--format <format>', 'a table for spreadsheets, scripts or NumPy').choices(exportFormat.options);
}

/** What the commands about training take. */
export const packsHelp = 'packs (.npz with .json), folders of packs, or folders of recordings with labels.csv';
