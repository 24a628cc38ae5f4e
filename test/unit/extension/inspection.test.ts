import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forkEngine } from '../../../src/extension/engine/fork';
import { inspectionOptions } from '../../../src/extension/engine/inspection';

let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kindred-inspection-'));
  program = join(folder, 'program.cjs');
  await writeFile(
    program,
    `process.send({ url: require('node:inspector').url() ?? null }, () => process.disconnect());`,
  );
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Where a program started this way can be debugged, or `null`. */
async function debuggedAt(options: readonly string[]): Promise<unknown> {
  const child = forkEngine(program, [], options);
  const [[message]] = (await Promise.all([once(child, 'message'), once(child, 'exit')])) as [[unknown], unknown];
  return message;
}

describe('the debugger of the engine', () => {
  it('listens on this machine, at the port of the environment, while the extension is developed', async () => {
    const port = await freePort();
    const url = expect.stringMatching(`^ws://127\\.0\\.0\\.1:${port}/`) as string;
    expect(await debuggedAt(inspectionOptions(true, `${port}`))).toEqual({ url });
  });

  it('is not there in an extension that is installed, or where no port is named', async () => {
    expect(inspectionOptions(false, '9230')).toEqual([]);
    expect(inspectionOptions(false, 'nonsense')).toEqual([]);
    expect(inspectionOptions(true, undefined)).toEqual([]);
    expect(inspectionOptions(true, '')).toEqual([]);
    expect(await debuggedAt(inspectionOptions(false, '9230'))).toEqual({ url: null });
  });

  it.each(['0', '65536', '-1', '1.5', '0.0.0.0:9230', '9230 --eval'])('refuses %j as a port', (port) => {
    expect(() => inspectionOptions(true, port)).toThrow(`not "${port}"`);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port of this machine is free');
  return address.port;
}
