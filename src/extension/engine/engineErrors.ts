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
}

/** Turns the engine's refusal into an error for the user. */
export function refusalOf(refusal: Error & { readonly data?: unknown }): EngineRefused {
  return new EngineRefused(asSentence(reasonIn(refusal.data) ?? refusal.message), { cause: refusal });
}

function reasonIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('reason' in data)) return undefined;
  return typeof data.reason === 'string' ? data.reason : undefined;
}
