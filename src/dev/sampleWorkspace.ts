import { writeSampleWorkspace } from './sample/workspace';
import { inProject } from './project';
import { runTool } from './tool';

await runTool(async () => {
  await writeSampleWorkspace(inProject('.sample'));
  console.log('Wrote .sample/.');
  return 0;
});
