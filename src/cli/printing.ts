import type { Recording } from '../api/recording';

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

/** What a recording is called: its file, its number in it if it is not alone, and its name. */
export function nameOf({ file, siblings, sequence, name }: Recording): string {
  const number = siblings > 1 ? ` #${sequence}` : '';
  return printable(`${file}${number}${name === null ? '' : ` (${name})`}`);
}

/** Names and labels come from files: control characters could change what the terminal shows. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** Prints the answer of a command to standard output. */
export function printJson(answer: unknown): void {
  process.stdout.write(jsonText(answer));
}

/** The answer of a command as text; long lists of numbers stay on a line. */
export function jsonText(answer: unknown): string {
  return `${JSON.stringify(answer, null, 2).replace(numberLists, (list) => list.replace(/\s+/g, ' '))}\n`;
}

/** Only lists have line breaks: those in texts are escaped. */
const numberLists = /\[(?:\n\s*-?[\d.e+-]+,?)+\n\s*\]/g;
