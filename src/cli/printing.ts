import type { SequenceSummary } from '../protocol/engine';

/** How results are printed for a terminal. */

/** The lines of a table whose first columns, of numbers, are to the right. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[], numbers: number): string[] {
  const widths = header.map((title, c) => Math.max(title.length, ...rows.map((row) => row[c]?.length ?? 0)));
  return [header, ...rows].map((row) => {
    const cells = row.map((cell, c) => {
      const width = widths[c] ?? 0;
      return c < numbers ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

export function nameOf({ file, siblings, ref, name }: SequenceSummary): string {
  const number = siblings > 1 ? ` #${ref.number + 1}` : '';
  return printable(`${file}${number}${name === null ? '' : ` (${name})`}`);
}

/** Names and labels come from files: control characters could change what the terminal shows. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}
