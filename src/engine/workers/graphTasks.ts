import { duplicateCounts, suggestedThreshold } from '../../core/ranking/checks/duplicates';
import { groupsOf } from '../../core/ranking/checks/groups';
import { outlierFactors } from '../../core/ranking/checks/outliers';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import type { GraphEdges, Tasks } from './tasks';

const groupSeed = 1;

type GraphTasks = Pick<Tasks, 'outlierFactors' | 'groups' | 'duplicateCounts'>;

/** What is made of a graph of neighbours alone, on a worker thread: of many sequences it takes seconds. */
export const graphTasks: GraphTasks = {
  outlierFactors({ graph }) {
    const whole = withNumbers(graph);
    return new Float64Array(outlierFactors(whole, suggestedThreshold(whole)));
  },
  groups({ graph }) {
    return groupsOf(withNumbers(graph), groupSeed).filter(({ members }) => members.length > 1);
  },
  duplicateCounts({ graph, steps, known }) {
    return duplicateCounts(withNumbers(graph), steps, known);
  },
};

/** Nothing of this depends on how sequences are called. */
function withNumbers({ count, ...edges }: GraphEdges): NeighbourGraph {
  return { ...edges, keys: Array.from({ length: count }, (_, i) => String(i)) };
}
