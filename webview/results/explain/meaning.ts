import type { Calibration } from '../../../src/protocol/explanation';
import { formatCount, formatShare } from '../../shared/format';
import { t } from '../../shared/l10n';

export type { Calibration };

/** Fewer pairs than these say nothing of how often labels agree. */
const fewestPairs = 5;

/** The share of all pairs that are at least as far apart as `distance`, or `null` where there are none. */
export function shareBeyond({ distances }: Calibration, distance: number): number | null {
  const last = distances.length - 1;
  if (last < 0) return null;
  const above = distances.findIndex((each) => each > distance);
  const [low, high] = [distances[above - 1], distances[above]];
  if (high === undefined) return 0;
  if (low === undefined) return 1;
  const position = above - 1 + (high > low ? (distance - low) / (high - low) : 0);
  return 1 - (position / last) ** 2;
}

/** Of the pairs with labels that are no farther apart than `distance`: how many there are, and how many share theirs. */
export function sameWithin({ labels }: Calibration, distance: number): { pairs: number; same: number } | null {
  if (labels === null) return null;
  const above = labels.distances.findIndex((each) => each > distance);
  const at = (above < 0 ? labels.distances.length : above) - 1;
  const pairs = labels.pairs[at] ?? 0;
  return pairs < fewestPairs ? null : { pairs, same: labels.same[at] ?? 0 };
}

/** What a distance means, in one or two short sentences. */
export function meaningOf(calibration: Calibration, distance: number): readonly string[] {
  const beyond = shareBeyond(calibration, distance);
  if (beyond === null) return [];
  const said = [
    beyond >= 0.9995 ? t('Nearer than 99.9 % of all pairs') : t('Nearer than {0} of all pairs', formatShare(beyond)),
  ];
  const near = sameWithin(calibration, distance);
  if (near !== null) {
    const { same, pairs } = near;
    said.push(
      t(
        '{0} of the pairs this near have the same label ({1} of {2})',
        formatShare(same / pairs),
        formatCount(same),
        formatCount(pairs),
      ),
    );
  }
  return said;
}
