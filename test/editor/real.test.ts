import { describe, expect, test } from 'vitest';
import { scenario } from './scenario';
import { hasRealWorkspace, realRecordings, realWorkspace } from './workspaces';
import { patient } from '../../src/dev/patience';

if (!hasRealWorkspace) console.log(`Skipped: there are no real recordings at ${realWorkspace}.`);

describe.skipIf(!hasRealWorkspace)('with real recordings', () => {
  const here = scenario(realRecordings);

  test('the index gets ready', async () => {
    await here.window.trust();
    await here.window.statusBar.item(/\d+ sequences/).waitFor({ timeout: patient(100_000) });
  });

  test('the panel ranks recordings of the same person first', async () => {
    const { explorer, results } = here.window;
    await explorer.chooseInContextMenu('ecg/108_0.hea', 'Find Similar Sequences');
    await results.showsMatchesOf('108_0.hea');
    const matches = await results.matches();
    expect(matches.length).toBeGreaterThan(20);
    expect(matches[0]?.file).toMatch(/^ecg\/108_/);
  });
});
