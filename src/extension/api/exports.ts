import { EventEmitter, type CancellationToken, type Disposable, type Uri } from 'vscode';
import * as v from 'valibot';
import { isDeepStrictEqual } from 'node:util';
import type { Embedding, EmbedOptions, IndexState, KindredApi, KindredExports } from '../../../docs/kindred';
import { recordingOf, refOf } from '../../api/recording';
import { float32Of, search } from '../../api/search';
import { t } from '../../l10n/messages';
import { commandEntries } from '../../protocol/commands/commands';
import { cancellable } from '../editor/cancellable';
import { KindredError } from '../failure';
import type { Situation } from '../index/situation';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';

const searchOptions = v.pick(commandEntries.search.params, ['sequence', 'top', 'allLayouts', 'weights']);
const embedOptions = v.pick(commandEntries.search.params, ['sequence']);

/** What other extensions may ask (`docs/api.md`). */
export class ExtensionApi implements KindredApi, Disposable {
  readonly version = 1;
  readonly #changed = new EventEmitter<IndexState>();
  readonly onDidChangeIndex = this.#changed.event;
  #told: IndexState;

  constructor(private readonly workspace: IndexedWorkspace) {
    this.#told = stateOf(workspace.situation);
  }

  get index(): IndexState {
    return stateOf(this.workspace.situation);
  }

  async search(...[file, options = {}, token]: Parameters<KindredApi['search']>) {
    const asked = { ...given(searchOptions, options), file: pathOf(file) };
    const engine = this.workspace.engine();
    return await cancellable(token, (signal) => search(engine.ask, { ...asked, ...plain }, signal));
  }

  async embed(file: Uri, options: EmbedOptions = {}, token?: CancellationToken): Promise<Embedding> {
    const { sequence } = given(embedOptions, options);
    const sequences = [refOf({ file: pathOf(file), sequence })];
    const engine = this.workspace.engine();
    const {
      encoder,
      weights,
      sequences: found,
    } = await cancellable(token, (signal) => engine.ask('embeddings', { sequences }, signal));
    const [first] = found;
    if (first === undefined) throw new Error('the engine answers with an embedding for every sequence');
    const values = float32Of(first.values);
    const width = values.length / first.channels;
    return {
      recording: recordingOf(first.sequence),
      encoder,
      channels: Array.from({ length: first.channels }, (_, c) => values.slice(c * width, (c + 1) * width)),
      weights: float32Of(weights),
    };
  }

  follow(situation: Situation): void {
    const state = stateOf(situation);
    if (isDeepStrictEqual(state, this.#told)) return;
    this.#told = state;
    this.#changed.fire(state);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const plain = { also: [], like: [], unlike: [], rankBy: 'nearest', embeddings: false } as const;

/** What `activate` gives other extensions. @param api `null` where Kindred could not start */
export function exportsOf(api: KindredApi | null): KindredExports {
  return {
    getApi: (version: unknown) => {
      if (api === null) throw new KindredError(t('Kindred could not start. Its log tells more.'));
      if (version !== 1) throw new KindredError(t('This release of Kindred has version {0} of its interface.', 1));
      return api;
    },
  };
}

/** @throws KindredError for options that do not fit */
function given<Schema extends v.GenericSchema>(schema: Schema, options: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, options);
  if (parsed.success) return parsed.output;
  const detail = parsed.issues.map(({ message }) => message).join('; ');
  throw new KindredError(t('Kindred was asked by another extension for something that does not fit: {0}', detail));
}

function pathOf({ scheme, fsPath }: Uri): string {
  if (scheme === 'file') return fsPath;
  throw new KindredError(t('Kindred reads files on a disk only.'));
}

const nothing = { sequences: 0, done: 0, total: 0 } as const;

function stateOf(situation: Situation): IndexState {
  if (situation.kind !== 'open') return { state: situation.kind, ...nothing };
  const { state, sequences, done, total } = situation.status;
  return { state, sequences, done, total };
}
