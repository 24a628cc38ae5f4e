import * as v from 'valibot';
import type { ExtensionContext } from 'vscode';
import { t } from '../../l10n/messages';

const key = 'kindred.encoder';

const chosenEncoder = v.object({ folder: v.string(), name: v.string() });
export type ChosenEncoder = v.InferOutput<typeof chosenEncoder>;

/** Which encoder this workspace ranks by: the bundled one unless the user has chosen another. */
export class EncoderChoice {
  /** The folder of the encoder that comes with Kindred. */
  readonly bundled: string;
  readonly #context: ExtensionContext;

  constructor(context: ExtensionContext) {
    this.#context = context;
    this.bundled = context.asAbsolutePath('models');
  }

  get folder(): string {
    return this.#chosen()?.folder ?? this.bundled;
  }

  get name(): string {
    return this.#chosen()?.name ?? t('Bundled encoder');
  }

  /** @param encoder `null` for the bundled one */
  async set(encoder: ChosenEncoder | null): Promise<void> {
    await this.#context.workspaceState.update(key, encoder ?? undefined);
  }

  #chosen(): ChosenEncoder | null {
    const saved = v.safeParse(chosenEncoder, this.#context.workspaceState.get(key));
    return saved.success ? saved.output : null;
  }
}
