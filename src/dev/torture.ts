import { Command } from 'commander';
import { damageCaches } from './torture/cacheDamage';
import { runTool } from './tool';

const command = new Command('npm run torture --')
  .description('Damage what Kindred relies on and count what goes wrong.')
  .argument('[part]', 'cache (damage to the cache) or all', 'all')
  .option('--seed <n>', 'another seed damages other places', '1')
  .option('--step <n>', 'only each so many of the damages of a kind', '1')
  .parse();

await runTool(async () => {
  const options = command.opts<{ seed: string; step: string }>();
  const rows = await damageCaches(Number(options.seed), Number(options.step));
  console.table(rows);
  return 0;
});
