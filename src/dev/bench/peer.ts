import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as v from 'valibot';
import { inProject } from '../project';

const answerSchema = v.object({
  error: v.optional(v.string()),
  torch: v.optional(v.string()),
  milliseconds: v.optional(v.number()),
  loss: v.optional(v.nullable(v.number())),
});

const measuredSchema = v.object({ milliseconds: v.number(), loss: v.optional(v.nullable(v.number()), null) });

type PeerAnswer = v.InferOutput<typeof answerSchema>;

/** The process of `peer.py`. */
export class Peer {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string) {
    const env = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
    this.child = spawn(python, [inProject('src/dev/bench/peer.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error when the process ends or says that it cannot */
  async ask(request: { readonly load: string } | { readonly run: 'encode' | 'step' }): Promise<PeerAnswer> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.lines.next();
    if (line.done === true) throw new Error('the process ended');
    const answer = v.parse(answerSchema, JSON.parse(line.value));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  /** Processor time of one run, and the loss of a training step. @throws Error as `ask` */
  async run(work: 'encode' | 'step'): Promise<v.InferOutput<typeof measuredSchema>> {
    return v.parse(measuredSchema, await this.ask({ run: work }));
  }

  close(): void {
    this.child.stdin.end();
  }
}
