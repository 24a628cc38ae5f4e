import {
  CancellationError,
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  MarkdownString,
  type Disposable,
  type LanguageModelTool,
  type LogOutputChannel,
} from 'vscode';
import { callTool, inputOf } from '../../api/tools/callTool';
import type { Tool } from '../../api/tools/tool';
import { tools } from '../../api/tools/tools';
import { QuestionError } from '../../api/questionError';
import { cancellable } from '../editor/cancellable';
import { detailsOf, messageOf } from '../failure';
import type { IndexedWorkspace } from '../workspace/indexedWorkspace';
import { checkMayRun, foldersOnDisk } from '../workspace/permission';

/** Registers the tools that the manifest declares for the editor's language models. */
export function registerTools(workspace: IndexedWorkspace, log: LogOutputChannel): readonly Disposable[] {
  return tools.map((tool) => lm.registerTool(tool.name, languageModelTool(tool, workspace, log)));
}

function languageModelTool(tool: Tool, workspace: IndexedWorkspace, log: LogOutputChannel): LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input }) => {
      checkMayRun();
      if (tool.confirm === undefined) return { invocationMessage: tool.title };
      const { title, message } = tool.confirm(inputOf(tool, input));
      // Names of files stand in it, which are no Markdown.
      return {
        invocationMessage: title,
        confirmationMessages: { title, message: new MarkdownString().appendText(message) },
      };
    },
    invoke: async ({ input }, token) => {
      try {
        const world = { ask: workspace.engine().ask, folders: foldersOnDisk() };
        const text = await cancellable(token, (signal) => callTool(tool, world, input, signal));
        return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
      } catch (error) {
        if (error instanceof QuestionError || error instanceof CancellationError) throw error;
        log.error(detailsOf(error));
        throw new Error(messageOf(error), { cause: error });
      }
    },
  };
}
