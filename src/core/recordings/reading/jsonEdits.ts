import { applyEdits, createScanner, type Edit, type Node } from 'jsonc-parser';

/**
 * Changes of JSON with comments that touch nothing else: `modify` of jsonc-parser drops the comments beside what it removes,
 * and forms the neighbours again.
 */

/** `text` with an item of an array, or a property of an object, at the end of `list`. */
export function withItem(text: string, list: Node, item: string): string {
  const last = list.children?.at(-1);
  const close = list.offset + list.length - 1;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  if (last === undefined) {
    const outer = indentAt(text, list.offset);
    const inner = list.type === 'array' ? `${lineEnd}${outer}  ${item}${lineEnd}${outer}` : ` ${item} `;
    return applyEdits(text, [{ offset: close, length: 0, content: inner }]);
  }
  const end = last.offset + last.length;
  const comma = commaAfter(text, end, close);
  const at = list.offset + text.slice(list.offset, close).trimEnd().length;
  const isSpread = text.slice(list.offset, close).includes('\n');
  const before = isSpread ? `${lineEnd}${indentAt(text, list.children?.[0]?.offset ?? close)}` : ' ';
  // A new item keeps a trailing comma where there was one.
  const content = before + item + (comma === null ? '' : ',');
  if (comma !== null) return applyEdits(text, [{ offset: at, length: 0, content }]);
  if (at === end) return applyEdits(text, [{ offset: end, length: 0, content: `,${content}` }]);
  return applyEdits(text, [
    { offset: end, length: 0, content: ',' },
    { offset: at, length: 0, content },
  ]);
}

/** `text` without an item of an array, or a property of an object, and without the comma that parted it. */
export function withoutItem(text: string, list: Node, at: number): string {
  const items = list.children ?? [];
  const item = items[at];
  if (item === undefined) return text;
  const end = item.offset + item.length;
  const close = list.offset + list.length - 1;
  const previous = items[at - 1];
  const comma =
    commaAfter(text, end, items[at + 1]?.offset ?? close) ??
    (previous === undefined ? null : commaAfter(text, previous.offset + previous.length, item.offset));
  const edits: Edit[] = [{ offset: item.offset, length: item.length, content: '' }];
  if (comma === end) edits[0] = { offset: item.offset, length: item.length + 1, content: '' };
  else if (comma !== null) edits.push({ offset: comma, length: 1, content: '' });
  const [cut] = edits;
  if (cut !== undefined) edits[0] = widened(text, cut);
  return applyEdits(text, edits);
}

/** `text` with other text in the place of a node. */
export function withNode(text: string, { offset, length }: Node, content: string): string {
  return applyEdits(text, [{ offset, length, content }]);
}

/** Takes the line along where nothing else stands on it, else the blanks on one side. */
function widened(text: string, { offset, length }: Edit): Edit {
  const start = offset - (/[ \t]*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const after = /^[ \t]*(\r?\n)?/.exec(text.slice(offset + length)) ?? [''];
  const end = offset + length + after[0].length;
  const beginsLine = start === 0 || text[start - 1] === '\n';
  if (beginsLine && after[1] !== undefined) return { offset: start, length: end - start, content: '' };
  if (beginsLine) return { offset, length: end - offset, content: '' };
  return { offset: start, length: offset + length - start, content: '' };
}

/** Where the next comma stands that is no part of a comment, or `null`. */
function commaAfter(text: string, from: number, to: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return at < to && text[at] === ',' ? at : null;
}

/** The blanks at the beginning of the line that holds a place. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
