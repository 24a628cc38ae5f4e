/** As much of a document as the page for fine-tuning is built with: enough to read what it says. */
export class PlainNode {
  readonly attributes = new Map<string, string>();
  readonly style = { setProperty: () => undefined };
  hidden = false;
  private children: (PlainNode | string)[] = [];

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  toggleAttribute(name: string, present: boolean): void {
    if (present) this.attributes.set(name, '');
    else this.attributes.delete(name);
  }

  append(...children: readonly (PlainNode | string)[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: readonly (PlainNode | string)[]): void {
    this.children = [...children];
  }

  addEventListener(): void {
    // Nobody presses anything here.
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(text: string) {
    this.children = [text];
  }

  /** Every text that is shown, and every name that assistive technology reads, one after another. */
  said(): readonly string[] {
    if (this.hidden) return [];
    const name = this.attributes.get('aria-label');
    return [
      ...(name === undefined ? [] : [name]),
      ...this.children.flatMap((child) => (typeof child === 'string' ? [child] : child.said())),
    ];
  }
}

export const plainDocument = {
  createElement: () => new PlainNode(),
  createElementNS: () => new PlainNode(),
  activeElement: null,
} as unknown as Document;
