import * as v from 'valibot';
import { RequestError } from '../engine/requestError';

/** What a command was given, checked by its schema. @throws RequestError that says what does not fit */
export function paramsOf<Schema extends v.GenericSchema>(schema: Schema, given: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const at = v.getDotPath(issue);
  throw new RequestError(`${at === null ? 'What was given' : `“${at}”`} does not fit: ${issue.message}.`, {
    kind: 'invalid',
    cause: new v.ValiError(parsed.issues),
  });
}
