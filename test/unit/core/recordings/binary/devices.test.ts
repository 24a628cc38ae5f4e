import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../../../../../shared/recordings');
const check = join(folder, 'check.mjs');
const present = existsSync(check);
if (!present) console.log(`skipped: there are no recordings of devices in ${folder}`);

const kinds = '\\.(wav|aiff?|npy|npz|hea|edf|bdf|vhdr)$';

test.skipIf(!present)('recordings in the manner of devices are read as they should be', async () => {
  const read = [process.execPath, resolve('dist/cli.cjs'), 'inspect', '--lines'];
  // The script ends with an error that carries what it printed if a file is read otherwise.
  const outcome = await promisify(execFile)(process.execPath, [
    check,
    folder,
    '--lines',
    '--only',
    kinds,
    '--',
    ...read,
  ]).catch((error: unknown) => error as { readonly stdout: string });
  expect(outcome.stdout).toMatch(/^[1-9]\d* passed, 0 failed\n$/);
});
