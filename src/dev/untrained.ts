import { mkdir } from 'node:fs/promises';
import { writeEncoder } from '../core/training/trainer/encoderFile';
import { fromUser } from './project';
import { runTool } from './tool';
import { untrainedEncoder } from './untrainedEncoder';

await runTool(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Usage: node src/dev/run.mjs untrained FOLDER');
  const encoder = untrainedEncoder();
  await mkdir(fromUser(folder), { recursive: true });
  await writeEncoder(fromUser(folder), encoder);
  console.log(`${fromUser(folder)}: sha256 ${encoder.description.sha256}`);
  return 0;
});
