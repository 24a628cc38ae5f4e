import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { onnxruntime } from '../../encoder/onnx/runtime';
import type { Batch } from '../batches/batch';
import { lengthFeeds, levelSteps } from '../network/lengths';
import { partOf, parameterCount, type Parameter } from '../network/parameters';
import { stepGraph, type BatchShape, type Objective, type StepGraph } from '../network/stepGraph';

export interface StepResult {
  readonly loss: number;
  /** With respect to the vector of all parameters. */
  readonly gradient: Float32Array;
}

type MakeTensor = (values: Float32Array, shape: readonly number[]) => Tensor;

interface StepSession {
  readonly session: InferenceSession;
  readonly graph: StepGraph;
  /** Of a batch, over all sequences and channels. */
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
  return sequences * channels * steps;
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

  /** Blocks its thread while it computes. */
  async run(batch: Batch, vector: Float32Array): Promise<StepResult> {
    const { Tensor } = await onnxruntime();
    const { session, graph } = await this.sessionFor(batch.shape);
    const tensor: MakeTensor = (values, shape) => new Tensor('float32', values, shape);
    const results = await session.run(this.feeds(batch, vector, tensor), [graph.loss, ...graph.gradients]);
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
    const key = `${shape.sequences} x ${shape.channels} x ${shape.steps}`;
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
    const { InferenceSession } = await onnxruntime();
    const session = await InferenceSession.create(graph.model, {
      executionProviders: ['cpu'],
      intraOpNumThreads: this.threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'extended',
      // Errors reach the caller; onnxruntime need not print them as well.
      logSeverityLevel: 4,
    });
    return { session, graph, steps: stepsOf(shape) };
  }

  private feeds(
    { shape, inputs, lengths, positive, allowed }: Batch,
    vector: Float32Array,
    tensor: MakeTensor,
  ): Record<string, Tensor> {
    const { sequences, channels, steps } = shape;
    const { architecture, levels } = this.objective;
    const feeds: Record<string, Tensor> = {
      input: tensor(inputs, [sequences * channels, architecture.inputs, 1, steps]),
      positive: tensor(positive, [sequences, sequences]),
      allowed: tensor(allowed, [sequences, sequences]),
    };
    const counts = lengths.map((length) => Int32Array.from(levelSteps(architecture, length)));
    levelSteps(architecture, steps).forEach((padded, l) => {
      const own = counts.map((count) => count[l]!);
      const { padding, quantiles, shares } = lengthFeeds(own, padded, levels);
      feeds[`padding${l}`] = tensor(padding, [sequences, 1, padded]);
      feeds[`quantiles${l}`] = tensor(quantiles, [sequences, padded, levels]);
      feeds[`shares${l}`] = tensor(shares, [sequences, padded, 1]);
    });
    for (const parameter of this.parameters) feeds[parameter.name] = tensor(partOf(vector, parameter), parameter.shape);
    return feeds;
  }
}
