import { plainText } from '../pcm/text';
import { sectionsOf } from './header';

/** The descriptions of the markers in a `.vmrk` file, without those that only begin a segment. */
export function parseMarkers(text: string): { readonly count: number; readonly texts: readonly string[] } {
  const infos = sectionsOf(text).get('marker infos') ?? new Map<string, string>();
  const markers = [...infos].flatMap(([key, value]) => {
    const [type = '', description = ''] = value.split(',');
    return /^mk\d+$/.test(key) && !/^\s*New Segment\s*$/i.test(type) ? [plainText(description || type)] : [];
  });
  return { count: markers.length, texts: [...new Set(markers)] };
}
