import type { Variable } from './tape';

/** Sorts along the last axis, ascending. The gradient goes back by the inverse permutation. */
export function sort(x: Variable): Variable {
  const { tape, shape } = x;
  const axis = shape.length - 1;
  const [value, indices] = tape.graph.pair('TopK', [x.value, tape.integers([x.size(axis)])], { axis, largest: 0 });
  return tape.record(value, [x], shape, [
    (g) => {
      const zeros = tape.graph.node('ConstantOfShape', [tape.integers(shape)]);
      return tape.record(tape.graph.node('ScatterElements', [zeros, indices, g.value], { axis }), [], shape, []);
    },
  ]);
}
