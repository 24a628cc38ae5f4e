import { expect, test } from 'vitest';
import { AllocationMeter } from './allocations';

test.each([
  ['a buffer', () => Buffer.alloc(1000), 1000],
  ['a buffer that is not cleared', () => Buffer.allocUnsafe(2000), 2000],
  ['an array of numbers', () => new Float64Array(200), 1600],
  ['bytes that are seen as numbers', () => new Float32Array(new ArrayBuffer(3000)), 3000],
])('the meter sees the bytes of %s', (_, allocate, bytes) => {
  const meter = new AllocationMeter();
  try {
    expect(allocate()).toBeDefined();
    expect(meter.largest).toBe(bytes);
  } finally {
    meter.stop();
  }
  const { largest } = meter;
  allocate();
  new Float64Array(10_000).fill(0);
  expect(meter.largest).toBe(largest);
});
