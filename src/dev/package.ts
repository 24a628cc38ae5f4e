import { parseArgs } from 'node:util';
import { buildAll } from './bundles';
import { packageExtension } from './packaging/packaging';
import { targetNamed, targets } from './packaging/targets';
import { runTool } from './tool';

await runTool(async () => {
  const { values } = parseArgs({ options: { target: { type: 'string' }, all: { type: 'boolean' } } });
  if (values.all === true && values.target !== undefined) throw new Error('--all and --target exclude each other');
  const wanted = values.all === true ? targets : [targetNamed(values.target)];
  await buildAll();
  for (const target of wanted) {
    const { path, megabytes } = await packageExtension(target);
    console.log(`${path} (${megabytes.toFixed(1)} MB)`);
  }
  return 0;
});
