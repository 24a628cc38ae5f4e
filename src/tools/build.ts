import { chmod } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundles } from './bundles';
import { inProject } from './project';

await Promise.all(bundles.map((options) => build(options)));
await chmod(inProject('dist/cli.cjs'), 0o755);
console.log('Built dist/.');
