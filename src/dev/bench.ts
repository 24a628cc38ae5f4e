import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { writeSampleWorkspace } from './sample/workspace';
import { benchEditor } from './bench/editor';
import { tableOf, type Figure } from './bench/figures';
import { benchExplaining } from './bench/explaining';
import { benchIndexing } from './bench/indexing';
import { benchListing } from './bench/listing';
import { benchNeighbours } from './bench/neighbours';
import { benchNetwork } from './bench/network';
import { benchRuntimes } from './bench/runtimes';
import { benchSearching } from './bench/searching';
import { benchStarting } from './bench/starting';
import { benchTables } from './bench/tables';
import { benchTeam } from './bench/team';
import { benchZooming } from './bench/zooming';
import { buildAll } from './bundles';
import { fromUser, inProject } from './project';
import { runTool } from './tool';

const command = new Command('npm run bench --')
  .description('Measure reading, indexing, searching and the cost to the editor.')
  .argument('[folder]', 'the recordings to index (default: ../shared/data/workspace if it is there, else the sample)')
  .option('--json <file>', 'write the same figures as JSON')
  .option('--plot <file>', 'write a picture of what searching costs, as SVG')
  .option('--no-editor', 'leave out what needs an editor')
  .parse();

await runTool(async () => {
  const { json, plot, editor } = command.opts<{ json?: string; plot?: string; editor: boolean }>();
  await buildAll();
  const base = await mkdtemp(join(tmpdir(), 'kindred-bench-sample-'));
  try {
    const folder = await recordings(command.args[0], base);
    const engine = [
      ...(await benchIndexing(folder)),
      ...(await benchSearching(plotTo(plot))),
      ...(await benchNeighbours()),
      ...(await benchStarting()),
      ...(await benchZooming()),
      ...(await benchExplaining()),
      ...(await benchListing()),
      ...(await benchTeam()),
    ];
    const figures: Figure[] = [
      ...(await benchTables()),
      ...engine,
      ...(await benchNetwork()),
      ...(await benchRuntimes()),
    ];
    if (editor) figures.push(...(await benchEditor(folder)));
    console.log(`${folder}\n${tableOf(figures)}`);
    if (json !== undefined) await writeFile(fromUser(json), `${JSON.stringify({ folder, figures }, null, 2)}\n`);
  } finally {
    await rm(base, { recursive: true, force: true });
  }
  return 0;
});

function plotTo(file: string | undefined) {
  return file === undefined ? undefined : (svg: string) => writeFile(fromUser(file), svg);
}

async function recordings(asked: string | undefined, base: string): Promise<string> {
  if (asked !== undefined) return fromUser(asked);
  const real = inProject('../shared/data/workspace');
  if (existsSync(real)) return real;
  await writeSampleWorkspace(base);
  return base;
}
