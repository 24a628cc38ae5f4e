import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { EncoderError } from '../core/encoder/description';
import { tuningPlan, tuningReport, type ComparedFigure } from '../protocol/finetune';
import type { EncoderCard, EncoderEntry } from '../core/models/card';
import { keep, listEncoders } from '../core/models/library';
import type { KeepEncoder } from '../protocol/encoders';

const mostLabels = 200;

/** Keeps the encoder that a fine-tuning made, with a card that says how. @throws EncoderError when it is not complete */
export async function keepTuned({ tuning, to, name, places }: KeepEncoder): Promise<EncoderEntry> {
  const card = await cardOf(tuning, name);
  const folder = await keep(join(tuning, 'encoder'), to, card);
  const entry = (await listEncoders({ ...places, shared: [...places.shared, to] })).find(
    (known) => known.folder === folder,
  );
  if (entry?.problem === null) return entry;
  throw new EncoderError(entry?.problem ?? 'The encoder could not be kept.');
}

async function cardOf(tuning: string, name: string): Promise<EncoderCard> {
  try {
    const plan = v.parse(tuningPlan, JSON.parse(await readFile(join(tuning, 'plan.json'), 'utf8')));
    const report = v.parse(tuningReport, JSON.parse(await readFile(join(tuning, 'report.json'), 'utf8')));
    const sequences = plan.sets.flatMap((set) => set.sequences);
    const labels = [...new Set(sequences.map(({ label }) => label))].sort();
    const values = ({ before, after }: ComparedFigure) => ({ before: before.value, after: after.value });
    const { recallAt1, meanAveragePrecision, equalErrorRate } = report;
    return {
      name,
      created: plan.created,
      base: plan.encoder.name,
      source: plan.source,
      labels: labels.slice(0, mostLabels),
      sequences: sequences.length,
      heldOut: sequences.filter(({ side }) => side === 'heldOut').length,
      figures: {
        recallAt1: values(recallAt1),
        meanAveragePrecision: values(meanAveragePrecision),
        equalErrorRate: values(equalErrorRate),
      },
    };
  } catch (error) {
    throw new EncoderError('The fine-tuning is not complete, so that its encoder cannot be kept.', { cause: error });
  }
}
