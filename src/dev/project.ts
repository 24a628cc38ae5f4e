import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder: tools run as `src/dev/*.ts` in tests and as `dist/tools/*.mjs` else, two levels below it. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** An absolute path inside the project. */
export function inProject(...parts: string[]): string {
  return resolve(projectFolder, ...parts);
}

/** A path as the user wrote it, from where the user stands: npm runs scripts in the project's folder. */
export function fromUser(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
