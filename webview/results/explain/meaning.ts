import type { Calibration } from '../../../src/protocol/explanation';
import { formatCount, formatNumber } from '../../shared/format';
import { t } from '../../shared/l10n';

export type { Calibration };

/** Fewer pairs than these say nothing of how often labels agree. */
const fewestPairs = 5;

/** Ratios to the usual distance that are not worth telling. */
const sameRatio = 1.1;
const mostRatio = 1000;

/** The distance below which a share of all pairs are, or `null` where there are none. */
export function distanceAt({ distances }: Calibration, share: number): number | null {
  const position = Math.sqrt(share) * (distances.length - 1);
  const [low, high] = [distances[Math.floor(position)], distances[Math.ceil(position)]];
  if (low === undefined || high === undefined) return null;
  return low + (position - Math.floor(position)) * (high - low);
}

/** Of the pairs of labelled recordings that are near, how many share their label. */
export interface SameLabel {
  readonly pairs: number;
  readonly same: number;
  /** Whether these are all that are no farther apart than a distance; else the few nearest, some of which are. */
  readonly within: boolean;
}

/** Of the pairs that are no farther apart than `distance`; `null` where labels tell nothing because all or none agree. */
export function sameWithin({ labels }: Calibration, distance: number): SameLabel | null {
  const [all, agreeing] = [labels?.pairs.at(-1) ?? 0, labels?.same.at(-1) ?? 0];
  if (labels === null || all < fewestPairs || agreeing === 0 || agreeing === all) return null;
  const few = labels.pairs.findIndex((pairs) => pairs >= fewestPairs);
  const above = labels.distances.findIndex((each) => each > distance);
  const last = (above < 0 ? labels.distances.length : above) - 1;
  const at = Math.max(few, last);
  return { pairs: labels.pairs[at] ?? 0, same: labels.same[at] ?? 0, within: last >= few };
}

/**
 * What a distance means: first the words for a row, the same kind of words for all rows of a list, then what they mean.
 *
 * @param format the way that all distances of the list are written
 */
export function meaningOf(
  calibration: Calibration,
  distance: number,
  format: (distance: number) => string,
): readonly string[] {
  const usual = distanceAt(calibration, 0.5);
  if (usual === null) return [];
  const near = sameWithin(calibration, distance);
  const close = closenessText(usual, distance);
  const explained = [
    t('Usual is {0}: half of all pairs of recordings that are ranked together are nearer than that.', format(usual)),
    ...(calibration.exact ? [] : [t('Measured on {0} pairs, a sample.', formatCount(calibration.pairs))]),
  ];
  if (near === null) return [close, ...explained];
  return [labelsText(near), ...labelsExplained(calibration, near), close, ...explained];
}

function labelsText({ pairs, same, within }: SameLabel): string {
  const counts = [formatCount(same), formatCount(pairs)] as const;
  return within
    ? t('{0} of {1} pairs this near share a label', ...counts)
    : t('{0} of the {1} nearest pairs share a label', ...counts);
}

function labelsExplained({ labels }: Calibration, { within }: SameLabel): readonly string[] {
  const [pairs, same] = [labels?.pairs.at(-1) ?? 0, labels?.same.at(-1) ?? 0];
  return [
    within
      ? t(
          'A pair is any two labelled recordings that are ranked together; this near, if no farther apart than this match.',
        )
      : t('A pair is any two labelled recordings that are ranked together; few of them are as near as this match.'),
    t('Of all pairs {0} of {1} share a label.', formatCount(same), formatCount(pairs)),
  ];
}

function closenessText(usual: number, distance: number): string {
  if (distance === 0) return t('No difference was found');
  const ratio = usual / distance;
  if (ratio > mostRatio) return t('Much closer than usual');
  if (ratio >= sameRatio) return t('{0} times closer than usual', timesText(ratio));
  if (ratio > 1 / sameRatio) return t('As far apart as usual');
  if (ratio < 1 / mostRatio) return t('Much farther apart than usual');
  return t('{0} times farther apart than usual', timesText(1 / ratio));
}

function timesText(ratio: number): string {
  return formatNumber(ratio, ratio < 10 ? 2 : 3);
}
