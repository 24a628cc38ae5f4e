import { suggestedThreshold } from '../../core/ranking/checks/duplicates';
import { groupsOf } from '../../core/ranking/checks/groups';
import { outlierFactors } from '../../core/ranking/checks/outliers';
import type { NeighbourGraph } from '../../core/ranking/neighbours/graph';
import { oncePer } from './oncePer';

const groupSeed = 1;

/** The local outlier factor of every sequence. */
export const factorsOf = oncePer((graph: NeighbourGraph) => outlierFactors(graph, suggestedThreshold(graph)));

/** The groups of more than one sequence. */
export const groupsIn = oncePer((graph: NeighbourGraph) =>
  groupsOf(graph, groupSeed).filter(({ members }) => members.length > 1),
);
