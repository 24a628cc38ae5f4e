import { resolve } from 'node:path';
import type { Engine } from '../engine/engine';
import { RequestError } from '../engine/requestError';
import type { ExportContent, ExportFormat } from '../protocol/exports';

export interface TableOptions {
  readonly format: Exclude<ExportFormat, 'json'>;
  readonly json: boolean;
  readonly out?: string;
}

/**
 * Writes a table to a file, or to standard output without one.
 * @throws RequestError for bytes that would go to a terminal, and when the file cannot be written
 */
export async function writeTable(
  engine: Engine,
  content: ExportContent,
  { format: table, json, out }: TableOptions,
  signal: AbortSignal,
): Promise<void> {
  const format = json ? 'json' : table;
  if (out !== undefined) {
    const path = resolve(out);
    const { rows } = await engine.ask('export', { content, format, path }, signal);
    process.stderr.write(`${rows.toLocaleString('en')} rows written to ${path}.\n`);
    return;
  }
  if (format === 'npz' && process.stdout.isTTY) {
    throw new RequestError('An .npz file is not made for a terminal. Name a file with --out.');
  }
  try {
    await engine.exportTo({ content, format }, process.stdout, signal);
  } catch (error) {
    // Who reads only the first lines closes the pipe.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}
