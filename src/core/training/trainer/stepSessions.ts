import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { onnxruntime } from '../../encoder/onnx/runtime';
import type { Batch, Seen } from '../batches/batch';
import { lengthFeeds, levelSteps } from '../network/lengths';
import { partOf, parameterCount, type Parameter } from '../network/parameters';
import { stepGraph, viewPrefix, type BatchShape, type Objective, type StepGraph } from '../network/stepGraph';

export interface StepResult {
  readonly loss: number;
  /** With respect to the vector of all parameters. */
  readonly gradient: Float32Array;
}

type MakeTensor = (values: Float32Array, shape: readonly number[]) => Tensor;

interface StepSession {
  readonly session: InferenceSession;
  readonly graph: StepGraph;
  /** Of a batch, over all sequences, channels and views. */
  readonly steps: number;
}

/** What a session holds on to for a time step of its batch, about. */
const bytesPerStep = 5 * 1024;

/**
 * For how many time steps sessions are kept open unless told otherwise: they take up to 2.5 GB together. Those used least
 * recently are let go.
 */
const usualSteps = 2 ** 19;

/** The bytes that the session for a batch takes, about. */
export function sessionBytes(shape: BatchShape): number {
  return stepsOf(shape) * bytesPerStep;
}

function stepsOf({ sequences, channels, steps }: BatchShape): number {
  return sequences * channels * steps.reduce((sum, ofView) => sum + ofView, 0);
}

/** Computes the loss and its gradient, with one session of onnxruntime per shape of a batch. */
export class StepSessions {
  private readonly sessions = new Map<string, StepSession>();

  constructor(
    private readonly objective: Objective,
    private readonly parameters: readonly Parameter[],
    private readonly threads: number,
    private readonly mostSteps = usualSteps,
  ) {}

  /**
   * Blocks its thread while it computes.
   * @param taught the teacher's distances within the batch, if the objective has one
   */
  async run(batch: Batch, vector: Float32Array, taught: Float32Array | null = null): Promise<StepResult> {
    const { Tensor } = await onnxruntime();
    const { session, graph } = await this.sessionFor(batch.shape);
    const tensor: MakeTensor = (values, shape) => new Tensor('float32', values, shape);
    const results = await session.run(this.feeds(batch, taught, vector, tensor), [graph.loss, ...graph.gradients]);
    const valuesOf = (name: string): Float32Array => {
      const output = results[name];
      if (output === undefined) throw new Error(`the training step gave no ${name}`);
      return output.data as Float32Array;
    };
    const gradient = new Float32Array(parameterCount(this.parameters));
    let offset = 0;
    for (const name of graph.gradients) {
      const part = valuesOf(name);
      gradient.set(part, offset);
      offset += part.length;
    }
    return { loss: Number(valuesOf(graph.loss)[0]), gradient };
  }

  async release(): Promise<void> {
    for (const { session } of this.sessions.values()) await session.release();
    this.sessions.clear();
  }

  private async sessionFor(shape: BatchShape): Promise<StepSession> {
    const key = `${shape.sequences} x ${shape.channels} x ${shape.steps.join()}`;
    const known = this.sessions.get(key) ?? (await this.open(shape));
    this.sessions.delete(key);
    this.sessions.set(key, known);
    await this.trim();
    return known;
  }

  private async trim(): Promise<void> {
    let kept = [...this.sessions.values()].reduce((sum, { steps }) => sum + steps, 0);
    for (const [key, { session, steps }] of this.sessions) {
      if (kept <= this.mostSteps || this.sessions.size === 1) return;
      this.sessions.delete(key);
      await session.release();
      kept -= steps;
    }
  }

  private async open(shape: BatchShape): Promise<StepSession> {
    const graph = stepGraph(this.objective, shape, this.parameters);
    const { InferenceSession, provider } = await onnxruntime();
    const session = await InferenceSession.create(graph.model, {
      executionProviders: [provider],
      intraOpNumThreads: this.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'extended',
      // Errors reach the caller; onnxruntime need not print them as well.
      logSeverityLevel: 4,
    });
    return { session, graph, steps: stepsOf(shape) };
  }

  private feeds(
    { shape, seen, positive, allowed }: Batch,
    taught: Float32Array | null,
    vector: Float32Array,
    tensor: MakeTensor,
  ): Record<string, Tensor> {
    const pairs = [shape.sequences, shape.sequences];
    const feeds: Record<string, Tensor> = { positive: tensor(positive, pairs), allowed: tensor(allowed, pairs) };
    if (taught !== null) feeds['taught'] = tensor(taught, pairs);
    for (const [view, of] of seen.entries()) {
      Object.assign(feeds, viewFeeds(this.objective, shape, view, of, tensor));
    }
    for (const parameter of this.parameters) feeds[parameter.name] = tensor(partOf(vector, parameter), parameter.shape);
    return feeds;
  }
}

/** The inputs of the graph that tell of the sequences in one view. */
export function viewFeeds(
  { architecture, levels }: Objective,
  { sequences, channels }: BatchShape,
  view: number,
  { steps, inputs, lengths }: Seen,
  tensor: MakeTensor,
): Record<string, Tensor> {
  const prefix = viewPrefix(view);
  const feeds = { [`${prefix}input`]: tensor(inputs, [sequences * channels, architecture.inputs, 1, steps]) };
  const counts = lengths.map((length) => Int32Array.from(levelSteps(architecture, length)));
  levelSteps(architecture, steps).forEach((ofLevel, l) => {
    const own = counts.map((count) => count[l]!);
    const { padding, quantiles, shares } = lengthFeeds(own, ofLevel, levels);
    feeds[`${prefix}padding${l}`] = tensor(padding, [sequences, 1, ofLevel]);
    feeds[`${prefix}quantiles${l}`] = tensor(quantiles, [sequences, ofLevel, levels]);
    feeds[`${prefix}shares${l}`] = tensor(shares, [sequences, ofLevel, 1]);
  });
  return feeds;
}
