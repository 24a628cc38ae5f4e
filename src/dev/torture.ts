import { Command } from 'commander';
import { buildAll } from './bundles';
import { runTool } from './tool';
import { inProject } from './project';
import { damageCaches } from './torture/cacheDamage';
import { troubleDisks } from './torture/disks';
import { floodWithEvents } from './torture/events';
import { liveOn } from './torture/life';
import { shareFolder } from './torture/fourProcesses';
import { corpusFolders } from './torture/fuzz/corpus';
import { fuzzReaders } from './torture/fuzz/fuzz';
import { findPostgres } from './postgres';
import { killTeamWriters } from './torture/team';
import { killAll } from './torture/kills/kills';

const command = new Command('npm run torture --')
  .description('Damage what Kindred relies on, end it at any moment, and count what goes wrong.')
  .argument('[part]', 'cache, kills, disks, events, life, processes, team, fuzz or all', 'all')
  .option('--seed <n>', 'other damage and other moments', '1')
  .option('--step <n>', 'only each so many of the damages of a kind', '1')
  .option('--kills <n>', 'how often a process is killed', '200')
  .option('--cases <n>', 'how many damaged recordings are read', '1000000')
  .option('--from <n>', 'the number of the first of them', '0')
  .option('--events <n>', 'how many files come at once', '10000')
  .option('--minutes <n>', 'how long files change at random', '120')
  .parse();

await runTool(async () => {
  const [part = 'all'] = command.args;
  const wants = (name: string) => part === 'all' || part === name;
  const { seed, step, kills, cases, from, minutes, events } = command.opts<Record<string, string>>();
  await buildAll();
  if (wants('cache')) console.table(await damageCaches(Number(seed), Number(step)));
  if (wants('kills')) for await (const row of killAll(Number(seed), Number(kills))) console.log(row);
  if (wants('disks')) for await (const row of troubleDisks(Number(seed))) console.log(row);
  if (wants('events')) {
    const files = Number(events);
    const flood = {
      seed: Number(seed),
      files,
      replaced: Math.ceil(files / 2),
      logMilliseconds: 10_000,
      quietMilliseconds: 3000,
    };
    for await (const row of floodWithEvents(flood)) console.log(row);
  }
  if (wants('life')) {
    console.table(await liveOn({ seed: Number(seed), edits: Infinity, milliseconds: Number(minutes) * 60_000 }));
  }
  if (wants('processes')) console.table(await shareFolder(Number(seed), 400, 3));
  if (wants('team')) {
    const found = await findPostgres(console.error);
    if (found.programs === null) console.error(`Writers of a team's index are not killed: ${found.reason}.`);
    else {
      const lasting = { milliseconds: Math.min(Number(minutes), 5) * 60_000, killEvery: 10_000, filesAtOnce: 300 };
      console.table(await killTeamWriters({ seed: Number(seed), programs: found.programs, ...lasting }));
    }
  }
  if (wants('fuzz')) {
    const { findings, ...figures } = await fuzzReaders({
      seed: Number(seed),
      from: Number(from),
      cases: Number(cases),
      folders: corpusFolders(),
      keepIn: inProject('.kindred/fuzz'),
      onProgress: (done, count) => {
        console.log(`${done} cases, ${count} findings`);
      },
    });
    console.table({ ...figures, findings: findings.length });
    for (const { number, name, fault } of findings) console.log(`${number} ${name}: ${fault}`);
  }
  return 0;
});
