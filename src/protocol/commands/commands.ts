import type * as v from 'valibot';
import type { Shape } from '../shapes';
import {
  exportEntries,
  inspectEntries,
  labelsEntries,
  overviewEntries,
  pairsEntries,
  type layoutReport,
} from './folder';
import { searchEntries, windowsEntries } from './search';

/**
 * What other programs ask of Kindred, each command once: by `--json` on the command line, by the methods of `kindred serve`,
 * and by the extension's own interface. The answers are published as a JSON schema (`docs/answers.schema.json`).
 */
export const commandEntries = {
  search: searchEntries,
  windows: windowsEntries,
  overview: overviewEntries,
  export: exportEntries,
  pairs: pairsEntries,
  labels: labelsEntries,
  inspect: inspectEntries,
} as const;

export type CommandName = keyof typeof commandEntries;
export const commandNames = Object.keys(commandEntries) as readonly CommandName[];

/** What a command is given, once it has been validated. */
export type CommandParams<Name extends CommandName> = Shape<(typeof commandEntries)[Name]['params']>;
/** What a caller writes: whatever has a usual value may be left out. */
export type CommandInput<Name extends CommandName> = v.InferInput<(typeof commandEntries)[Name]['params']>;
export type CommandAnswer<Name extends CommandName> = Shape<(typeof commandEntries)[Name]['answer']>;
export type LayoutReport = Shape<typeof layoutReport>;
