import { version } from '../../package.json';
import { schemaVersion } from '../protocol/commands/recording';

/** What the answer of a command begins with. */
export function headOf<Name extends string>(command: Name) {
  return { kindred: { schema: schemaVersion, version, command } } as const;
}
