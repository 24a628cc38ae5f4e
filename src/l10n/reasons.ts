import type { Explanation, Reasons, Span, Strip } from '../protocol/explanation';
import { t } from './messages';
import { formatSignificant } from './numbers';

/** A sentence that says why two recordings are as far apart as they are, with the passages that show it. */
export interface Reason {
  readonly about: 'channel' | 'kind' | 'time' | 'change' | 'rhythm';
  readonly text: string;
  /** The channel in which it shows, or `null` for all. */
  readonly channel: number | null;
  readonly query: readonly Span[];
  readonly match: readonly Span[];
}

/** What the sentences are made of. */
export interface ReasonFacts {
  readonly explanation: Explanation;
  /** Of the channel that adds most, once it is known. */
  readonly reasons: Reasons | null;
  /** Of all channels together, where they are pooled. */
  readonly time: { readonly query: Strip['most']; readonly match: Strip['most'] } | null;
}

/** How the page writes names and numbers. */
export interface ReasonWords {
  readonly channel: (channel: number) => string;
  readonly share: (share: number) => string;
  readonly distance: (distance: number) => string;
  /** A place in a recording. */
  readonly at: (side: 'query' | 'match', step: number) => string;
}

/** A channel comes first when it has this share of the distance, and so many times its even share. */
const [mainShare, mainTimes] = [0.6, 1.5];

/** Of a stretch: by how much its share of the difference exceeds its share of the time. */
const leastExcess = 0.1;

/** Rhythms that are told have factors beyond this one. */
const leastStronger = 1.2;

/**
 * Up to five sentences, the one that tells most first: the channel if one has most of the distance, else how the match is
 * otherwise, if that explains much, else the kinds of features.
 */
export function reasonsOf(facts: ReasonFacts, words: ReasonWords): readonly Reason[] {
  const { explanation } = facts;
  if (!(explanation.distance > 0)) return [plain('kind', t('Nothing that is measured differs.'))];
  const channel = channelReason(explanation, words);
  const changes = changeReasons(facts, words);
  const rhythm = rhythmReason(facts, words);
  const all = [kindReason(facts, words), timeReason(facts, words)].filter((reason) => reason !== null);
  const directions = [...changes, ...(rhythm === null ? [] : [rhythm])];
  const [first, ...others] = directions;
  const ordered =
    channel === null
      ? [first, ...all, ...others]
      : isMain(explanation)
        ? [channel, first, ...all, ...others]
        : [first, channel, ...all, ...others];
  return ordered.filter((reason) => reason !== undefined).slice(0, mostReasons);
}

const mostReasons = 5;

/** The channel that adds most to a distance, or `null` where channels are pooled. */
export function mainChannel({ channels }: Explanation): number | null {
  if (channels === null) return null;
  return channels.reduce((best, part, channel) => (part > (channels[best] ?? 0) ? channel : best), 0);
}

function isMain({ channels, distance }: Explanation): boolean {
  const share = Math.max(...(channels ?? [0])) / distance;
  return share >= mainShare && share * (channels?.length ?? 1) >= mainTimes;
}

function channelReason(explanation: Explanation, { channel, share }: ReasonWords): Reason | null {
  const { channels, distance } = explanation;
  if (channels === null || channels.length < 2) return null;
  const order = channels.map((part, number) => ({ part, number })).sort((a, b) => b.part - a.part);
  const [one, two, three] = order.map(({ part, number }) => ({
    name: channel(number),
    share: share(part / distance),
    number,
  }));
  if (one === undefined || two === undefined) return null;
  const text = isMain(explanation)
    ? t('Mostly {0} differs: it makes up {1} of the distance.', one.name, one.share)
    : three === undefined
      ? t('{0} makes up {1} of the distance, {2} {3}.', one.name, one.share, two.name, two.share)
      : t(
          '{0} makes up {1} of the distance, {2} {3}, {4} {5}.',
          ...[one.name, one.share, two.name, two.share, three.name, three.share],
        );
  return { ...plain('channel', text), channel: one.number };
}

function kindReason({ explanation, reasons }: ReasonFacts, { share }: ReasonWords): Reason {
  const sums = new Map<KindName, number>();
  for (const { name, part } of explanation.kinds) sums.set(name, (sums.get(name) ?? 0) + part);
  const listed = [...sums]
    .sort((a, b) => b[1] - a[1])
    .map(([name, part]) => `${kindText(name)} ${share(part / explanation.distance)}`);
  const [rhythm] = explanation.kinds.filter(({ band }) => band !== null).sort((a, b) => b.part - a.part);
  const list = listed.join(', ');
  const text =
    rhythm?.band == null
      ? t('By kind: {0}.', list)
      : t('By kind: {0}; of the rhythms most {1}.', list, bandText(rhythm.band));
  const [most] = reasons?.kinds ?? [];
  return {
    ...plain('kind', text),
    channel: reasons?.channel ?? null,
    query: spans(most?.query),
    match: spans(most?.match),
  };
}

function timeReason({ explanation, reasons, time }: ReasonFacts, words: ReasonWords): Reason | null {
  const found = reasons?.time ?? time;
  if (found === null) return null;
  const channel = reasons?.channel ?? null;
  const excess = (side: 'query' | 'match') => (found[side] === null ? 0 : found[side].share - found[side].length);
  const side = excess('match') >= excess('query') ? 'match' : 'query';
  const most = found[side];
  const shown = { ...plain('time', ''), channel, query: clear(found.query), match: clear(found.match) };
  if (most === null || excess(side) < leastExcess) {
    return { ...plain('time', t('The difference is spread evenly over time.')), channel };
  }
  const said = [
    words.share(most.share),
    words.at(side, most.start),
    words.at(side, most.end),
    words.share(most.length),
  ] as const;
  const text =
    side === 'match'
      ? t('{0} of the difference lies from {1} to {2} of the match, {3} of its time.', ...said)
      : t('{0} of the difference lies from {1} to {2} of the query, {3} of its time.', ...said);
  const prefixed = explanation.channels?.length === 1 ? null : channel;
  return { ...shown, text: ofChannel(prefixed, text, words) };
}

