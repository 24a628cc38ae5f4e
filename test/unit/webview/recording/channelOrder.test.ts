import { describe, expect, it } from 'vitest';
import { mostVarying, orderedChannels, usualOrder } from '../../../../webview/recording/channelOrder';

describe('the order of channels', () => {
  it('puts those that vary most first, and leaves those that vary alike as in the file', () => {
    expect(orderedChannels([0.2, 1, 0.2, 0.5], 'varying')).toEqual([1, 3, 0, 2]);
    expect(orderedChannels([0.2, 1, 0.2, 0.5], 'file')).toEqual([0, 1, 2, 3]);
  });

  it('shows few channels all, as in the file, and of many those that vary most', () => {
    const many = Array.from({ length: 52 }, (_, c) => (c % 2 === 0 ? 0 : c / 52));
    expect(mostVarying([0, 1, 0.5])).toEqual([0, 1, 2]);
    expect(mostVarying(many)).toHaveLength(16);
    expect(mostVarying(many).slice(0, 3)).toEqual([51, 49, 47]);
    expect([usualOrder(3), usualOrder(52)]).toEqual(['file', 'varying']);
  });
});
