import { opendir } from 'node:fs/promises';
import { extname, join } from 'node:path';

const extensions = new Set(['.csv', '.tsv', '.npy', '.npz', '.wav', '.hea', '.arff']);
const most = 5;

/** Up to five files below `folder` that look like recordings by their names, in no order. Hidden folders are left out. */
export async function recordingsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [folder];
  for (let next = folders.shift(); next !== undefined && found.length < most; next = folders.shift()) {
    for await (const entry of await opendir(next)) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) folders.push(join(next, entry.name));
      else if (isRecording(entry.name)) found.push(join(next, entry.name));
    }
  }
  return found.slice(0, most);
}

/** Tables of labels lie beside recordings but are none. */
function isRecording(name: string): boolean {
  return extensions.has(extname(name).toLowerCase()) && !/^labels\b/i.test(name);
}
