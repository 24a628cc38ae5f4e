/** What the manifest calls the provider of `kindred mcp`. */
export const mcpProvider = 'kindred.mcp';
