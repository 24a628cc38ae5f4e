import { describe, expect, it } from 'vitest';
import { RestartPolicy, usualLimits } from '../../../src/extension/engine/restartPolicy';

describe('RestartPolicy', () => {
  it('waits twice as long each time, and gives up with the fifth death within three minutes', () => {
    const policy = new RestartPolicy();
    const delays = [0, 1000, 2000, 3000].map((now) => policy.afterDeath(now));
    expect(delays).toEqual([250, 500, 1000, 2000].map((delay) => ({ restart: true, delay })));
    expect(policy.afterDeath(179_999)).toEqual({ restart: false });
  });

  it('forgets deaths that are long past', () => {
    const policy = new RestartPolicy();
    for (let death = 0; death < 20; death++) {
      expect(policy.afterDeath(death * usualLimits.window)).toEqual({ restart: true, delay: 250 });
    }
  });

  it('starts afresh when it is reset', () => {
    const policy = new RestartPolicy({ deaths: 1, window: 1000, firstDelay: 10 });
    policy.afterDeath(0);
    policy.reset();
    expect(policy.afterDeath(1)).toEqual({ restart: true, delay: 10 });
    expect(policy.afterDeath(2)).toEqual({ restart: false });
  });
});
