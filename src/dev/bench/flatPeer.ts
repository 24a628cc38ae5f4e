import * as v from 'valibot';
import { mustRun } from '../command';
import { pythonWith } from '../pythonWith';

/** The fastest of some rounds for each query, and the distances in steps of bytes, without the query itself. */
const answerSchema = v.object({ milliseconds: v.array(v.number()), distances: v.array(v.array(v.number())) });

export type FlatAnswer = v.InferOutput<typeof answerSchema>;

const rounds = 3;

const script = `
import json, sys, time
import faiss, numpy
path, size, rows, k, rounds = sys.argv[1], *map(int, sys.argv[2:6])
queries = json.loads(sys.argv[6])
faiss.omp_set_num_threads(1)
x = numpy.fromfile(path, dtype=numpy.uint8, count=rows * size).reshape(-1, size).astype(numpy.float32)
index = faiss.IndexFlat(size, faiss.METRIC_L1)
index.add(x)
milliseconds, distances = [], []
for q in queries:
    best = 1e9
    for _ in range(rounds):
        began = time.perf_counter()
        found, _ids = index.search(x[q:q + 1], k + 1)
        best = min(best, 1000 * (time.perf_counter() - began))
    milliseconds.append(best)
    distances.append([float(d) / size for d in found[0][1:]])
print(json.dumps({'milliseconds': milliseconds, 'distances': distances}))
`;

/** Searches the same rows by FAISS' IndexFlat on one thread, or gives `null` where no Python has it. */
export async function searchFlat(
  path: string,
  size: number,
  rows: number,
  k: number,
  queries: readonly number[],
): Promise<FlatAnswer | null> {
  const python = await pythonWith('faiss', 'numpy');
  if (python === null) return null;
  const numbers = [size, rows, k, rounds].map(String);
  const output = await mustRun(python, ['-c', script, path, ...numbers, JSON.stringify(queries)]);
  return v.parse(answerSchema, JSON.parse(output.slice(output.lastIndexOf('{'))));
}
