import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { beginning } from '../../core/ranking/map/beginning';
import { fuzzyGraph } from '../../core/ranking/map/fuzzyGraph';
import { inSquare } from '../../core/ranking/map/placing';
import { roundsFor } from '../../core/ranking/map/rounds';
import { Settling } from '../../core/ranking/map/settling';
import type { MapPicture, MapTask } from './mapMessages';

/** The entry of the thread in which a map settles. It tells where the points are now and then, and ends with its work. */

const millisecondsBetweenPictures = 250;

/** Places of a picture are 1 at most; those of a map are about so far from its middle. */
const extent = 10;

const task = workerData as MapTask;

// On Linux this is about the thread alone; elsewhere it would be about the engine.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);

const graph = fuzzyGraph(task.count, task);
const start = task.start?.map((value) => extent * value) ?? beginning(graph, task.seed);
const settling = new Settling(graph, start, roundsFor(task.count), task.seed, task.round);

let shownAt = -Infinity;
while (settling.done < settling.rounds) {
  Atomics.wait(task.paused, 0, 1);
  settling.step();
  if (performance.now() - shownAt < millisecondsBetweenPictures && settling.done < settling.rounds) continue;
  const places = inSquare(settling.places);
  const picture: MapPicture = { places, done: settling.done, rounds: settling.rounds };
  parentPort?.postMessage(picture, [places.buffer as ArrayBuffer]);
  shownAt = performance.now();
}
