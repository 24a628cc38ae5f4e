import type { LabelledSeries, Recording } from '../recording';
import { controlChart, controlChartPatterns } from '../simulators/controlChart';
import { cylinderBellFunnel, cylinderBellFunnelShapes } from '../simulators/cylinderBellFunnel';
import { tsFile, ucrFile } from '../writers/text';

const shapesEach = 10;
const chartsEach = 5;

/** Two files with thirty labelled series each. */
export const archives: readonly Recording[] = [
  {
    path: 'archive/CylinderBellFunnel.tsv',
    label: null,
    generate(random) {
      const series = labelled(cylinderBellFunnelShapes, shapesEach, (shape) =>
        cylinderBellFunnel({ shape, steps: 128 }, random),
      );
      return [{ path: this.path, bytes: ucrFile(series) }];
    },
  },
  {
    path: 'archive/ControlCharts.ts',
    label: null,
    generate(random) {
      const series = labelled(controlChartPatterns, chartsEach, (pattern) =>
        controlChart({ pattern, steps: 60 }, random),
      );
      return [{ path: this.path, bytes: tsFile('ControlCharts', series) }];
    },
  },
];

function labelled<Label extends string>(
  labels: readonly Label[],
  each: number,
  simulate: (label: Label) => readonly [Float32Array],
): LabelledSeries[] {
  return labels.flatMap((label) => Array.from({ length: each }, () => ({ label, values: simulate(label)[0] })));
}
