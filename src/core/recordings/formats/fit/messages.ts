import { UnreadableError } from '../../reader';
import { baseType } from './baseTypes';
import { timestampField } from './profile';

/** Where a field lies in the messages of a definition. */
export interface Field {
  readonly number: number;
  /** Bytes from the beginning of the message. */
  readonly offset: number;
  readonly bytes: number;
  /** The number of its type; a developer's field has its type in a message of its own. */
  readonly type: number | null;
  /** Which developer's field it is. */
  readonly developer: number | null;
}

export interface Definition {
  /** What kind of message it is. */
  readonly message: number;
  readonly littleEndian: boolean;
  readonly fields: readonly Field[];
  readonly bytes: number;
}

export interface Message {
  readonly definition: Definition;
  /** Where its content begins. */
  readonly start: number;
  /** Seconds since the end of 1989, NaN while none is known. */
  readonly timestamp: number;
}

const dateTime = baseType(6);

/**
 * The messages of one FIT file, in their order.
 * @param view all of the file's bytes
 * @param start where the first message begins
 * @param end where the last one ends
 * @throws UnreadableError for a message without definition, and for one beyond `end`
 */
export function* messagesOf(view: DataView, start: number, end: number): Generator<Message, void> {
  const definitions = new Map<number, Definition>();
  let timestamp = NaN;
  for (let at = start; at < end;) {
    const header = view.getUint8(at);
    at++;
    const compressed = (header & 0x80) !== 0;
    if (!compressed && (header & 0x40) !== 0) {
      const { definition, next } = definitionAt(view, at, end, (header & 0x20) !== 0);
      definitions.set(header & 0x0f, definition);
      at = next;
      continue;
    }
    const definition = definitions.get(compressed ? (header >> 5) & 0x03 : header & 0x0f);
    if (definition === undefined) throw new UnreadableError('it is damaged: one of its messages is not defined');
    if (at + definition.bytes > end) throw endsEarly();
    timestamp = compressed ? laterBy(timestamp, header & 0x1f) : timestampOf(view, definition, at, timestamp);
    yield { definition, start: at, timestamp };
    at += definition.bytes;
  }
}

/** The next time whose last five bits are these. */
function laterBy(timestamp: number, bits: number): number {
  return timestamp + ((bits - (timestamp % 32) + 32) % 32);
}

function timestampOf(view: DataView, definition: Definition, start: number, before: number): number {
  const field = definition.fields.find(({ number, developer }) => number === timestampField && developer === null);
  if (field?.bytes !== 4 || dateTime === undefined) return before;
  const timestamp = dateTime.read(view, start + field.offset, definition.littleEndian);
  return Number.isNaN(timestamp) ? before : timestamp;
}

function definitionAt(
  view: DataView,
  at: number,
  end: number,
  withDeveloperFields: boolean,
): { readonly definition: Definition; readonly next: number } {
  if (at + 5 > end) throw endsEarly();
  const littleEndian = view.getUint8(at + 1) === 0;
  const message = view.getUint16(at + 2, littleEndian);
  const fields: Field[] = [];
  let [next, bytes] = [at + 4, 0];
  for (const isDeveloper of withDeveloperFields ? [false, true] : [false]) {
    if (next >= end) throw endsEarly();
    const count = view.getUint8(next);
    next++;
    if (next + 3 * count > end) throw endsEarly();
    for (let i = 0; i < count; i++, next += 3) {
      const [number, length, last] = [view.getUint8(next), view.getUint8(next + 1), view.getUint8(next + 2)];
      const kind = isDeveloper ? { type: null, developer: last } : { type: last, developer: null };
      fields.push({ number, offset: bytes, bytes: length, ...kind });
      bytes += length;
    }
  }
  return { definition: { message, littleEndian, fields, bytes }, next };
}

function endsEarly(): UnreadableError {
  return new UnreadableError('it is damaged: one of its messages goes on beyond its end');
}
