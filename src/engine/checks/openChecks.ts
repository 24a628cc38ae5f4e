import type { WorkspaceFolder } from '../../protocol/engine';
import { Checks, type ChecksParts } from './checks';
import { Ignoring } from './ignoring';
import { SampleScan, type ScanParts } from './sampleScan';

type Parts = Omit<ChecksParts & ScanParts, 'scan' | 'ignoring'> & {
  readonly folders: readonly WorkspaceFolder[];
  readonly note: (text: string) => void;
};

/** The checks of an open workspace. @param closed ends what they do in the background */
export function openChecks(parts: Parts, closed: AbortSignal): Checks {
  return new Checks({
    ...parts,
    scan: new SampleScan(parts, closed),
    ignoring: new Ignoring(parts.folders, parts.note),
  });
}
