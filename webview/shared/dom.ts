type Attributes = Readonly<Record<string, string>>;
type Child = Node | string | null;

/**
 * An element with attributes and children. Strings become text nodes, so hostile ones stay text.
 * Styles are set through `element.style`: the content security policy forbids a `style` attribute.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** As `element`, for SVG. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Text from a file: isolated, so that its writing direction stays its own. */
export function isolated(className: string, text: string): HTMLElement {
  return element('bdi', { class: className, title: text }, text);
}

/** Sets the text of a node only if it differs, so that nothing is laid out or announced again. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Brings children of `parent` into this order, adding new ones. One in its place is not touched, so it keeps the focus. */
export function arrange(parent: Node, wanted: readonly Node[]): void {
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}
