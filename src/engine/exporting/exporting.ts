import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Exportable, ExportingParts } from './exportable';
import { npzStream } from './npz';
import { csvPieces, jsonPieces } from './text';
import type { ExportContent, Exported, ExportFormat, ExportParams, Embeddings } from '../../protocol/exports';
import type { SequenceRef } from '../../protocol/sequences';
import { embeddingsOf, embeddingsTable } from './embeddings';
import { pairsTable } from './pairs';
import { searchTable } from './search';
import { RequestError } from '../requestError';

/** Writes what can be taken away. */
export class Exporting {
  constructor(private readonly parts: ExportingParts) {}

  /** Writes a file, which appears when it is complete. @throws RequestError when it cannot be written */
  async toFile({ content, format, path }: ExportParams, signal: AbortSignal): Promise<Exported> {
    const partial = `${path}.${process.pid}.partial`;
    try {
      const file = await open(partial, 'w');
      const exported = await this.to(content, format, file.createWriteStream(), signal);
      await rename(partial, path);
      return exported;
    } catch (error) {
      await rm(partial, { force: true });
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const reason = reasons[code];
      if (reason === undefined) throw error;
      throw new RequestError(`${path} could not be written, because ${reason}.`, { cause: error });
    }
  }

  /** Writes to a stream and ends it. @throws RequestError, UnreadableError */
  async to(
    content: ExportContent,
    format: ExportFormat,
    out: NodeJS.WritableStream,
    signal: AbortSignal,
  ): Promise<Exported> {
    const table = await this.tableOf(content, signal);
    let rows = 0;
    const counted: Exportable = {
      ...table,
      rows: async function* () {
        for await (const row of table.rows()) {
          rows++;
          yield row;
        }
      },
    };
    // A write to standard output must not close it.
    await pipeline(streamOf(counted, format), out, { signal, end: out !== process.stdout });
    return { rows: format === 'npz' ? (table.arrays()[0]?.shape[0] ?? 0) : rows };
  }

  /** See `embeddingsOf`. */
  embeddings(sequences: readonly SequenceRef[], signal: AbortSignal): Promise<Embeddings> {
    return embeddingsOf(this.parts, sequences, signal);
  }

  private tableOf(content: ExportContent, signal: AbortSignal): Promise<Exportable> {
    switch (content.kind) {
      case 'search':
        return searchTable(this.parts, content, signal);
      case 'pairs':
        return pairsTable(this.parts, content, signal);
      case 'embeddings':
        return embeddingsTable(this.parts, content, signal);
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
};

function streamOf(table: Exportable, format: ExportFormat): Readable {
  switch (format) {
    case 'csv':
      return Readable.from(csvPieces(table));
    case 'json':
      return Readable.from(jsonPieces(table));
    case 'npz':
      return npzStream(table.arrays());
  }
}
