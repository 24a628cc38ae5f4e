import { suggestedThreshold } from '../../core/ranking/checks/duplicates';
import { groupsOf } from '../../core/ranking/checks/groups';
import { outlierFactors } from '../../core/ranking/checks/outliers';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';

/** What is made of a graph alone is made once, as long as somebody has the graph: lists are asked for page by page. */
function oncePerGraph<T>(make: (graph: NeighbourGraph) => T): (graph: NeighbourGraph) => T {
  const known = new WeakMap<NeighbourGraph, { readonly made: T }>();
  return (graph) => {
    const found = known.get(graph) ?? { made: make(graph) };
    known.set(graph, found);
    return found.made;
  };
}

const groupSeed = 1;

/** The local outlier factor of every sequence. */
export const factorsOf = oncePerGraph((graph) => outlierFactors(graph, suggestedThreshold(graph)));

/** The groups of more than one sequence. */
export const groupsIn = oncePerGraph((graph) => groupsOf(graph, groupSeed).filter(({ members }) => members.length > 1));
