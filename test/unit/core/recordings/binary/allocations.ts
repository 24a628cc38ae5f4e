/** Counts the bytes that typed arrays and buffers ask for by a length, from the moment it is made until it is stopped. */
export class AllocationMeter {
  /** The largest request so far, in bytes. */
  largest = 0;
  readonly #restore: (() => void)[] = [];

  constructor() {
    for (const type of arrayTypes) this.#watchType(type);
    for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const) this.#watchBuffer(name);
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  readonly #asked = (bytes: unknown): void => {
    if (typeof bytes === 'number') this.largest = Math.max(this.largest, bytes);
  };

  #watchType(name: (typeof arrayTypes)[number]): void {
    const type = globalThis[name];
    const size = 'BYTES_PER_ELEMENT' in type ? type.BYTES_PER_ELEMENT : 1;
    const asked = this.#asked;
    const watched: object = new Proxy(type, {
      construct(target, args: unknown[], made: object): object {
        if (typeof args[0] === 'number') asked(args[0] * size);
        return Reflect.construct(target, args, made === watched ? target : (made as NewableFunction)) as object;
      },
    });
    this.#replace(globalThis, name, watched);
  }

  #watchBuffer(name: 'alloc' | 'allocUnsafe' | 'allocUnsafeSlow'): void {
    const original = Buffer[name].bind(Buffer) as (size: number, ...rest: unknown[]) => Buffer;
    this.#replace(Buffer, name, (size: number, ...rest: unknown[]) => {
      this.#asked(size);
      return original(size, ...rest);
    });
  }

  #replace(owner: object, name: string, value: unknown): void {
    const before: unknown = Reflect.get(owner, name);
    Reflect.set(owner, name, value);
    this.#restore.push(() => Reflect.set(owner, name, before));
  }
}

const arrayTypes = [
  ...(['ArrayBuffer', 'SharedArrayBuffer', 'Float32Array', 'Float64Array'] as const),
  ...([
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
  ] as const),
  ...(['BigInt64Array', 'BigUint64Array'] as const),
];
