/** In which order channels stand: as in the file, or the ones that vary most first. */
export type ChannelOrder = 'file' | 'varying';

/** So many channels are all shown at first, in the order of the file. */
const fewChannels = 8;
/** Of more, those that vary most. */
const shownAtFirst = 16;

/** The order that suits a recording of so many channels. */
export function usualOrder(count: number): ChannelOrder {
  return count <= fewChannels ? 'file' : 'varying';
}

/**
 * The numbers of the channels in an order; those that vary alike stay as in the file.
 * @param variation how much each channel varies
 */
export function orderedChannels(variation: readonly number[], order: ChannelOrder): readonly number[] {
  const numbers = variation.map((_, channel) => channel);
  if (order === 'file') return numbers;
  return numbers.sort((a, b) => (variation[b] ?? 0) - (variation[a] ?? 0) || a - b);
}

/** The channels that are shown at first, or again when somebody asks for those that vary most. */
export function mostVarying(variation: readonly number[]): readonly number[] {
  if (variation.length <= fewChannels) return orderedChannels(variation, 'file');
  return orderedChannels(variation, 'varying').slice(0, shownAtFirst);
}
