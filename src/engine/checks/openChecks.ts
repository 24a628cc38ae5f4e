import type { WorkspaceFolder } from '../../protocol/engine';
import { Checks, type ChecksParts } from './checks';
import { GraphsOnTheSpot, type KnownGraph } from './graphs';
import { Ignoring } from './ignoring';
import { SampleScan, type ScanParts } from './sampleScan';

type Parts = Omit<ChecksParts & ScanParts, 'graphs' | 'scan' | 'ignoring'> & {
  readonly folders: readonly WorkspaceFolder[];
  readonly note: (text: string) => void;
  /** The graph of a layout that is kept up to date, or `null` where there is none yet. */
  readonly kept: (layout: string | null) => KnownGraph | null;
};

/** The checks of an open workspace. @param closed ends what they do in the background */
export function openChecks(parts: Parts, closed: AbortSignal): Checks {
  const made = new GraphsOnTheSpot(parts);
  return new Checks({
    ...parts,
    graphs: { graphOf: async (layout, signal) => parts.kept(layout) ?? (await made.graphOf(layout, signal)) },
    scan: new SampleScan(parts, closed),
    ignoring: new Ignoring(parts.folders, parts.note),
  });
}
