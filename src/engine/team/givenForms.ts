import { fromScaleRecord, toScaleRecord, type LayoutForm } from '../../core/index/store/layoutForm';
import type { OpenParams } from '../../protocol/engine';
import type { TeamScale } from './scales';
import { digestOfKey } from './texts';

/** The forms of a team's layouts, for an index of this machine whose distances are to be comparable. */
export function formsOf(scales: Iterable<TeamScale>): NonNullable<OpenParams['forms']> {
  return Object.fromEntries([...scales].map(({ layout, form }) => [layout, toScaleRecord(form)]));
}

/** What an index was opened with, by the keys of layouts. */
export function givenForms(forms: OpenParams['forms'] = {}): (layout: string) => LayoutForm | undefined {
  const byDigest = new Map(Object.entries(forms));
  const known = new Map<string, LayoutForm | undefined>();
  return (layout) => {
    if (byDigest.size === 0) return undefined;
    if (!known.has(layout)) {
      const record = byDigest.get(digestOfKey(layout));
      known.set(
        layout,
        record &&
          fromScaleRecord(
            { centres: [...record.centres], spreads: [...record.spreads], rates: [...record.rates] },
            record.centres.length,
          ),
      );
    }
    return known.get(layout);
  };
}
