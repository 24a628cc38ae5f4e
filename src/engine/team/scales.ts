import * as v from 'valibot';
import { layoutScale } from '../../core/encoder/scales';
import type { CatalogueSequence } from '../../core/index/catalogue';
import { fromScaleRecord, toScaleRecord, type LayoutForm } from '../../core/index/store/layoutForm';
import { commonRates } from '../../core/recordings/commonRates';
import type { Asking } from './connection';
import { layoutDigest } from './texts';

/** The form of a layout, which is one for the whole index. */
export interface TeamScale {
  readonly id: number;
  readonly layout: string;
  readonly channels: number;
  readonly form: LayoutForm;
}

const numbers = v.array(v.number());
const scaleRow = v.object({
  ...{ id: v.number(), layout: v.string(), channels: v.number() },
  ...{ centres: numbers, spreads: numbers, rates: numbers },
});

export const scaleColumns = 'id, layout, channels, centres, spreads, rates';

/** A row as a scale; `null` for one of impossible numbers. */
export function scaleOfRow(row: unknown): TeamScale | null {
  const parsed = v.safeParse(scaleRow, row);
  if (!parsed.success) return null;
  const { id, layout, channels, ...record } = parsed.output;
  const form = fromScaleRecord(record, channels);
  return form === undefined ? null : { id, layout, channels, form };
}

/** The scales of a team's index as far as they are known here. A scale never changes. */
export class TeamScales {
  private readonly known = new Map<string, TeamScale>();

  /** @throws nothing of its own: a layout whose row cannot be used has no scale */
  async of(asking: Asking, layouts: readonly string[]): Promise<ReadonlyMap<string, TeamScale>> {
    const missing = [...new Set(layouts)].filter((layout) => !this.known.has(layout));
    if (missing.length > 0) {
      const text = `SELECT ${scaleColumns} FROM kindred.scales WHERE layout = ANY($1)`;
      for (const row of await asking.rows({ text, values: [missing] })) {
        const scale = scaleOfRow(row);
        if (scale !== null) this.known.set(scale.layout, scale);
      }
    }
    return this.known;
  }
}

/**
 * Fixes the scales of layouts that have none by some of their sequences: who comes first decides for all, or distances of
 * different writers' recordings would mean nothing.
 */
export async function fixScales(asking: Asking, sequences: readonly CatalogueSequence[]): Promise<void> {
  const layouts = new Map<string, CatalogueSequence[]>();
  for (const sequence of sequences) {
    const layout = layoutOf(sequence);
    const members = layouts.get(layout);
    if (members === undefined) layouts.set(layout, [sequence]);
    else members.push(sequence);
  }
  for (const [layout, members] of [...layouts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const surveyed = members.map((member) => member.surveyed);
    const form = { scales: layoutScale(surveyed), rates: commonRates(surveyed.map(({ rate }) => rate)) };
    const { centres, spreads, rates } = toScaleRecord(form);
    await asking.rows({
      text: `INSERT INTO kindred.scales (layout, channels, centres, spreads, rates) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (layout) DO NOTHING`,
      values: [layout, form.scales.length, centres, spreads, rates],
    });
  }
}

/** The layout of a sequence as the index names it. */
export function layoutOf({ surveyed }: CatalogueSequence): string {
  return layoutDigest(surveyed.channels.map(({ name }) => name));
}
