import type { Command } from 'commander';
import type { IndexTeamOptions } from '../indexTeam';
import type { SearchTeamOptions } from '../searchTeam';
import { positiveInteger, rates } from './options';

/** What commands take for a team's index; without an address they are about folders of this machine alone. */

export type TeamIndexing = Pick<IndexTeamOptions, 'root' | 'removeMissing' | 'lease'> & {
  readonly to?: IndexTeamOptions['to'];
};

export function withTeamIndexing(command: Command): Command {
  return command
    .option(
      '--to [address]',
      'index for a team, into PostgreSQL: postgresql://user@host/database (default: KINDRED_DATABASE_URL)',
    )
    .option('--root <name>', 'for a team: what the folder is called in its index (default: the name of the folder)')
    .option('--remove-missing', 'for a team: take out what the index has of this root and the folder has not', false)
    .option(
      '--lease <seconds>',
      'for a team: how long others leave alone what a process that died was at',
      positiveInteger,
      60,
    );
}

type OfTeam = 'onServer' | 'prove' | 'alsoLocal' | 'label' | 'under' | 'rates' | 'mount';

export type TeamSearching = Pick<SearchTeamOptions, OfTeam> & { readonly team?: SearchTeamOptions['team'] };

export function withTeamSearching(command: Command): Command {
  return command
    .option('--team [address]', "search a team's index in PostgreSQL instead (default: KINDRED_DATABASE_URL)")
    .option('--label <label>', 'for a team: only recordings of this label')
    .option('--under <place>', 'for a team: only recordings below ROOT or ROOT:FOLDER')
    .option('--rates <hz>', 'for a team: only recordings of this rate in Hz, or from..to', rates)
    .option('--on-server', 'for a team: have the server search by pgvector, instead of following its rows', false)
    .option('--prove', 'with --on-server: have it look at all rows where that proves that none is nearer', false)
    .option('--also-local <folder>', 'for a team: list recordings of a folder of this machine as well')
    .option('--mount <places...>', 'for a team: where roots are on this machine, as ROOT=FOLDER');
}
