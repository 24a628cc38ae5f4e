import { Command } from 'commander';
import { buildAll } from './bundles';
import { runTool } from './tool';
import { damageCaches } from './torture/cacheDamage';
import { killEngines } from './torture/kills';

const command = new Command('npm run torture --')
  .description('Damage what Kindred relies on, end it at any moment, and count what goes wrong.')
  .argument('[part]', 'cache, kills or all', 'all')
  .option('--seed <n>', 'other damage and other moments', '1')
  .option('--step <n>', 'only each so many of the damages of a kind', '1')
  .option('--kills <n>', 'how often an engine is killed', '50')
  .parse();

await runTool(async () => {
  const [part] = command.args;
  const { seed, step, kills } = command.opts<{ seed: string; step: string; kills: string }>();
  if (part !== 'kills') console.table(await damageCaches(Number(seed), Number(step)));
  if (part !== 'cache') {
    await buildAll();
    console.table(await killEngines(Number(seed), Number(kills)));
  }
  return 0;
});