/** How the match is, and what would be left of the distance if it were not so. */
function changeReasons({ explanation, reasons }: ReasonFacts, words: ReasonWords): readonly Reason[] {
  if (reasons === null) return [];
  const { channel, part, seen } = reasons;
  const single = explanation.channels?.length === 1;
  return reasons.changes.map((change, i) => {
    const counts = [words.distance(change.without), words.distance(part)] as const;
    const left = single
      ? t('Without this and what is said before, the distance would be {0} instead of {1}.', ...counts)
      : t('Without this and what is said before, the channel would add {0} instead of {1}.', ...counts);
    const only = single
      ? t('Without this the distance would be {0} instead of {1}.', ...counts)
      : t('Without this the channel would add {0} instead of {1}.', ...counts);
    const what = changeText(change, reasons.unit);
    const has = change.query.length + change.match.length > 0;
    return {
      ...plain('change', `${ofChannel(single ? null : channel, what, words)} ${i === 0 ? only : left}`),
      channel,
      query: has ? change.query : spans(seen.query),
      match: has ? change.match : spans(seen.match),
    };
  });
}

function rhythmReason({ explanation, reasons }: ReasonFacts, words: ReasonWords): Reason | null {
  const [found] = (reasons?.kinds ?? []).filter(
    ({ stronger }) => stronger !== null && Math.abs(Math.log(stronger)) > Math.log(leastStronger),
  );
  if (reasons === null || found?.band == null || found.stronger === null) return null;
  const { stronger, band } = found;
  const text =
    stronger > 1
      ? t('The match is {0} times as strong {1}.', factorText(stronger), bandText(band))
      : t('The query is {0} times as strong {1}.', factorText(1 / stronger), bandText(band));
  const single = explanation.channels?.length === 1;
  return {
    ...plain('rhythm', ofChannel(single ? null : reasons.channel, text, words)),
    channel: reasons.channel,
    query: spans(found.query),
    match: spans(found.match),
  };
}

type KindName = Explanation['kinds'][number]['name'];
type Band = NonNullable<Explanation['kinds'][number]['band']>;

/** What features of a kind tell of. */
export function kindText(name: KindName): string {
  switch (name) {
    case 'level':
      return t('level and spread');
    case 'course':
      return t('slow course');
    case 'shape':
      return t('shape of single patterns');
    case 'rhythm':
      return t('rhythm and loudness');
  }
}

/** `at 8 to 16 Hz`, `every 2 to 4 s`, `every 4 to 8 steps`. */
export function bandText({ low, high, timed }: Band): string {
  const range = (a: number, b: number) => [formatSignificant(a, 3), formatSignificant(b, 3)] as const;
  if (!timed) return t('every {0} to {1} steps', ...range(1 / high, 1 / low));
  return high <= 1 ? t('every {0} to {1} s', ...range(1 / high, 1 / low)) : t('at {0} to {1} Hz', ...range(low, high));
}

function changeText({ name, amount, query, match }: Reasons['changes'][number], unit: string | null): string {
  const size = formatSignificant(Math.abs(amount), 3) + (unit === null ? '' : ` ${unit}`);
  const times = factorText(amount > 1 ? amount : 1 / amount);
  switch (name) {
    case 'level':
      return amount > 0 ? t('The match is higher, by {0}.', size) : t('The match is lower, by {0}.', size);
    case 'spread':
      return amount > 1
        ? t('The match is louder: its values spread {0} times as far.', times)
        : t('The match is quieter: the values of the query spread {0} times as far.', times);
    case 'trend':
      return amount > 0
        ? t('The match drifts upwards: it rises by {0} more than the query from start to end.', size)
        : t('The match drifts downwards: it falls by {0} more than the query from start to end.', size);
    case 'tempo':
      return amount > 1 ? t('The match is faster, {0} times.', times) : t('The match is slower, {0} times.', times);
    case 'peaks':
      return peaksText(query.length, match.length, amount > 1, times);
  }
}

function peaksText(inQuery: number, inMatch: number, isMatch: boolean, times: string): string {
  if (isMatch) {
    return inMatch > 1
      ? t('The match has {0} spikes, up to {1} times as far out as anything in the query.', inMatch, times)
      : t('The match has a spike, {0} times as far out as anything in the query.', times);
  }
  return inQuery > 1
    ? t('The match lacks {0} spikes of the query, up to {1} times as far out as anything in it.', inQuery, times)
    : t('The match lacks a spike of the query, {0} times as far out as anything in it.', times);
}

function factorText(factor: number): string {
  return formatSignificant(factor, factor < 10 ? 2 : 3);
}

function ofChannel(channel: number | null, text: string, words: ReasonWords): string {
  return channel === null ? text : `${words.channel(channel)}: ${text}`;
}

function plain(about: Reason['about'], text: string): Reason {
  return { about, text, channel: null, query: [], match: [] };
}

function spans(found: Span | null | undefined): readonly Span[] {
  return found == null ? [] : [found];
}

/** A stretch, if it carries clearly more than its length. */
function clear(found: Strip['most'] | undefined): readonly Span[] {
  if (found == null || found.share - found.length < leastExcess / 2) return [];
  return [{ start: found.start, end: found.end }];
}
