import type { Locator, Page } from 'playwright-core';

const arrow = 'M1 1 L1 17 L5 13.4 L7.6 19.4 L10.2 18.3 L7.7 12.5 L13 12.2 Z';

/** The mouse, with an arrow in the picture, where a screenshot has none. */
export class Pointer {
  constructor(private readonly page: Page) {}

  async moveTo(x: number, y: number): Promise<void> {
    await this.page.mouse.move(x, y);
    await this.page.evaluate(drawPointer, { x, y, arrow });
  }

  /** Takes the arrow out of the picture until the mouse moves. */
  async hide(): Promise<void> {
    await this.page.evaluate(() => document.querySelector('#pointer')?.remove());
  }

  /** Moves into something, to shares of its width and height. */
  async moveInto(target: Locator, across = 0.5, down = 0.5): Promise<void> {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (box === null) throw new Error('what the pointer moves to is not shown');
    await this.moveTo(box.x + across * box.width, box.y + down * box.height);
  }
}

/** Runs in the page. */
function drawPointer({ x, y, arrow: shape }: { x: number; y: number; arrow: string }): void {
  const namespace = 'http://www.w3.org/2000/svg';
  let node = document.querySelector<SVGSVGElement>('#pointer');
  if (node === null) {
    node = document.createElementNS(namespace, 'svg');
    node.id = 'pointer';
    Object.assign(node.style, { position: 'fixed', width: '16px', height: '22px', zIndex: '1000000' });
    node.style.pointerEvents = 'none';
    const path = document.createElementNS(namespace, 'path');
    for (const [name, value] of Object.entries({ d: shape, fill: '#000', stroke: '#fff' })) {
      path.setAttribute(name, value);
    }
    node.append(path);
    document.body.append(node);
  }
  node.style.left = `${x}px`;
  node.style.top = `${y}px`;
}
