import * as v from 'valibot';
import { QuestionError } from '../questionError';
import type { Tool, ToolWorld } from './tool';

/** What a model gave a tool, checked. @throws QuestionError that says what does not fit */
export function inputOf({ input }: Tool, given: unknown): unknown {
  const parsed = v.safeParse(input, given ?? {});
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const at = v.getDotPath(issue);
  throw new QuestionError(`${at === null ? 'What was given' : `“${at}”`} does not fit: ${issue.message}.`);
}

/**
 * Runs a tool. One that writes must have been confirmed.
 * @throws QuestionError, and what the engine refuses
 */
export function callTool(tool: Tool, world: ToolWorld, given: unknown, signal: AbortSignal): Promise<string> {
  return tool.run(world, inputOf(tool, given), signal);
}
