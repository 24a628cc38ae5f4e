import { mostSayings, type Saying } from '../../marks';
import { plainText } from '../pcm/text';
import { sectionsOf } from './header';

/** The descriptions of the markers in a `.vmrk` file, without those that only begin a segment. */
export function parseMarkers(text: string): {
  readonly count: number;
  readonly texts: readonly string[];
  readonly sayings: readonly Saying[];
} {
  const infos = sectionsOf(text).get('marker infos') ?? new Map<string, string>();
  const markers = [...infos].flatMap(([key, value]) => {
    const [type = '', description = '', position = '', size = ''] = value.split(',');
    if (!/^mk\d+$/.test(key) || /^\s*New Segment\s*$/i.test(type)) return [];
    // Markers of a point, the usual ones, hold until the next. Points count from 1.
    const length = Number(size) > 1 ? Number(size) : null;
    return [{ label: plainText(description || type), start: Number(position) - 1, length }];
  });
  const sayings = markers.filter(({ start }) => Number.isFinite(start)).slice(0, mostSayings);
  return { count: markers.length, texts: [...new Set(markers.map(({ label }) => label))], sayings };
}
