import { catalogueFile } from '../../core/index/catalogue';
import type { WorkOptions } from '../../core/index/fileWorker';
import { comparedRate } from '../../core/recordings/commonRates';
import { UnreadableError } from '../../core/recordings/reader';
import { RequestError } from '../requestError';
import type { Threads } from '../workers/threads';
import { layoutOf, type TeamScale } from './scales';
import type { TeamQuery } from './teamSearch';

export interface TeamQueryParts {
  readonly threads: Threads;
  readonly options: WorkOptions;
  readonly commonRates: boolean;
  /** @throws RequestError for a layout that the index does not have */
  readonly scaleOf: (layout: string) => TeamScale | Promise<TeamScale>;
}

/**
 * Embeds a sequence of a file as the recordings of a team's index are.
 * @throws RequestError in complete sentences
 */
export async function embedForTeam(
  parts: TeamQueryParts,
  path: string,
  number: number,
  signal: AbortSignal,
): Promise<Pick<TeamQuery, 'layout' | 'channels' | 'values'>> {
  const { threads, options } = parts;
  try {
    const survey = await threads.survey(path, options, 'interactive', signal);
    const sequence = catalogueFile({ path, record: null, seen: [], survey }).sequences.find(
      (each) => each.number === number,
    );
    if (sequence === undefined) {
      const reason =
        survey.kind === 'unreadable'
          ? `cannot be used, because ${survey.reason}`
          : `has no sequence number ${number + 1} that can be used`;
      throw new RequestError(`${path} ${reason}.`);
    }
    const layout = layoutOf(sequence);
    const { form, channels } = await parts.scaleOf(layout);
    const rate = parts.commonRates ? comparedRate(sequence.surveyed.rate, form.rates) : null;
    const [embedded] = await threads.embed(
      path,
      [{ number, scales: form.scales, rate }],
      options,
      'interactive',
      signal,
    );
    if (embedded === undefined) throw new RequestError(`${path} changed while it was read. Try again.`);
    return { layout, channels, values: embedded.values };
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    throw new RequestError(`${path} cannot be used, because ${error.message}.`, { kind: 'unreadable', cause: error });
  }
}
