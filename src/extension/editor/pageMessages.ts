import * as v from 'valibot';
import type { OfType } from '../../protocol/shapes';

interface Typed {
  readonly type: string;
}

/** One handler for each type of message. */
export type Handlers<Message extends Typed, Type extends Message['type'] = Message['type']> = {
  readonly [Each in Type]: (message: OfType<Message, Each>) => unknown;
};

/** What a page has sent: a message with its handler, or something that is none. */
export type Received<Message> =
  | { readonly fits: true; readonly message: Message; readonly handle: () => Promise<void> }
  | { readonly fits: false; readonly issues: readonly v.BaseIssue<unknown>[] };

/** Holds what a page has sent against the schema of its messages: a page shows hostile strings. */
export function received<Message extends Typed>(
  schema: v.GenericSchema<unknown, Message>,
  handlers: Handlers<Message>,
  raw: unknown,
): Received<Message> {
  const { success, output, issues } = v.safeParse(schema, raw);
  if (!success) return { fits: false, issues };
  const message: Message = output;
  // The table has one handler for each type, of that type's messages.
  const handle = handlers[message.type as Message['type']] as (message: Message) => unknown;
  return {
    fits: true,
    message,
    handle: async () => {
      await handle(message);
    },
  };
}
