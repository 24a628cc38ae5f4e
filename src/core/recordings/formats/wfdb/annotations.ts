import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { mostSayings, type Saying } from '../../marks';
import { UnreadableError } from '../../unreadable';
import { plainText } from '../pcm/text';

/** Files of annotations by people, the first that is there counts: rhythms and beats, and apnea by the minute. */
const extensions = ['.atr', '.apn', '.ann'];

/** The symbols that WFDB prints for the codes of annotations (WFDB Programmer's Guide, appendix on annotation codes). */
const symbols = ' NLRaVFJASEj/Q~ | sT*D"=pB^t+u?![]en@xf()r';

const codes = { note: 22, rhythm: 28, skip: 59, number: 60, subtype: 61, channel: 62, text: 63 };

interface Annotation {
  /** In ticks of the file's own clock. */
  readonly time: number;
  readonly code: number;
  text: string;
}

/** The file of annotations beside a header, or `null`. @throws Error of the file system */
export async function annotationFileOf(header: string): Promise<string | null> {
  const names = new Set(await readdir(dirname(header)));
  const stem = basename(header, extname(header));
  const own = extensions.map((extension) => stem + extension).find((name) => names.has(name));
  return own === undefined ? null : join(dirname(header), own);
}

/**
 * What annotations in the MIT format say: rhythms where there are any, else the symbol of each until the next.
 * @param rate Hz of the time of annotations that state no resolution of their own: that of the record
 * @param stepsPerSecond of the sequence
 * @throws UnreadableError for bytes that are no annotations
 */
export function sayingsOf(bytes: Buffer, rate: number, stepsPerSecond: number): Saying[] {
  const all = parse(bytes);
  const stated = all
    .map(({ text }) => /^## time resolution: ([\d.]+)/.exec(text)?.[1])
    .find((own) => own !== undefined);
  const ticks = stated === undefined ? rate : Number(stated);
  const rhythms = all.filter(({ code, text }) => code === codes.rhythm && text.startsWith('('));
  const told = rhythms.length > 0 ? rhythms : all.filter(({ code }) => code !== codes.note && code !== codes.rhythm);
  return told.slice(0, mostSayings).map(({ time, code, text }) => ({
    start: (time / ticks) * stepsPerSecond,
    length: null,
    label: code === codes.rhythm ? plainText(text.slice(1)) : symbols.charAt(code).trim() || `[${code}]`,
  }));
}

function parse(bytes: Buffer): Annotation[] {
  const all: Annotation[] = [];
  let time = 0;
  for (let at = 0; at + 2 <= bytes.length;) {
    const word = bytes.readUInt16LE(at);
    const [code, interval] = [word >> 10, word & 0x3ff];
    at += 2;
    if (word === 0) return all;
    if (code === codes.skip) {
      if (at + 4 > bytes.length) throw damaged();
      // The more significant half comes first, as on a PDP-11.
      time += bytes.readInt16LE(at) * 65_536 + bytes.readUInt16LE(at + 2);
      at += 4;
    } else if (code === codes.text) {
      if (at + interval > bytes.length) throw damaged();
      const last = all.at(-1);
      if (last !== undefined) last.text = bytes.toString('utf8', at, at + interval).replace(/\0+$/, '');
      at += interval + (interval % 2);
    } else if (code < codes.skip) {
      time += interval;
      all.push({ time, code, text: '' });
    }
  }
  return all;
}

function damaged(): UnreadableError {
  return new UnreadableError('its annotations end in the middle of one');
}
