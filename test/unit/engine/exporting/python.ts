import { execFileSync } from 'node:child_process';

/** Whether there is a Python that can read NumPy's files. */
export const hasNumpy = runs(['-c', 'import numpy']);

function runs(args: readonly string[]): boolean {
  try {
    execFileSync('python3', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

if (!hasNumpy) console.log('Skipped: reading .npz back, because there is no python3 with NumPy.');

/** What NumPy reads from an `.npz` file without unpickling: type, shape and entries of every array, NaN as `null`. */
export function readNpz(path: string): Record<string, { dtype: string; shape: number[]; values: unknown }> {
  const script = `
import json, sys, numpy
with numpy.load(sys.argv[1], allow_pickle=False) as arrays:
    out = {name: {'dtype': arrays[name].dtype.str, 'shape': arrays[name].shape, 'values': arrays[name].tolist()} for name in arrays.files}
print(json.dumps(out))`;
  const text = execFileSync('python3', ['-c', script, path], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(text.replaceAll(/\bNaN\b/g, 'null')) as never;
}
