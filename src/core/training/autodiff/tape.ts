import { GraphBuilder, type Attribute, type Value } from '../../encoder/onnx/graph';

/** Gives the gradient of the loss with respect to one input of an operator from that with respect to its output. */
export type Gradient = (output: Variable) => Variable;

interface Application {
  readonly output: Variable;
  readonly inputs: readonly Variable[];
  readonly gradients: readonly Gradient[];
}

/** A float32 tensor of a graph that is being built. */
export class Variable {
  constructor(
    readonly tape: Tape,
    readonly value: Value,
    readonly shape: readonly number[],
    /** Whether it depends on a parameter. */
    readonly tracked: boolean,
  ) {}

  /**
   * @param axis counted from the end where it is negative
   * @throws RangeError when the tensor has no such axis
   */
  size(axis: number): number {
    const size = this.shape.at(axis);
    if (size === undefined) throw new RangeError(`[${this.shape.join()}] has no axis ${axis}`);
    return size;
  }
}

/** @throws RangeError when there is no parameter of this name */
export function parameterOf(parameters: ReadonlyMap<string, Variable>, name: string): Variable {
  const parameter = parameters.get(name);
  if (parameter === undefined) throw new RangeError(`the parameters lack ${name}`);
  return parameter;
}

export interface Extras {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Lists of integers that the operator takes as further inputs. */
  readonly integers?: readonly (readonly number[])[];
}

/**
 * Builds a graph and remembers its operators, so that the gradients of a scalar can be appended to the graph: reverse
 * accumulation (Griewank and Walther 2008, "Evaluating Derivatives", chapter 3). All shapes are fixed.
 */
export class Tape {
  readonly graph = new GraphBuilder();
  private applications: Application[] = [];
  private readonly constants = new Map<string, Value>();
  private constantCount = 0;
  private recording = true;

  /** Data that is fed at every run. */
  input(name: string, shape: readonly number[]): Variable {
    return new Variable(this, this.graph.input(name, shape), shape, false);
  }

  /** Like `input`, but what comes of it can be differentiated with respect to it. */
  parameter(name: string, shape: readonly number[]): Variable {
    return new Variable(this, this.graph.input(name, shape), shape, true);
  }

  constant(shape: readonly number[], values: Float32Array): Variable {
    return new Variable(this, this.graph.initializer(this.constantName(), shape, values), shape, false);
  }

  scalar(value: number): Variable {
    const key = `scalar ${value}`;
    const name = this.constants.get(key) ?? this.graph.initializer(this.constantName(), [], Float32Array.of(value));
    this.constants.set(key, name);
    return new Variable(this, name, [], false);
  }

  integers(values: readonly number[]): Value {
    const key = `integers ${values.join()}`;
    const name = this.constants.get(key) ?? this.graph.integers(this.constantName(), values);
    this.constants.set(key, name);
    return name;
  }

  /**
   * Adds an operator with one output.
   * @param gradients one per input; none for an operator that is constant almost everywhere
   */
  apply(
    operator: string,
    inputs: readonly Variable[],
    shape: readonly number[],
    gradients: readonly Gradient[],
    { attributes = {}, integers = [] }: Extras = {},
  ): Variable {
    const values = [...inputs.map((input) => input.value), ...integers.map((list) => this.integers(list))];
    return this.record(this.graph.node(operator, values, attributes), inputs, shape, gradients);
  }

  /** Remembers how a value that is already in the graph depends on others. */
  record(
    value: Value,
    inputs: readonly Variable[],
    shape: readonly number[],
    gradients: readonly Gradient[],
  ): Variable {
    const tracked = this.recording && gradients.length > 0 && inputs.some((input) => input.tracked);
    const output = new Variable(this, value, shape, tracked);
    if (tracked) this.applications.push({ output, inputs, gradients });
    return output;
  }

  /**
   * Appends the gradients of a scalar to the graph.
   * @throws RangeError when a parameter does not reach the scalar, or an operator on the way has no gradient
   */
  gradients(scalar: Variable, parameters: readonly Variable[]): readonly Variable[] {
    this.recording = false;
    const found = new Map<Value, Variable>([[scalar.value, this.scalar(1)]]);
    for (const { output, inputs, gradients } of this.applications.toReversed()) {
      const gradient = found.get(output.value);
      if (gradient === undefined) continue;
      inputs.forEach((input, i) => {
        if (!input.tracked) return;
        const share = gradients[i]?.(gradient);
        if (share === undefined) throw new RangeError(`${output.value} has no gradient with respect to ${input.value}`);
        const before = found.get(input.value);
        found.set(input.value, before === undefined ? share : this.apply('Add', [before, share], input.shape, []));
      });
    }
    this.recording = true;
    return parameters.map((parameter) => {
      const gradient = found.get(parameter.value);
      if (gradient === undefined) throw new RangeError(`the scalar does not depend on ${parameter.value}`);
      return gradient;
    });
  }

  private constantName(): string {
    return `constant_${this.constantCount++}`;
  }
}
