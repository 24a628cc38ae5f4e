import { EncoderError, readEncoder } from '../../core/encoder/description';
import { loadEncoder } from '../../core/encoder/session';
import { tryOut } from '../../core/encoder/tryOut';
import type { Verdict } from './verdict';

/** The entry of the process in which an encoder is tried out: `trial.cjs FOLDER`. It tells its parent, and ends. */

async function verdictOf(folder: string): Promise<Verdict> {
  try {
    await tryOut(await loadEncoder(await readEncoder(folder)));
    return { kind: 'sound' };
  } catch (error) {
    if (error instanceof EncoderError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

verdictOf(process.argv[2] ?? '').then(
  (verdict) => {
    process.send?.(verdict, () => {
      process.exit();
    });
  },
  (error: unknown) => {
    throw error;
  },
);
