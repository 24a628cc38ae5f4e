import type * as v from 'valibot';
import type { AskEngine, WorkspaceFolder } from '../../protocol/engine';

/** What a tool works with. */
export interface ToolWorld {
  readonly ask: AskEngine;
  /** Nothing outside of them is read or written. */
  readonly folders: readonly WorkspaceFolder[];
}

/** What a user is asked before a tool does anything. */
export interface Confirmation {
  readonly title: string;
  readonly message: string;
}

/** Something that an agent can ask for: for the editor's language models and for MCP alike. */
export interface Tool<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** For the model. */
  readonly description: string;
  readonly input: Schema;
  /** Set for a tool that writes: it must not run unless the user has agreed to this. */
  readonly confirm?: (input: v.InferOutput<Schema>) => Confirmation;
  /**
   * Short text for the model. Texts of files stand in it in quotes (`quoted`).
   * @throws QuestionError, and what the engine refuses
   */
  run(world: ToolWorld, input: v.InferOutput<Schema>, signal: AbortSignal): Promise<string>;
}

/** Keeps the types of input and function together. */
export function tool<Schema extends v.GenericSchema>(defined: Tool<Schema>): Tool {
  return defined as unknown as Tool;
}
