import { literal } from './literal';

/** Cells of NumPy and pandas that run the command line. No text of a file stands in them but as a literal. */

/** How the command line is run. */
export interface CommandLine {
  /** The program, and what comes before every command. */
  readonly command: readonly string[];
  /** What is to be set in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Options of every command that has an index. */
  readonly options: readonly string[];
}

/** A recording, by the absolute path of its file and its number in it, from 1. */
export interface Named {
  readonly file: string;
  readonly sequence: number;
}

/** As the command line takes it. */
export function argumentOf({ file, sequence }: Named): string {
  return `${file}#${sequence}`;
}

/** A cell that gives `df`: the rows of `kindred search`, with paths, distances, labels and embeddings. */
export function searchCell(line: CommandLine, args: readonly string[], notes: readonly string[] = []): string {
  return [
    ...notes.map(comment),
    'import json, os, subprocess',
    'import numpy as np',
    'import pandas as pd',
    '',
    ...setUp(line),
    `arguments = ${literal(['search', ...args, ...line.options, '--json', '--embeddings'])}`,
    ...running('arguments'),
    'answer = json.loads(run.stdout)',
    "for row in answer['rows']:",
    "    row['embedding'] = np.array(row['embedding'], dtype=np.float32)",
    "df = pd.DataFrame(answer['rows'])",
    'df',
    '',
  ].join('\n');
}

/** A cell that gives `df`: the rows of `kindred windows`, with paths, distances, labels, and where the windows are. */
export function windowsCell(line: CommandLine, args: readonly string[]): string {
  return [
    'import json, os, subprocess',
    'import pandas as pd',
    '',
    ...setUp(line),
    `arguments = ${literal(['windows', ...args, ...line.options, '--json'])}`,
    ...running('arguments'),
    'answer = json.loads(run.stdout)',
    "df = pd.DataFrame(answer['rows'])",
    'df',
    '',
  ].join('\n');
}

/**
 * A cell that gives `df`: recordings with paths, labels, embeddings, and distances to the first of them.
 * @param args of `kindred export`
 * @param wanted the recordings in their order; `null` for all
 */
export function recordingsCell(line: CommandLine, args: readonly string[], wanted: readonly Named[] | null): string {
  const rows = wanted?.map((each) => `    (${literal(each.file)}, ${literal(each.sequence)}),`);
  const chosen = [
    'wanted = pd.MultiIndex.from_tuples([',
    ...(rows ?? []),
    "], names=['path', 'sequence'])",
    "df = df.set_index(['path', 'sequence']).reindex(wanted).dropna(subset=['file']).reset_index()",
  ];
  return [
    'import os, subprocess, tempfile',
    'import numpy as np',
    'import pandas as pd',
    '',
    ...setUp(line),
    `arguments = ${literal(['export', ...args, ...line.options, '--format', 'npz'])}`,
    'with tempfile.TemporaryDirectory() as folder:',
    "    out = os.path.join(folder, 'embeddings.npz')",
    ...running("arguments + ['--out', out]").map((each) => `    ${each}`),
    '    with np.load(out) as arrays:',
    '        table = {name: arrays[name] for name in arrays.files}',
    "df = pd.DataFrame({name: table[name] for name in ['path', 'file', 'sequence', 'name', 'label']})",
    "df['label'] = df['label'].mask(df['label'] == '')",
    "starts = np.flatnonzero(np.diff(table['row_sequence'])) + 1",
    "df['embedding'] = pd.Series(np.split(table['values'], starts), dtype=object)",
    ...(wanted === null ? [] : chosen),
    comment('Distances to the first of them, where the channels are as many.'),
    "weight, first = table['column_weight'], df['embedding'].iloc[0]",
    "df['distance'] = [np.abs(each - first).dot(weight).mean() if each.shape == first.shape else np.nan for each in df['embedding']]",
    'df',
    '',
  ].join('\n');
}

function setUp({ command, environment }: CommandLine): readonly string[] {
  const entries = Object.entries(environment).map(([name, value]) => `, ${literal(name)}: ${literal(value)}`);
  return [`kindred = ${literal(command)}`, `environment = {**os.environ${entries.join('')}}`];
}

/** Runs the command line, and says what it said when it fails. */
function running(args: string): readonly string[] {
  return [
    `run = subprocess.run(kindred + ${args}, env=environment, capture_output=True, encoding='utf-8')`,
    'if run.returncode != 0:',
    '    raise RuntimeError(run.stderr)',
  ];
}

/** Notes are Kindred's own words: a text of a file could end the line. */
function comment(note: string): string {
  return `# ${note.replaceAll(/[^ -~]+/g, ' ')}`;
}
