import { element } from '../../shared/dom';
import { t } from '../../shared/l10n';
import type { StripScale } from '../../shared/plots/strip';
import { distanceAt, type Calibration } from './meaning';

/** Pairs below these shares of all pairs count as near agreement, and as all that the colour can show. */
const nearShare = 0.1;
const farShare = 0.9;

/** As multiples of the distance of a pair, where other pairs tell nothing. */
const ownNear = 0.4;
const ownFar = 2.5;

/** A scale for strips, with where it comes from. */
export interface NamedScale extends StripScale {
  /** Whether the pairs of the list made it, so that strips of one list can be compared. */
  readonly shared: boolean;
}

/**
 * One scale for the strips of all pairs of a list: nothing is coloured up to the distance below which a tenth of the pairs
 * are, and the colour is full from the one below which nine tenths are.
 *
 * @param distance of the pair in sight, which makes the scale where there are no pairs of different distances
 */
export function stripScale(calibration: Calibration | null, distance: number): NamedScale {
  const [none, full] = [nearShare, farShare].map((share) => calibration && distanceAt(calibration, share));
  if (none != null && full != null && full > none) return { none, full, shared: true };
  const size = distance > 0 ? distance : 1;
  return { none: ownNear * size, full: ownFar * size, shared: false };
}

export interface StripLegend {
  readonly node: HTMLElement;
  update(scale: NamedScale, format: (distance: number) => string): void;
}

/** Says which distances the colours of strips stand for. */
export function stripLegend(): StripLegend {
  const text = element('span', {});
  const from = element('span', { class: 'strip-none' });
  const to = element('span', { class: 'strip-full' });
  const colours = element('span', { class: 'strip-colours', 'aria-hidden': 'true' });
  const node = element('p', { class: 'dim strip-legend' }, text, from, colours, to);
  return {
    node,
    update: (scale, format) => {
      const [none, full] = [format(scale.none), format(scale.full)];
      text.textContent = t('Differs here by');
      from.textContent = t('up to {0}', none);
      to.textContent = t('{0} or more', full);
      const what = t('The colour says what the distance would be if everything differed as it does here.');
      node.title = `${what}\n${
        scale.shared
          ? t(
              'All strips of this list have one scale: a tenth of its pairs are nearer than {0}, a tenth are farther apart than {1}.',
              none,
              full,
            )
          : t('There are too few pairs for a common scale: this pair has its own.')
      }`;
    },
  };
}
