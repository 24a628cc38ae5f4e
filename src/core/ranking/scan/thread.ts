import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { control, gates, kernelNames, waitWhile } from './control';
import { jobAddress } from './jobAddress';
import { kernelsOn, type Kernels } from './kernels';

/** What the helper thread is given: it sleeps without looking at its messages, and fetches memories when it needs them. */
export interface HelperData {
  readonly shared: Int32Array;
  readonly memories: MessagePort;
}

const { shared, memories } = workerData as HelperData;
const known: Kernels[] = [];

for (;;) {
  waitWhile(shared, gates.closed);
  if (Atomics.compareExchange(shared, control.gate, gates.open, gates.inside) !== gates.open) continue;
  try {
    const kernel = kernelNames[shared[control.kernel]!];
    if (kernel !== undefined) kernelsOf(shared[control.memory]!)[kernel](jobAddress);
  } finally {
    // Whoever waits does so without end.
    Atomics.store(shared, control.gate, gates.closed);
    Atomics.notify(shared, control.gate);
  }
}

function kernelsOf(number: number): Kernels {
  for (;;) {
    const kernels = known[number];
    if (kernels !== undefined) return kernels;
    const sent = receiveMessageOnPort(memories);
    if (sent === undefined) throw new Error(`memory ${number} was not sent`);
    known.push(kernelsOn(sent.message as WebAssembly.Memory));
  }
}
