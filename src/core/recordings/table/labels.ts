import { entry } from '../entry';
import type { Decisions } from '../reading/decisions';
import { RefusedDecision, shownChoice } from '../reading/refused';
import { listed, quoted, type Table, type TableColumn } from './column';
import { decidedColumn } from './decided';
import { stretchesOf } from './stretches';

/** Columns that say what a recording shows rather than what was measured. */
export interface Labels {
  readonly columns: ReadonlySet<number>;
  /** The label of the whole recording, where one column of labels holds the same from start to end. */
  readonly label: string | null;
  /** The columns of labels that change within the recording. */
  readonly changing: readonly number[];
  /** The column of that label. */
  readonly column: number | null;
  readonly notes: readonly string[];
}

const classWords =
  /\b(labels?|class(es)?|targets?|activit(y|ies)|gestures?|conditions?|categor(y|ies)|stages?|states?|hypnogram|postures?|species|phases?|exercises?|tasks?|stimul(us|i)|annotations?|emotions?|diagnos[ei]s|anomal(y|ies)|outliers?|ground ?truth|klasse|aktivit[aä]t|etikett?e?|zustand|y true|events?|markers?|triggers?)\b/iu;
const personWords =
  /\b(subjects?|subj|participants?|persons?|patients?|users?|user ?ids?|trials?|sessions?|groups?|ids?|animals?|proband(en)?|versuch|device ?ids?|devices?|runs?|folds?|splits?)\b/iu;

const mostLabels = 50;

/**
 * Finds the columns of labels. A column of text is one if it holds few words; a column of numbers, if its name says so
 * or it stands before all signals of a table without names, and holds few whole numbers over long stretches.
 * @param taken columns that are something else already
 * @throws RefusedDecision for a label that is decided but is not there, tells the time, or holds too many labels
 */
export function labelsOf(table: Table, taken: ReadonlySet<number>, decided: Decisions = {}): Labels {
  if (decided.label === null) return { columns: new Set(), label: null, column: null, changing: [], notes: [] };
  if (decided.label === undefined) return foundLabels(table, taken);
  const at = decidedColumn(table, decided.label, 'label column');
  const refused = (why: string) => new RefusedDecision(`the label column ${shownChoice(decided.label ?? '')}, ${why}`);
  if (taken.has(at)) throw refused('which tells the time');
  const { length } = wordsOf(entry(table.columns, at));
  if (length === 0 || length > mostLabels) throw refused('which holds too many labels');
  const found = foundLabels(table, taken, at);
  if (!found.changing.includes(at)) return found;
  return { ...found, label: null, column: null, changing: [at] };
}

/** @param given the column that holds labels for sure */
function foundLabels({ columns, named, rows }: Table, others: ReadonlySet<number>, given?: number): Labels {
  const found = new Set<number>();
  const changing: number[] = [];
  const same: number[] = [];
  const firstSignal = columns.findIndex((column, at) => !others.has(at) && isSignal(column));
  for (const [at, column] of columns.entries()) {
    const mayBe = !others.has(at) && isLabel(column, named, at < firstSignal || at === columns.length - 1, rows);
    if (at !== given && !mayBe) continue;
    found.add(at);
    (stretchesOf(column.values, 1).values.length > 1 ? changing : same).push(at);
  }
  const isGiven = given !== undefined && same.includes(given);
  const namesClasses = (at: number) => {
    const { name } = entry(columns, at);
    return name === null || isClassName(name);
  };
  const label = isGiven ? given : same.find(namesClasses);
  const rest = same.filter((at) => at !== label);
  const notes = changing.map((at) => {
    const shown = wordsOf(entry(columns, at)).slice(0, 6).map(quoted).join(', ');
    return `labels that change within the recording left out: ${listed(columns, [at])} (${shown})`;
  });
  if (rest.length > 0) notes.push(`columns that hold one word or number left out: ${listed(columns, rest)}`);
  if (label !== undefined) notes.push(`its label was taken from ${listed(columns, [label])}`);
  return {
    columns: found,
    label: label === undefined ? null : (wordsOf(entry(columns, label)).at(0) ?? null),
    column: label ?? null,
    changing,
    notes,
  };
}

/** Whether a column's name says that it holds classes. */
export function isClassName(name: string): boolean {
  return classWords.test(plain(name));
}

/** Whether a column's name says that it holds classes, or people, trials and the like. */
export function isLabelName(name: string): boolean {
  return isClassName(name) || personWords.test(plain(name));
}

/** Whether a column's name says whose or which recording a row belongs to. */
export function isPersonName(name: string): boolean {
  return personWords.test(plain(name)) && !isClassName(name);
}

function plain(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\-.:/]+/g, ' ')
    .trim();
}

/** The different words of a column of labels. */
export function wordsOf(column: TableColumn): string[] {
  const { values } = stretchesOf(column.values, mostLabels);
  return values.map((value) => (column.kind === 'text' ? (column.words[value] ?? '') : String(value)));
}

function isSignal({ kind, values }: TableColumn): boolean {
  return kind === 'unread' || (kind === 'number' && !stretchesOf(values, 1).whole);
}

function isLabel(column: TableColumn, named: boolean, beside: boolean, rows: number): boolean {
  const { name, kind, values, words } = column;
  if (kind === 'moment' || kind === 'unread') return false;
  if (kind === 'text') {
    if (words.length === 0 || words.length > Math.max(2, Math.min(mostLabels, rows / 2))) return false;
    return name === null || isLabelName(name);
  }
  const { whole, missing, values: different, runs, largest } = stretchesOf(values, mostLabels);
  if (!whole || different.length > mostLabels || different.length === 0) return false;
  if (name !== null) {
    const few = different.length <= 3 || runs * 4 <= rows;
    return isLabelName(name) && few && (different.length > 1 || isLabelName(name));
  }
  const isCode = missing === 0 && largest <= 99 && different.length > 1;
  return !named && beside && isCode && runs * 10 <= rows && runs <= different.length * 3;
}
