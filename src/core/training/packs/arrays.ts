import { UnreadableError, defaultReadOptions } from '../../recordings/reader';
import { readArray } from '../../recordings/formats/npy/array';
import { arrangeAs } from '../../recordings/formats/npy/arrangement';
import { elementPieces, openArrays, readNumbers, type ArrayMember } from '../../recordings/formats/npz/members';
import { withZip } from '../../recordings/formats/npz/zip';
import { quoted } from '../../recordings/formats/pcm/text';
import { withSource } from '../../recordings/source';

/** The most samples of a pack: four times what one recording may hold. */
const readOptions = { ...defaultReadOptions, maximumSamples: 4 * defaultReadOptions.maximumSamples };

/** The most numbers of any other array. */
const mostNumbers = 2 ** 24;

/** The arrays of an open `.npz` file by name. Every method throws an UnreadableError for an array that is not as asked for. */
export class PackArrays {
  constructor(
    private readonly arrays: readonly ArrayMember[],
    private readonly damaged: ReadonlyMap<string, string>,
  ) {}

  /** The numbers of an array of one axis. */
  async vector(name: string): Promise<Float64Array> {
    return numbersOf(this.named(name, 1));
  }

  /** The numbers of an array [rows, columns], row by row. */
  async matrix(name: string, rows: number, columns: number): Promise<Float64Array> {
    const array = this.named(name, 2);
    const { shape, fortranOrder } = array.header;
    if (shape[0] !== rows || shape[1] !== columns) {
      throw new UnreadableError(`${quoted(name)} is [${shape.join(', ')}] and not [${rows}, ${columns}]`);
    }
    if (fortranOrder && rows > 1 && columns > 1)
      throw new UnreadableError(`${quoted(name)} is stored column by column`);
    return numbersOf(array);
  }

  /** The columns of an array [steps, channels]. */
  async channels(name: string): Promise<readonly Float32Array[]> {
    const array = this.named(name, 2);
    const arrangement = arrangeAs(['time', 'channel'], array.header.shape, null);
    const sequences = await readArray(array.header, arrangement, elementPieces(array), readOptions);
    return sequences.flatMap((sequence) => sequence.channels.map((channel) => channel.values));
  }

  private named(name: string, axes: number): ArrayMember {
    const array = this.arrays.find((candidate) => candidate.name === name);
    const reason = this.damaged.get(name);
    if (array === undefined) {
      throw new UnreadableError(
        reason === undefined ? `it has no array ${quoted(name)}` : `of its array ${quoted(name)}: ${reason}`,
      );
    }
    const { element, shape } = array.header;
    if (element.codec === null || element.parts.length !== 1)
      throw new UnreadableError(`${quoted(name)} does not hold numbers`);
    if (shape.length !== axes) throw new UnreadableError(`${quoted(name)} has ${shape.length} axes and not ${axes}`);
    return array;
  }
}

async function numbersOf(array: ArrayMember): Promise<Float64Array> {
  if (array.header.elements > mostNumbers) throw new UnreadableError(`${quoted(array.name)} is far too long`);
  return readNumbers(array);
}

/**
 * Opens an `.npz` file and hands its arrays to `use`.
 * @throws UnreadableError when the file, or what `use` asks for, cannot be read
 */
export async function withArrays<T>(path: string, use: (arrays: PackArrays) => Promise<T>): Promise<T> {
  return withSource(path, (source) =>
    withZip(source, undefined, async (members) => {
      const [arrays, damaged] = await openArrays(members);
      return use(new PackArrays(arrays, new Map(damaged.map(({ name, reason }) => [name, reason]))));
    }),
  );
}
