import { join } from 'node:path';
import * as v from 'valibot';
import { Attempts } from '../../core/index/attempts';
import { Contents } from '../../core/index/contents';
import type { CatalogueFile } from '../../core/index/catalogue';
import type { WorkOptions } from '../../core/index/fileWorker';
import { largest } from '../../core/recordings/extremes';
import { keyOf } from '../../core/index/store/records';
import type { Store } from '../../core/index/store/store';
import { readersVersion } from '../../core/recordings/registry';
import { version } from '../../../package.json';
import type { EngineSettings, WorkspaceFolder } from '../../protocol/engine';
import { insidePath } from '../paths';
import type { Threads } from '../workers/threads';
import { workOptions } from '../workers/workOptions';
import { WorkspaceFiles } from '../workspaceFiles';
import type { Asking } from './connection';
import { isSafePath } from './texts';
import type { SeenFile } from './work';

export interface TeamFolderParts {
  readonly folder: WorkspaceFolder;
  readonly settings: EngineSettings;
  /** What this machine remembers of files, so that it need not read them again to know what they hold. */
  readonly store: Store;
  readonly storage: string;
  readonly threads: Threads;
}

const known = v.array(v.object({ path: v.string(), companions: v.unknown() }));
const paths = v.array(v.string());

/** So many files are looked at by one request to a thread. */
const glancesAtOnce = 512;

/** The folder of a root on this machine. */
export class TeamFolder {
  readonly files: WorkspaceFiles;
  private readonly attempts: Attempts;
  private readonly contents: Contents;

  constructor(private readonly parts: TeamFolderParts) {
    const { folder, settings, store, storage, threads } = parts;
    this.files = new WorkspaceFiles([folder], settings);
    this.attempts = new Attempts(storage, store, { version, crashed: null });
    this.contents = new Contents(store, threads, this.attempts, this.optionsOf);
  }

  /** How the file at a path of this machine is read. */
  readonly optionsOf = (path: string): WorkOptions => workOptions(this.parts.settings, this.files.decisionsOf(path));

  pathOf(inside: string): string {
    return join(this.parts.folder.path, inside);
  }

  insideOf(path: string): string {
    return insidePath(path, this.parts.folder);
  }

  /** All candidates, from the root; those whose paths a table cannot hold are left out, and counted. */
  async scan(signal: AbortSignal): Promise<{ readonly inside: readonly string[]; readonly unsafe: number }> {
    const found = (await this.files.scan(signal)).map((path) => this.insideOf(path));
    const inside = found.filter(isSafePath);
    return { inside, unsafe: found.length - inside.length };
  }

  /** Looks at files, and at those that the index knows to belong to them, without opening any. */
  async seen(
    asking: Asking,
    root: number,
    inside: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly SeenFile[]> {
    const companions = await companionsOf(asking, root);
    const seen: SeenFile[] = [];
    for (let from = 0; from < inside.length; from += glancesAtOnce) {
      const some = inside.slice(from, from + glancesAtOnce);
      const companies = some.map((path) => [path, ...(companions.get(path) ?? [])].map((each) => this.pathOf(each)));
      const glances = await this.parts.threads.glances(companies.flat(), signal);
      let at = 0;
      for (const [i, company] of companies.entries()) {
        const own = glances.slice(at, (at += company.length));
        if (own[0] === undefined || own[0].size < 0) continue;
        seen.push(this.seenFile(some[i] ?? '', own));
      }
    }
    return seen;
  }

  /** @returns `null` when the file is not there any more @throws FileChangedError, UnreadableError */
  lookAt(inside: string, signal: AbortSignal): Promise<CatalogueFile | null> {
    return this.contents.lookAt(this.pathOf(inside), 'background', signal);
  }

  /** A file as it was when its content was looked at. */
  asLookedAt(inside: string, { record }: CatalogueFile): SeenFile {
    return this.seenFile(inside, record === null ? [] : [record, ...record.companions]);
  }

  /** The key of a content and of all that decides, beside encoder and scale, what is made of it. */
  contentOf({ record, path }: CatalogueFile): string | null {
    if (record === null) return null;
    return keyOf(
      this.contents.contentKey(record),
      this.optionsOf(path).maximumSteps,
      String(this.parts.settings.commonRates),
    );
  }

  /** What a file holds is looked up anew. */
  forget(inside: string): void {
    this.contents.forget(this.pathOf(inside));
  }

  begin(inside: string): void {
    this.attempts.begin(this.pathOf(inside));
  }

  end(inside: string): void {
    this.attempts.end(this.pathOf(inside));
  }

  close(): void {
    this.attempts.close();
  }

  private seenFile(path: string, files: readonly { readonly size: number; readonly modified: number }[]): SeenFile {
    const options = keyOf(readersVersion, JSON.stringify(this.optionsOf(this.pathOf(path))));
    return {
      ...{ path, options },
      size: files.reduce((sum, { size }) => sum + size, 0),
      modified: largest(
        files.map(({ modified }) => modified),
        0,
      ),
    };
  }
}

/** The files that recordings consist of beside their own, as the index knows them. */
async function companionsOf(asking: Asking, root: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = `SELECT path, companions FROM kindred.files WHERE root = $1 AND companions <> '[]'::jsonb`;
  const rows = v.parse(known, await asking.rows({ text, values: [root] }));
  return new Map(
    rows.map(({ path, companions }) => [path, v.is(paths, companions) ? companions.filter(isSafePath) : []]),
  );
}
