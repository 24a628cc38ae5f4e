import { join } from 'node:path';
import { writeWhole } from '../../files/writeWhole';
import { dotChart, rocChart } from './charts';
import { pictures, reportOf } from './report';
import type { Results } from './results';

/** Writes the report, its pictures and the figures as JSON into a folder. */
export async function writeReport(folder: string, results: Results): Promise<void> {
  const { targets } = results;
  await writeWhole(join(folder, pictures.recall), dotChart('recall@1, higher is better', 'recallAt1', targets));
  await writeWhole(
    join(folder, pictures.error),
    dotChart('Equal error rate, lower is better', 'equalErrorRate', targets),
  );
  await writeWhole(
    join(folder, pictures.roc),
    rocChart('ROC: true acceptance rate (up) against false acceptance rate (right)', targets),
  );
  await writeWhole(join(folder, 'results.json'), `${JSON.stringify(results, significant, 1)}\n`);
  await writeWhole(join(folder, 'report.md'), reportOf(results));
}

/** Five digits say more than the intervals do. */
function significant(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value;
}
