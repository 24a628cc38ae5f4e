import {
  window,
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  type Disposable,
  type Uri,
  type ViewColumn,
  type WebviewPanel,
} from 'vscode';
import type { Span } from '../../protocol/explanation';
import type { SequenceRef } from '../../protocol/sequences';
import { setContextKey } from '../editor/contextKey';
import type { Situation } from '../index/situation';
import type { RecordingAction } from './actions';
import { recordingViews } from './kinds';
import { OpenRecording, type RecordingWorld } from './openRecording';
import { openRecording } from './openWith';

/** The tabs of this window that show a recording each. */
export class RecordingEditors implements CustomReadonlyEditorProvider, Disposable {
  readonly #world: RecordingWorld;
  readonly #open = new Set<OpenRecording>();
  /** Sequences that are to be shown first, by the path of their file. */
  readonly #wanted = new Map<string, number>();
  readonly #subscriptions: readonly Disposable[];

  constructor(world: RecordingWorld) {
    this.#world = world;
    this.#subscriptions = Object.values(recordingViews).map((view) =>
      window.registerCustomEditorProvider(view, this, { supportsMultipleEditorsPerDocument: true }),
    );
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  /** Called by the editor for every tab, also when the window was reloaded. */
  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const number = this.#wanted.get(uri.fsPath) ?? null;
    this.#wanted.delete(uri.fsPath);
    const open: OpenRecording = new OpenRecording({ panel, uri, number }, this.#world, {
      focused: (focused) => {
        setContextKey(this.#world.log, 'kindred.recordingFocused', focused);
      },
      closed: () => this.#open.delete(open),
      step: (path) => this.show(path, null, { viewColumn: panel.viewColumn, preserveFocus: false }),
    });
    this.#open.add(open);
    this.#world.did('recording');
  }

  /**
   * Shows a recording in a preview tab.
   * @param number of the sequence, or `null` for the one that is shown or the first
   * @throws KindredError when the file cannot be reached
   */
  async show(path: string, number: number | null, place: Parameters<typeof openRecording>[1]): Promise<void> {
    const open = this.#at(path, place.viewColumn);
    if (number !== null && open === undefined) this.#wanted.set(path, number);
    try {
      await openRecording(path, place);
    } catch (error) {
      this.#wanted.delete(path);
      throw error;
    }
    if (number !== null) await open?.session.show(number);
  }

  /** Shows a stretch of a sequence, selected; otherwise as `show`. */
  async showPart(path: string, number: number, span: Span, place: Parameters<typeof openRecording>[1]): Promise<void> {
    await this.show(path, number, place);
    await this.#at(path, place.viewColumn)?.session.mark(number, span);
  }

  /** The sequence that the active tab shows, if it shows one of this file. */
  shownOf(path: string): SequenceRef | null {
    const active = this.#active();
    return active?.uri.fsPath === path ? active.session.shown : null;
  }

  /** Lets the active tab do what a menu or a key asks for. */
  async run(action: RecordingAction): Promise<void> {
    await this.#active()?.actions[action]();
  }

  /** What is said of the recordings, such as their labels, may have changed. */
  refresh(): void {
    for (const { renew } of this.#open) renew();
  }

  /** Asks what could not be asked before the engine ran. */
  follow(situation: Situation): void {
    if (situation.kind !== 'open') return;
    for (const { session, renew } of this.#open) if (session.isWaiting) renew();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const open of this.#open) open.dispose();
    this.#open.clear();
  }

  #at(path: string, column: ViewColumn | undefined): OpenRecording | undefined {
    return [...this.#open].find(({ panel, uri }) => uri.fsPath === path && panel.viewColumn === column);
  }

  #active(): OpenRecording | undefined {
    return [...this.#open].find(({ panel }) => panel.active);
  }
}
