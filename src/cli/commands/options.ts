import { InvalidArgumentError, Option } from 'commander';
import * as v from 'valibot';
import { viewsSchema, type KeptView } from '../../core/encoder/description';
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

export function time(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError('It must be a number from 0 up.');
  }
  return value;
}

/** A rate in Hz, or two with dots between them. */
export function rates(text: string): readonly [number, number] {
  const [from = NaN, to = from] = text.split('..').map(Number);
  if (!(from > 0 && to >= from && Number.isFinite(to)))
    throw new InvalidArgumentError('It must be a rate, or FROM..TO.');
  return [from, to];
}

export function lengthFactor(text: string): number {
  const value = Number(text);
  if (!(value >= 0.5 && value <= 2)) throw new InvalidArgumentError('It must be a number from 0.5 to 2.');
  return value;
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

export function viewOption(): Option {
  return new Option(
    '--view <view...>',
    'a further form in which recordings are encoded, as every=4,weight=0.25,levels=3 (the mean of so many time steps ' +
      'each) or steps=512,... (the whole in so many)',
  ).argParser(addView);
}

/** One more of an encoder's views, as `every=4,weight=0.25,levels=3`. */
export function addView(text: string, before: readonly KeptView[] = []): readonly KeptView[] {
  const entries = text.split(',').map((entry) => entry.split('='));
  const given = Object.fromEntries(entries.map(([name = '', value]) => [name, Number(value)]));
  const views = v.safeParse(viewsSchema, [...before, given]);
  if (!views.success) {
    throw new InvalidArgumentError(
      'It must name every or steps, and weight and levels, as in every=4,weight=0.25,levels=3.',
    );
  }
  return views.output;
}

export const outHelp = 'the file to write (default: standard output)';

export function formatOption(): Option {
  return new Option('--format <format>', 'a table for spreadsheets, scripts or NumPy').choices(exportFormat.options);
}

/** What the commands about training take. */
export const packsHelp = 'packs (.npz with .json), folders of packs, or folders of recordings with labels.csv';
