import type { Asking } from './connection';
import { unpackEnvelope, type EnvelopeChannel } from './envelope';

/** What a recording of a team's index is drawn from where its file is not at hand; `null` where the index has nothing sound. */
export async function envelopeOf(asking: Asking, id: number): Promise<readonly EnvelopeChannel[] | null> {
  const [row] = await asking.rows({
    text: `SELECT s.envelope FROM kindred.recordings r JOIN kindred.sequences s USING (content, number) WHERE r.id = $1`,
    values: [id],
  });
  const envelope = row?.['envelope'];
  return Buffer.isBuffer(envelope) ? unpackEnvelope(envelope) : null;
}
