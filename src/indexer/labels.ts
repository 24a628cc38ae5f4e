import { join, normalize } from 'node:path';
import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { labelsName } from './rules';

/** Labels of whole files by absolute path. */
export type Labels = ReadonlyMap<string, string>;

/**
 * Reads `labels.csv` of a workspace folder: a header with `path` and `label`, then one line per file; paths are
 * relative to the folder, with forward slashes. Without such a file there are no labels.
 */
export async function readLabels(folder: string): Promise<Labels> {
  const labels = new Map<string, string>();
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { header: true, skipEmptyLines: true, delimiter: ',' });
  const stream = createReadStream(join(folder, labelsName), { encoding: 'utf8' });
  stream.on('error', (error) => parser.destroy(error));
  try {
    for await (const row of stream.pipe(parser) as AsyncIterable<Record<string, unknown>>) {
      const { path, label } = row;
      if (typeof path === 'string' && typeof label === 'string' && label !== '') {
        labels.set(normalize(join(folder, path)), label);
      }
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
  return labels;
}
