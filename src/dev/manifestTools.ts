import { inputSchema } from '../api/tools/inputSchema';
import { tools } from '../api/tools/tools';

/** What `package.json` declares of the tools for the editor's language models; a test holds it to this. */
export function manifestTools(): readonly object[] {
  return tools.map((tool) => {
    const short = tool.name.replace(/^kindred_/, '').replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    return {
      name: tool.name,
      displayName: `%tool.${short}%`,
      modelDescription: tool.description,
      toolReferenceName: `kindred${short.charAt(0).toUpperCase()}${short.slice(1)}`,
      canBeReferencedInPrompt: true,
      icon: '$(graph-line)',
      tags: ['kindred', 'time series'],
      when: 'isWorkspaceTrusted',
      inputSchema: inputSchema(tool),
    };
  });
}
