import { cutInside, printable } from '../../shared/format';
import type { Name } from './above';
import { middleOf } from './labelPlaces';
import type { MapModel } from './mapModel';

/** Names that are written on a map at most, and the characters of each. */
const mostNames = 40;
const mostCharacters = 24;

/** The texts that the points of a map are coloured by, those of most points first, where there are several. */
export function namesIn({ list, colouring, colourBy, isShown }: MapModel): readonly Name[] {
  if (list?.hasPlaces !== true || colouring.kind !== 'texts' || colouring.entries.length < 2) return [];
  const { points } = list;
  const { texts, of } = colourBy === 'folder' ? points.folders : colourBy === 'format' ? points.formats : points.labels;
  const members = new Map<number, number[]>();
  of.forEach((text, i) => {
    if (text < 0 || !isShown(i)) return;
    const group = members.get(text);
    if (group === undefined) members.set(text, [i]);
    else group.push(i);
  });
  return [...members]
    .sort(([a, one], [b, other]) => other.length - one.length || a - b)
    .slice(0, mostNames)
    .map(([text, own]) => {
      const name = cutInside(printable(texts[text] ?? ''), mostCharacters);
      return { text: name, middle: middleOf(own, points.x, points.y) };
    });
}
