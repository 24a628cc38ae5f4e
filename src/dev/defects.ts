import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { bothBaselines } from './defects/baselines';
import { corporaToPlant, labelledCorpora } from './defects/corpora';
import { Embedding } from './defects/graphs';
import { Comparisons, measureCopies } from './defects/measureCopies';
import { KnownVitals, measureFaults } from './defects/measureFaults';
import { measureLabels } from './defects/measureLabels';
import { plantedCopies } from './defects/plantCopies';
import { plantedFaults } from './defects/plantFaults';
import { inProject } from './project';
import { runTool } from './tool';

/** `npm run defects`: plants defects into real recordings, and measures how many of them the checks find. */

const command = new Command('npm run defects --')
  .description('Plant defects into recordings of ../shared/data, and measure how many of them the checks find.')
  .option('--each <n>', 'how many of each kind', (text) => Number(text), 200)
  .option('--only <part>', 'copies, faults or labels')
  .option('--no-baselines', 'leave Euclid and statistics out, which take most of the time')
  .parse();

const share = (value: number) => value.toFixed(2).replace(/^0/, '');

function row(name: string, ...cells: readonly (string | number)[]): void {
  console.log(`| ${[name, ...cells.map((cell) => (typeof cell === 'number' ? share(cell) : cell))].join(' | ')} |`);
}

await runTool(async () => {
  const { each, only, baselines: compares } = command.opts<{ each: number; only?: string; baselines: boolean }>();
  const baselines = compares ? bothBaselines : null;
  if (!existsSync(inProject('../shared/data/workspace'))) throw new Error('There is no ../shared/data to plant into.');
  const embedding = await Embedding.open();
  const corpora = only === 'labels' ? [] : await corporaToPlant();
  const wants = (part: string) => only === undefined || only === part;
  if (wants('copies')) {
    row('copies', 'planted', 'precision', 'recall', 'kind', 'D₁ alone', 'Euclid', 'statistics');
    console.log('|---|---|---|---|---|---|---|---|');
    const tools = { embedding, comparisons: new Comparisons(), baselines };
    for (const kind of plantedCopies) {
      const found = await measureCopies(kind, corpora, each, tools);
      const { planted, precision, recall, kinds, distance, euclid, statistics } = found;
      row(kind, String(planted), precision, recall, kinds, distance, euclid, statistics);
    }
  }
  if (wants('faults')) {
    row(
      'outliers',
      'planted',
      'precision',
      'recall',
      'first',
      'before',
      'fault',
      'factor alone',
      'Euclid',
      'statistics',
    );
    console.log('|---|---|---|---|---|---|---|---|---|---|');
    const tools = { embedding, vitals: new KnownVitals(), baselines };
    for (const kind of plantedFaults) {
      const found = await measureFaults(kind, corpora, each, tools);
      const { planted, precision, recall, first, before, kinds, factor, euclid, statistics } = found;
      row(kind, String(planted), precision, recall, first, before.toFixed(1), kinds, factor, euclid, statistics);
    }
  }
  if (wants('labels')) {
    row('labels', 'recall@1', 'swapped', 'precision', 'of reported', 'reported', 'Euclid', 'statistics');
    console.log('|---|---|---|---|---|---|---|---|');
    for (const corpus of await labelledCorpora()) {
      const found = await measureLabels(corpus, { embedding, baselines });
      const { name, swapped, recallAt1, precision, reported, recall, euclid, statistics } = found;
      row(name, recallAt1, String(swapped), precision, reported, recall, euclid, statistics);
    }
  }
  return 0;
});
