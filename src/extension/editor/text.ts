/** Control characters, and the marks that reverse the direction of what follows them. */
// eslint-disable-next-line no-control-regex -- control characters are what it removes
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Hostile text made fit for a label of the editor: one line, at most `longest` characters, without direction marks,
 * and with the `$(name)` that the editor would draw as an icon left as it is written.
 */
export function plain(text: string, longest = 200): string {
  const line = text.replace(unprintable, ' ').trim();
  const short = line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
  return short.replace(/\$\(/g, '\\$(');
}

/** Hostile text made fit for a Markdown string: every character that Markdown or HTML could read is escaped. */
export function escapeMarkdown(text: string): string {
  return text.replace(unprintable, ' ').replace(/[\\`*_{}[\]()#+\-.!|~<>&$]/g, '\\$&');
}

/** The text as a sentence: with a full stop, and a capital letter unless it begins with something like a file's name. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const capital = trimmed.replace(/^[a-z]+(?=[\s,:]|$)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
