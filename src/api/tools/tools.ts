import { compareRecordings } from './comparing';
import { checkFolder, listLabels } from './folder';
import { setLabel } from './labelling';
import { describeRecording, findSimilar } from './reading';
import type { Tool } from './tool';

/** Everything that agents can ask for, in the editor and over MCP. */
export const tools: readonly Tool[] = [
  findSimilar,
  describeRecording,
  compareRecordings,
  checkFolder,
  listLabels,
  setLabel,
];
