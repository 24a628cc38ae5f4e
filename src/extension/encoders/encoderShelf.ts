import { join } from 'node:path';
import { EventEmitter, workspace as editor, type Disposable, type ExtensionContext } from 'vscode';
import { t } from '../../l10n/messages';
import type { EncoderEntry, EncoderPlaces } from '../../protocol/encoders';
import { KindredError } from '../failure';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { foldersOnDisk } from '../workspace/permission';
import { currentSettings } from '../workspace/editorSettings';

/** The encoders of this workspace, and the one in use. */
export class EncoderShelf implements Disposable {
  readonly #context: ExtensionContext;
  readonly #workspace: IndexedWorkspace;
  readonly #changed = new EventEmitter<undefined>();

  /** Another encoder is in use, or the encoders are not those that they were. */
  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, workspace: IndexedWorkspace) {
    this.#context = context;
    this.#workspace = workspace;
  }

  get places(): EncoderPlaces {
    const storage = this.#context.storageUri;
    if (storage === undefined)
      throw new KindredError(t('The editor gave no folder to keep encoders in. Open a folder first.'));
    return {
      bundled: this.#context.asAbsolutePath('models'),
      storage: join(storage.fsPath, 'encoders'),
      shared: foldersOnDisk().map(({ path }) => sharedFolder(path)),
    };
  }

  /** The folder of the encoder in use. */
  get active(): string {
    return this.#workspace.encoder.folder;
  }

  /** What the encoder in use is called, as far as that is known without reading it. */
  get activeName(): string {
    return this.#workspace.encoder.name;
  }

  async all(): Promise<readonly EncoderEntry[]> {
    return this.#workspace.engine().ask('encoders', { places: this.places });
  }

  /** Keeps the encoder that a fine-tuning made, where the settings say. */
  async keep(tuning: string): Promise<EncoderEntry> {
    const { places } = this;
    const [first] = places.shared;
    const to = currentSettings().keepIn === 'workspace' && first !== undefined ? first : places.storage;
    const name = t('Fine-tuned {0}', minuteOf(new Date()));
    return this.#changing(() => this.#workspace.engine().ask('keepEncoder', { tuning, to, name, places }));
  }

  /** Ranks by another encoder from now on. */
  async use({ folder, place, card }: EncoderEntry): Promise<void> {
    const encoder = place === 'bundled' ? null : { folder, name: card.name };
    await this.#changing(() => this.#workspace.useEncoder(encoder));
  }

  async import(from: string): Promise<EncoderEntry> {
    if (!editor.isTrusted) {
      throw new KindredError(t('Kindred loads no encoder in Restricted Mode. Trust this workspace to import one.'), {
        remedies: [{ label: t('Manage Trust'), command: 'workbench.trust.manage' }],
      });
    }
    const { places } = this;
    return this.#changing(() => this.#workspace.engine().ask('importEncoder', { from, places }));
  }

  async export(folder: string, to: string): Promise<void> {
    await this.#workspace.engine().ask('exportEncoder', { places: this.places, folder, to });
  }

  async rename(folder: string, name: string): Promise<void> {
    const { places } = this;
    await this.#changing(async () => {
      const { card } = await this.#workspace.engine().ask('renameEncoder', { places, folder, name });
      if (folder === this.active) await this.#workspace.rememberEncoder({ folder, name: card.name });
    });
  }

  /** Removes an encoder; one in use gives way to the bundled one. */
  async remove(folder: string): Promise<void> {
    const { places } = this;
    await this.#changing(async () => {
      if (folder === this.active) await this.#workspace.useEncoder(null);
      await this.#workspace.engine().ask('removeEncoder', { places, folder });
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Tells of a change, of one that failed half-way too. */
  async #changing<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      this.#changed.fire(undefined);
    }
  }
}

/** `2026-01-31 09:05` where the user is: encoders are sorted by their names. */
function minuteOf(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}

/** Where encoders of a workspace folder lie that version control shares. */
function sharedFolder(folder: string): string {
  return join(folder, '.kindred', 'models');
}
