import { toJsonSchema } from '@valibot/to-json-schema';
import type { Tool } from './tool';

/** What a tool takes, as the JSON schema that models are shown. */
export function inputSchema({ input }: Tool): { readonly type: 'object' } & Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = toJsonSchema(input, { errorMode: 'throw', ignoreActions: ['trim', 'regex'] });
  return { ...schema, type: 'object' };
}
