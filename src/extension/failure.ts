import { asSentence } from './editor/text';
import { t } from '../l10n/messages';

/** What the user can do about a failure: a button with `label` that runs `command`. */
export interface Remedy {
  readonly label: string;
  readonly command: string;
}

/** A failure whose message is written for the user, in complete sentences. */
export class KindredError extends Error {
  override readonly name: string = 'KindredError';
  readonly remedies: readonly Remedy[];

  constructor(message: string, options: ErrorOptions & { readonly remedies?: readonly Remedy[] } = {}) {
    super(message, options);
    this.remedies = options.remedies ?? [];
  }
}

/** The buttons to offer for `error`; the log is always one of them. */
export function remediesOf(error: unknown): readonly Remedy[] {
  const showLog = { label: t('Show Log'), command: 'kindred.showLog' };
  return error instanceof KindredError ? [...error.remedies, showLog] : [showLog];
}

/** What the user is told of `error`: complete sentences, without a stack. */
export function messageOf(error: unknown): string {
  if (error instanceof KindredError) return error.message;
  return asSentence(t('Something unexpected went wrong: {0}', error instanceof Error ? error.message : String(error)));
}

/** What the log is told of `error`: everything, with its causes. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${detailsOf(error.cause)}`;
}
