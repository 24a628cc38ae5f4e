import { plainText } from '../pcm/text';
import type { Message } from './messages';
import type { Quantity } from './profile';

/** A field that the maker of an app or a sensor added to a recording. */
export interface DeveloperField extends Quantity {
  /** The number of its type. */
  readonly type: number;
}

/** The developers' fields that a file describes. */
export class DeveloperFields {
  private readonly fields = new Map<number, DeveloperField>();

  /** @param developer which developer's @param number which of the developer's fields */
  get(developer: number, number: number): DeveloperField | undefined {
    return this.fields.get(developer * 256 + number);
  }

  /** Takes a message that describes a field. */
  add(view: DataView, { definition, start }: Message): void {
    const place = (wanted: number) => definition.fields.find(({ number }) => number === wanted);
    const byte = (wanted: number) => {
      const field = place(wanted);
      return field === undefined || field.bytes === 0 ? null : view.getUint8(start + field.offset);
    };
    const text = (wanted: number) => {
      const field = place(wanted);
      if (field === undefined) return '';
      const bytes = Buffer.from(view.buffer, view.byteOffset + start + field.offset, field.bytes);
      const [first = ''] = bytes.toString('utf8').split('\0');
      return plainText(first);
    };
    const [developer, number, type] = [byte(0), byte(1), byte(2)];
    if (developer === null || number === null || type === null) return;
    const [scale, offset] = [byte(6) ?? 0xff, byte(7) ?? 0x7f];
    this.fields.set(developer * 256 + number, {
      type,
      name: text(3) || `field ${developer}.${number}`,
      unit: text(8) || null,
      scale: scale === 0 || scale === 0xff ? 1 : scale,
      offset: offset === 0x7f ? 0 : (offset << 24) >> 24,
    });
  }
}
