import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { version } from '../../package.json';
import { mustRun } from './command';
import { isPreRelease } from './packaging/version';
import { fromUser, inProject } from './project';
import { obstaclesTo } from './releasing/readiness';
import { lineOf, marketplaces, uploadsFrom } from './releasing/uploads';
import { runTool } from './tool';

const command = new Command('npm run release --')
  .description('Publish the packages that were made before, to both marketplaces.')
  .requiredOption('--tag <tag>', 'the tag that is released, such as v0.3.0')
  .option('--from <folder>', 'where the packages are', inProject())
  .option('--changelog <file>', 'where the versions are listed', inProject('CHANGELOG.md'))
  .option('--dry-run', 'check everything and print what would be uploaded, without any network', false)
  .parse();

await runTool(async () => {
  const { tag, from, dryRun, ...options } = command.opts<Options>();
  const changelog = await readFile(fromUser(options.changelog), 'utf8');
  const obstacles = obstaclesTo({ tag, version, changelog });
  if (obstacles.length > 0) throw new Error(obstacles.join('\n'));
  const uploads = await uploadsFrom(fromUser(from));
  console.log(`Kindred ${version}, ${isPreRelease(version) ? 'a pre-release' : 'a release'}:`);
  if (!dryRun) {
    const missing = marketplaces.filter(({ key }) => (process.env[key] ?? '') === '').map(({ key }) => key);
    if (missing.length > 0) throw new Error(`Nothing was uploaded: ${missing.join(' and ')} must be set.`);
  }
  for (const upload of uploads) {
    if (!dryRun) await mustRun(process.execPath, [inProject(upload.marketplace.program), ...upload.args]);
    console.log(`${dryRun ? 'would go' : 'went'} to ${lineOf(upload)}`);
  }
  return 0;
});

interface Options {
  readonly tag: string;
  readonly from: string;
  readonly changelog: string;
  readonly dryRun: boolean;
}
