import { toJsonSchema } from '@valibot/to-json-schema';
import type { Tool } from './tool';

/** What a tool takes, as the JSON schema that models are shown. */
export function inputSchema({ input }: Tool): { readonly type: 'object' } & Readonly<Record<string, unknown>> {
  const schema = toJsonSchema(input, { errorMode: 'throw', ignoreActions: ['trim', 'regex'] });
  return { ...withoutAddress(schema), type: 'object' };
}

/** A schema without the address of its language, to stand within another. */
export function withoutAddress(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$schema'));
}
