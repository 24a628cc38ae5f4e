import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun } from '../command';

const onPath = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'chrome.exe'];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** The full path of `program` on PATH, or `null`. */
export function programOnPath(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

/**
 * A Chrome or Chromium: the one that CHROME_PATH names, one that is installed, or Debian's, which is installed if
 * this process may.
 * @throws Error that says what to install.
 */
export async function findBrowser(say: (text: string) => void): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH names ${named}, which does not exist`);
  }
  const found = installedBrowser();
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || programOnPath('apt-get') === null) throw new Error(advice);
  say('Installing Chromium from Debian’s packages …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update'], { env });
  await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  const installed = installedBrowser();
  if (installed === null) throw new Error(advice);
  return installed;
}

const advice =
  'The tests need Chrome or Chromium. Install one (on Debian: apt-get install chromium), or set CHROME_PATH to it.';

function installedBrowser(): string | null {
  const program = onPath.map(programOnPath).find((path) => path !== null);
  return program ?? elsewhere.find((path) => existsSync(path)) ?? null;
}
