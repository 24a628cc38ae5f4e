import axe, { type AxeResults } from 'axe-core';
import type { Locator } from 'playwright-core';

/** What axe-core finds wrong within an element of the panel, as `rule: element`. */
export async function violationsIn(element: Locator): Promise<readonly string[]> {
  const handle = await element.elementHandle();
  const frame = await handle?.ownerFrame();
  if (handle === null || frame === null || frame === undefined) throw new Error('the element is in no page');
  // The page's policy forbids scripts to be added and evaluated by itself, but not by the debugger.
  await frame.evaluate(axe.source);
  return handle.evaluate(async (node) => {
    const { axe: loaded } = globalThis as unknown as { axe: { run(node: unknown): Promise<AxeResults> } };
    const { violations } = await loaded.run(node);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}
