import { parseArgs } from 'node:util';
import { buildAll } from './bundles';
import { packageExtension, targetNamed } from './packaging/packaging';
import { runTool } from './tool';

await runTool(async () => {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  const target = targetNamed(values.target);
  await buildAll();
  const { path, megabytes } = await packageExtension(target);
  console.log(`${path} (${megabytes.toFixed(1)} MB)`);
  return 0;
});
