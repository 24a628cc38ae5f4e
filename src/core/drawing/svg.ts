/** Text as it stands in XML, between quotation marks as well. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * An element of SVG as text. What stands in its attributes cannot end them; those that are `undefined` are left out.
 * @param content other elements, or text that is escaped already; without any the element closes itself
 */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = '',
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === 'number' ? value : escaped(value)}"`],
  );
  const start = `<${name}${written.join('')}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** The outermost element of a picture of this size in pixels. */
export function svgDocument(
  width: number,
  height: number,
  attributes: Readonly<Record<string, string | number>>,
  content: string,
): string {
  const size = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` };
  return `${svgElement('svg', { ...size, ...attributes }, content)}\n`;
}
