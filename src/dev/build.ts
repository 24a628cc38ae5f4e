import { buildAll } from './bundles';
import { runTool } from './tool';

await runTool(async () => {
  await buildAll();
  console.log('Built dist/.');
  return 0;
});
