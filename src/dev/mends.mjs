import { readFile } from 'node:fs/promises';

/** @import { Plugin } from 'esbuild' */

const file = /hyparquet[\\/]src[\\/]encoding\.js$/;

/**
 * What is mended in a library until it is: each text must be there once, or nothing is built.
 *
 * @type {readonly { readonly before: string, readonly after: string }[]}
 */
const mends = [
  // A run that is longer than what is to be filled makes an array grow until the process ends, or never ends.
  {
    before: 'const count = header >>> 1\n',
    after: 'const count = Math.min(header >>> 1, output.length - seen)\n',
  },
  {
    before: 'let count = header >> 1 << 3 ',
    after: 'let count = Math.min(Math.max(header >> 1 << 3, 0), output.length - seen) ',
  },
];

/**
 * Mends the library while it is bundled.
 *
 * @type {Plugin}
 */
export const mended = {
  name: 'mended',
  setup(build) {
    build.onLoad({ filter: file }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const { before, after } of mends) {
        if (contents.split(before).length !== 2) throw new Error(`${path} is not as it was when it was mended`);
        contents = contents.replace(before, after);
      }
      return { contents, loader: 'js' };
    });
  },
};
