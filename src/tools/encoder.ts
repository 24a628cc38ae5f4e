import { mkdir, writeFile } from 'node:fs/promises';
import { inProject } from './project';
import { untrainedEncoder } from './untrainedEncoder';

const { description, model } = untrainedEncoder();
await mkdir(inProject('models'), { recursive: true });
await writeFile(inProject('models', 'encoder.onnx'), model);
await writeFile(inProject('models', 'encoder.json'), `${JSON.stringify(description, null, 2)}\n`);
console.log(`models/encoder.onnx: ${(model.length / 1024).toFixed(0)} KiB, sha256 ${description.sha256}`);
