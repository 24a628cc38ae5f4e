import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSampleWorkspace } from './sample/workspace';
import { buildAll } from './bundles';
import { run } from './command';
import { openEditor } from './editor/open';
import { startPglite } from './pglite';
import { fromUser, inProject } from './project';
import { recordingsIn } from './recordings';
import { runTool } from './tool';

const usage = `Usage: npm start -- [FOLDER] [--query FILE] [--no-editor] [--team]

Builds Kindred, indexes FOLDER (a generated sample workspace unless given), prints what is most similar to one of its
recordings, and opens the folder in an editor with the extension.

  --query FILE   the recording to ask for
  --no-editor    stop after the table
  --team         index and search by a team's index in PostgreSQL, which is run for that alone, and stop after the tables
`;

await runTool(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      query: { type: 'string' },
      'no-editor': { type: 'boolean' },
      team: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  if (values.team === true) return showTeam(positionals[0], values.query);
  const { folder, code } = await showMatches(positionals[0], values.query);
  return code !== 0 || values['no-editor'] === true ? code : openEditor(folder);
});

/** Builds, indexes into a team's index of its own, and prints the matches of one recording both ways of searching it. */
async function showTeam(given: string | undefined, query: string | undefined): Promise<number> {
  console.log('Building …');
  await buildAll();
  const folder = given === undefined ? inProject('.sample') : fromUser(given);
  const samples = given === undefined ? await writeSampleWorkspace(folder) : [];
  const asked = query === undefined ? (samples[0]?.path ?? (await recordingsIn(folder))[0]) : fromUser(query);
  if (asked === undefined) throw new Error(`${folder} holds no file that could be a recording.`);
  const file = isAbsolute(asked) ? asked : join(folder, asked);
  const server = await startPglite();
  console.log(`PostgreSQL with pgvector, as WebAssembly in this process: ${server.address}`);
  try {
    for (const args of [
      ['index', folder, '--to'],
      ['search', file, '--team'],
      ['search', file, '--on-server', '--team'],
    ]) {
      console.log();
      const code = await kindred([...args, server.address]);
      if (code !== 0) return code;
    }
    return 0;
  } finally {
    await server.stop();
  }
}

/** Builds, indexes and prints the matches of one recording. */
async function showMatches(
  given: string | undefined,
  query: string | undefined,
): Promise<{ folder: string; code: number }> {
  console.log('Building …');
  await buildAll();
  const folder = given === undefined ? inProject('.sample') : fromUser(given);
  const samples = given === undefined ? await writeSampleWorkspace(folder) : [];
  const indexed = await kindred(['index', folder]);
  if (indexed !== 0) return { folder, code: indexed };
  const candidates = samples[0] === undefined ? await recordingsIn(folder) : [join(folder, samples[0].path)];
  const code = await searchFor(query === undefined ? candidates : [fromUser(query)], folder);
  return { folder, code };
}

/** Prints the matches of the first of `queries` that can be read. */
async function searchFor(queries: readonly string[], folder: string): Promise<number> {
  let code = 1;
  if (queries.length === 0) console.error(`${folder} holds no file that could be a recording.`);
  for (const query of queries) {
    console.log();
    code = await kindred(['search', query, '--in', folder]);
    if (code === 0) break;
  }
  return code;
}

async function kindred(args: readonly string[]): Promise<number> {
  const { code } = await run(process.execPath, [inProject('dist/cli.cjs'), ...args], { show: true });
  return code;
}
