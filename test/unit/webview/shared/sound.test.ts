import { expect, it } from 'vitest';
import { audible } from '../../../../webview/shared/sound';

it('samples are heard around zero, as loud as their channel allows', () => {
  const encoded = Buffer.from(new Float32Array([100, 110, 120]).buffer).toString('base64');
  expect(Array.from(audible(encoded, [100, 120]))).toEqual([-1, 0, 1]);
  expect(Array.from(audible(encoded, [110, 110]))).toEqual([-10, 0, 10]);
});
