import { replicates, type Interval } from '../evaluation/bootstrap';
import { findings } from './findings';
import { methodNames, methods, reference } from './methods';
import type { Budget, Results } from './results';
import { studyNames, wholePool } from './studies';
import { metricNames, type MethodFigures, type MetricName, type TargetFigures } from './summary';
import { metricTitles, titleOf, verdictRows } from './verdict';

/** Names of the pictures beside the report. */
export const pictures = { recall: 'recall.svg', error: 'eer.svg', roc: 'roc.svg' } as const;

/** The report in Markdown. */
export function reportOf(results: Results): string {
  const { budget, seeds, targets } = results;
  const studies = [...new Set(targets.map(({ study }) => study))];
  return [
    '# Wasserstein distance against pooled moments',
    'Written by `npm run reproduce`; `results.json` has all figures. The claim of Abdelwahab and Landwehr 2022 (doi 10.1007/s11063-022-10784-y) is put to the test: the distance of *distributions* of learned features (D₁) against vectors pooled over time, the same network being trained and tested by each.',
    '## What comes out',
    ...caveats(results, studies),
    'Does D₁ beat mean, mean + std and max, each with Euclid? It *holds* where D₁ is better than all three with intervals of the differences clear of zero, *fails* where one of them is better so, and is *open* else.',
    table(
      ['data', ...metricNames.map((name) => metricTitles[name]), 'best (mAP; UCR: recall@1)'],
      verdictRows(targets),
    ),
    bullets(findings(targets)),
    '## How it was done',
    bullets([
      `One network per data set, method and seed: ${results.architecture}.`,
      `The same budget for all: ${stepsInWords(budget, studies)}, of ${budget.batch} sequences of up to ${budget.length} time steps and ${budget.channels} channels; everything else as \`kindred train\` does it (neighbourhood component analysis, AdamW, moving average of the weights). ${seedsInWords(seeds)}; the methods of one seed start from the same weights and see the same batches. This is a small budget: it compares methods, it does not show what a long training reaches.`,
      `Trained on \`train\`, tested on \`validation\`, which share no label (speaker, subject, reader, walker, character, set of the archive), on up to ${budget.testSteps} time steps of every sequence. Protocols are those of \`kindred evaluate\`.`,
      `Figures are means over seeds. Intervals hold 95 of 100 of ${replicates} replicates of a paired bootstrap that draws queries, and the seeds with them; differences are to ${methods[reference].title} on the same queries and seeds. Queries of one person resemble each other, so that for few people (walking: 4, speech: 6, ecg: 6) the intervals are too narrow to speak of people in general. Nothing is corrected for the number of comparisons.`,
    ]),
    `![recall@1 of every method](${pictures.recall})`,
    `![equal error rate of every method](${pictures.error})`,
    `![receiver operating characteristics](${pictures.roc})`,
    '## Trained and tested by one method',
    'Figure [95 % interval], and below it the difference to D₁; **bold** where its interval is clear of zero. High recall@1 and mAP and low EER are good.',
    ...studies.flatMap((study) => studySection(targets.filter((target) => target.study === study))),
    '## Trained by one method, tested by another',
    'Mean average precision (for UCR recall@1), mean over seeds. Rows are the method of training, columns that of testing.',
    ...targets.map(crossedTable),
    '',
  ].join('\n\n');
}

/** What a reader should know first of a run that is less than the whole. */
function caveats({ seeds }: Results, studies: readonly string[]): readonly string[] {
  const missing = studyNames.filter((name) => !studies.includes(name));
  return [
    seeds.length === 1
      ? '**One seed only: the intervals hold nothing of what another seed would change, which may be as much as .01 to .03. Small differences are not shown by this run, however clear of zero.**'
      : '',
    missing.length > 0 ? `**Not part of this run: ${missing.join(', ')}.**` : '',
  ].filter((text) => text !== '');
}

function stepsInWords({ steps, poolSteps }: Budget, studies: readonly string[]): string {
  const parts = [
    studies.some((name) => name !== wholePool) ? `${steps} steps on a single data set` : '',
    studies.includes(wholePool) ? `${poolSteps} steps on all data sets at once (pool)` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function seedsInWords(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'One seed' : `${seeds.length} seeds`} (${seeds.join(', ')})`;
}

function studySection(targets: readonly TargetFigures[]): readonly string[] {
  return targets.flatMap((target) => {
    const { queries, methods: all } = target;
    const shown: readonly MetricName[] = (['recallAt1', 'meanAveragePrecision', 'equalErrorRate'] as const).filter(
      (name) => all.some(({ metrics }) => metrics[name] !== null),
    );
    const header = ['method', ...shown.map((name) => metricTitles[name])];
    return [
      `### ${titleOf(target)} (${queries} queries)`,
      table(
        header,
        all.map((row) => cellsOf(row, shown)),
      ),
    ];
  });
}

function cellsOf({ method, metrics, differences }: MethodFigures, shown: readonly MetricName[]): readonly string[] {
  return [
    methods[method].title,
    ...shown.map((name) => {
      const own = metrics[name];
      const delta = differences[name];
      return own === null ? '' : `${written(own)}${delta === null ? '' : `<br>${differenceWritten(delta)}`}`;
    }),
  ];
}

function written({ value, low, high }: Interval): string {
  return `${share(value)} [${share(low)}, ${share(high)}]`;
}

function differenceWritten({ value, low, high }: Interval): string {
  const text = `${signed(value)} [${signed(low)}, ${signed(high)}]`;
  return low > 0 || high < 0 ? `**${text}**` : text;
}

function crossedTable(target: TargetFigures): string {
  const rows = target.crossed.map(({ trained, tested }) => [
    methods[trained].title,
    ...methodNames.map((name) => share(tested[name])),
  ]);
  return `### ${titleOf(target)}\n\n${table(['trained by', ...methodNames.map((name) => methods[name].title)], rows)}`;
}

function bullets(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

/** A table in Markdown; bars in cells are escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n');
}

/** .123 */
function share(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}

/** +.012 or −.012 */
function signed(value: number): string {
  const size = share(Math.abs(value));
  return size === '.000' ? size : `${value < 0 ? '−' : '+'}${size}`;
}
