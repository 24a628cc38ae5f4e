import { programOnPath } from './editor/browser';
import { mustRun, run } from './command';

/** The first Python that has these modules, or `null`; `KINDRED_PYTHON` names another. */
export async function pythonWith(...modules: readonly string[]): Promise<string | null> {
  const asked = process.env['KINDRED_PYTHON'];
  for (const python of [...(asked === undefined ? [] : [asked]), 'python3', '/usr/bin/python3', 'python']) {
    const found = await run(python, ['-c', `import ${modules.join(', ')}`]).catch(() => null);
    if (found?.code === 0) return python;
  }
  return null;
}

/** A Python with NumPy and pandas: one that is there, or Debian's, which is installed if this process may; else `null`. */
export async function pythonWithPandas(say: (text: string) => void): Promise<string | null> {
  const found = await pythonWith('numpy', 'pandas');
  if (found !== null || process.getuid?.() !== 0 || programOnPath('apt-get') === null) return found;
  say('Installing pandas from Debian’s packages …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await mustRun('apt-get', ['update'], { env });
    await mustRun('apt-get', ['install', '-y', '--no-install-recommends', 'python3-pandas'], { env });
  } catch (error) {
    say(`It could not be installed: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
  return await pythonWith('numpy', 'pandas');
}
