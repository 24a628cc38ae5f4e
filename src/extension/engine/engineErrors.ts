import * as v from 'valibot';
import { refusal, type Refusal, type RefusalKind } from '../../protocol/engine';
import { KindredError } from '../failure';
import { asSentence } from '../editor/text';
import { t } from '../../l10n/messages';

/** The engine's process ended before it had answered. */
export class EngineDied extends KindredError {
  override readonly name = 'EngineDied';

  constructor(cause?: unknown) {
    super(t('The Kindred engine stopped before it had answered. It is being restarted: please try again.'), { cause });
  }
}

/** The engine is not running, and will not be unless the user does something. */
export class EngineUnavailable extends KindredError {
  override readonly name = 'EngineUnavailable';

  constructor(message: string) {
    super(message, { remedies: [{ label: t('Restart'), command: 'kindred.restartEngine' }] });
  }
}

/** The engine answered that it cannot do what it was asked. */
export class EngineRefused extends KindredError {
  override readonly name = 'EngineRefused';

  constructor(
    message: string,
    readonly kind: RefusalKind,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether the engine does not keep a ranking any more. */
export function isGone(error: unknown): boolean {
  return error instanceof EngineRefused && error.kind === 'gone';
}

/** Turns the engine's refusal into an error for the user. */
export function refusalOf(error: Error & { readonly data?: unknown }): EngineRefused {
  const told = v.safeParse(refusal, error.data);
  const { kind, reason }: Refusal = told.success ? told.output : { kind: 'internal', reason: error.message };
  return new EngineRefused(asSentence(reason), kind, { cause: error });
}
