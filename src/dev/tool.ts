/**
 * Runs a tool to its end and sets the exit code: what `main` returns, or 1 with the error's message when it throws.
 * Errors of tools are about the machine they run on, where a stack trace does not help; `KINDRED_DEBUG=1` shows it.
 */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const short = error instanceof Error && process.env['KINDRED_DEBUG'] !== '1';
    console.error(short ? error.message : error);
    process.exitCode = 1;
  }
}
