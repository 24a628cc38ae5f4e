import { mostSayings } from '../../marks';
import { plainText } from '../pcm/text';

/** What the annotations of a file say (EDF+ specification, section 2.2). */
export interface Annotations {
  /** Seconds from the start of the recording to that of each data record, NaN where none is given. */
  readonly onsets: Float64Array;
  /** How many annotations have a text. */
  readonly count: number;
  /** Their different texts, in the order in which they come. */
  readonly texts: readonly string[];
  /** The first of them; `duration` and `onset` in seconds, `duration` is `null` where none is given. */
  readonly sayings: readonly { readonly onset: number; readonly duration: number | null; readonly text: string }[];
}

/** More different texts than this are not kept: they are only for a note. */
const mostTexts = 100;

/** What stands before a duration and after an onset or a text. */
const [beforeDuration, afterText] = ['\x15', '\x14'];
const list = new RegExp(`([-+]\\d{1,15}(?:\\.\\d{0,15})?)(?:${beforeDuration}([\\d.]*))?${afterText}([^\\0]*)`, 'g');

/**
 * Reads the lists of annotations of all data records.
 * @param bytes those of the signal of annotations, `records` times as many as one record has
 */
export function parseAnnotations(bytes: Buffer, records: number): Annotations {
  const onsets = new Float64Array(records).fill(NaN);
  const texts = new Set<string>();
  const sayings: Annotations['sayings'][number][] = [];
  let count = 0;
  const recordBytes = bytes.length / records;
  for (let record = 0; record < records; record++) {
    const text = bytes.toString('utf8', record * recordBytes, (record + 1) * recordBytes);
    for (const [, onset = '', duration = '', said = ''] of text.matchAll(list)) {
      const parts = said.split(afterText).filter((part) => part.trim() !== '');
      // The list that times a record has an annotation without a text.
      if (said.startsWith(afterText) && Number.isNaN(onsets[record])) onsets[record] = Number(onset);
      count += parts.length;
      for (const part of parts) {
        const text = plainText(part, 80);
        if (texts.size < mostTexts) texts.add(text);
        if (sayings.length < mostSayings)
          sayings.push({ onset: Number(onset), duration: Number(duration) > 0 ? Number(duration) : null, text });
      }
    }
  }
  return { onsets, count, texts: [...texts], sayings };
}
