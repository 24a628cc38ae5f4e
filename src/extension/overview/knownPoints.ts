import type { SetLabelParams } from '../../protocol/labels';
import type { OverviewPlaces, OverviewPoints } from '../../protocol/overview';
import type { SequenceRef } from '../../protocol/sequences';

type Target = SetLabelParams['targets'][number];

/** The sequences that a page was told of: it may ask for no others. */
export class KnownPoints {
  #numbers: ReadonlyMap<string, number> | undefined;

  constructor(readonly points: OverviewPoints) {}

  /** The same sequences in other places. */
  movedTo({ picture, x, y }: OverviewPlaces): KnownPoints {
    const moved = new KnownPoints({ ...this.points, picture, x, y });
    moved.#numbers = this.#numbers;
    return moved;
  }

  has(ref: SequenceRef): boolean {
    return this.#numberOf(ref) !== undefined;
  }

  /** One of the sequences, if there are any. */
  get first(): SequenceRef | undefined {
    const { files, paths, number } = this.points;
    const path = paths[files.of[0] ?? -1];
    return path === undefined ? undefined : { path, number: number[0] ?? 0 };
  }

  /** What gives a sequence its label: its file, where it is the only one in it. */
  targetOf({ path, number }: SequenceRef): Target {
    const at = this.#numberOf({ path, number });
    const isAlone = at !== undefined && this.points.siblings[at] === 1;
    return { path, number: isAlone ? null : number };
  }

  /** How many of the points lie in some files. */
  countIn(paths: ReadonlySet<string>): number {
    const { files, paths: all } = this.points;
    return files.of.reduce((sum, file) => sum + (paths.has(all[file] ?? '') ? 1 : 0), 0);
  }

  #numberOf({ path, number }: SequenceRef): number | undefined {
    this.#numbers ??= numbersOf(this.points);
    return this.#numbers.get(`${number} ${path}`);
  }
}

function numbersOf({ files, paths, number }: OverviewPoints): ReadonlyMap<string, number> {
  return new Map(files.of.map((file, i): [string, number] => [`${number[i] ?? 0} ${paths[file] ?? ''}`, i]));
}
