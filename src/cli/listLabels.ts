import { resolve } from 'node:path';
import { labels } from '../api/labels';
import { withIndex, type IndexOptions } from './openIndex';
import { printable, printJson, tableOf } from './printing';

export interface LabelsOptions extends IndexOptions {
  readonly json: boolean;
}

/** `kindred labels`: indexes folders and lists the labels of their recordings. */
export async function listLabels(given: readonly string[], options: LabelsOptions, signal: AbortSignal): Promise<void> {
  const folders = given.map((folder) => resolve(folder));
  await withIndex(folders, options, signal, async (engine) => {
    const answer = await labels(engine.ask.bind(engine), folders, signal);
    if (options.json) {
      printJson(answer);
      return;
    }
    const rows = answer.rows.map(({ label, within, sequences }) => [
      String(sequences),
      printable(label),
      printable(within ?? ''),
    ]);
    const head = `${answer.labelled} of ${answer.sequences} recordings have a label.`;
    const table = rows.length === 0 ? [] : tableOf(['recordings', 'label', 'only in'], rows, 1);
    process.stdout.write(`${[head, ...table].join('\n')}\n`);
  });
}
