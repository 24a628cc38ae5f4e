import { withIndex, type IndexOptions } from './openIndex';

/** `kindred index`: indexes folders and says what came of it. */
export async function indexFolder(
  folders: readonly string[],
  options: IndexOptions & { readonly skipped: boolean },
  signal: AbortSignal,
): Promise<void> {
  await withIndex(folders, options, signal, async (engine) => {
    const { sequences, skipped, skippedSequences, problem } = await engine.ask('status', {});
    const files = (await engine.ask('files', {})).length;
    const { filesEncoded } = await engine.ask('diagnostics', {});
    const lines = [`${sequences} sequences in ${files} files are indexed (${filesEncoded} files were new).`];
    if (skipped + skippedSequences > 0 && !options.skipped) {
      lines.push(`Skipped: ${skipped} files, ${skippedSequences} sequences (--skipped lists them with their reasons).`);
    }
    if (problem !== null) lines.push(problem);
    if (options.skipped) {
      for (const { file, number, reason } of await engine.ask('skipped', {})) {
        lines.push(`skipped ${file}${number === null ? '' : ` #${number + 1}`}, because ${reason}`);
      }
    }
    process.stdout.write(`${lines.join('\n')}\n`);
  });
}
