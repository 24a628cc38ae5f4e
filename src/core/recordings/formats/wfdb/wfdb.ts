import { basename, dirname, join } from 'node:path';
import { marksOf, type Mark } from '../../marks';
import { UnreadableError, type Reader, type ReadOptions } from '../../reader';
import { withDoubts, type Doubt } from '../../reading/doubts';
import { stepsOf, type Sequence } from '../../sequence';
import type { ByteSource } from '../../source';
import { checkFileSize } from '../pcm/limits';
import { inFile } from '../pcm/named';
import { listed, quoted } from '../pcm/text';
import { annotationFileOf, sayingsOf } from './annotations';
import type { RecordHeader } from './header';
import { defaultRate, readRecordHeader, readUndivided } from './record';
import { openSegments, readDivided } from './segments';

/** WFDB records: a header (`.hea`) and the signal files or segments that it names, as PhysioNet keeps them. */
export const wfdbReader: Reader = {
  format: 'wfdb',
  version: 2,
  extensions: ['.hea'],
  claims: () => true,
  companions,
  read,
};

/** The files that the header names, and those that its segments name. Damaged headers name none: `read` tells what is wrong. */
async function companions(source: ByteSource): Promise<readonly string[]> {
  try {
    const header = await readRecordHeader(source);
    const names = signalFilesOf(header);
    for (const segment of header.segments ?? []) {
      if (segment.name !== null) names.add(`${segment.name}.hea`);
    }
    for (const segment of await openSegments(source.path, header)) {
      for (const name of signalFilesOf(segment.header)) names.add(name);
    }
    const annotations = await annotationFileOf(source.path);
    return [
      ...[...names].map((name) => join(dirname(source.path), name)),
      ...(annotations === null ? [] : [annotations]),
    ];
  } catch (error) {
    if (error instanceof UnreadableError) return [];
    throw error;
  }
}

function signalFilesOf({ signals }: RecordHeader): Set<string> {
  return new Set(signals.flatMap(({ file }) => file ?? []));
}

async function read(source: ByteSource, options: ReadOptions): Promise<readonly Sequence[]> {
  options.signal?.throwIfAborted();
  checkFileSize(source, options);
  const header = await readRecordHeader(source);
  const readRecord = header.segments === null ? readUndivided : readDivided;
  const { channels, perFrame, notes } = await readRecord(source.path, header, options);
  const { label, note } = commentsOf(header);
  const rate = (header.rate ?? defaultRate) * perFrame;
  const record = { channels, rate, label, name: null, notes: note === null ? notes : [...notes, note] };
  const whole = withDoubts(record, header.rate === null ? [assumedRate] : [], options.decisions);
  if (options.decisions?.segments !== true) return [whole];
  return [{ ...whole, marks: await marksOn(source.path, header.rate ?? defaultRate, rate, stepsOf(whole)) }];
}

const assumedRate: Doubt = {
  sentence: `Its header gives no sampling frequency, so ${defaultRate} Hz is assumed.`,
  settledBy: ['rate'],
};

/** @param recordRate Hz of frames, of which annotations count */
async function marksOn(header: string, recordRate: number, rate: number, steps: number): Promise<Mark[]> {
  const path = await annotationFileOf(header);
  if (path === null) return [];
  const named = { path, file: `file of annotations ${quoted(basename(path))}` };
  return inFile(named, async (file) => {
    if (file.size > longestAnnotations) throw new UnreadableError('it is far too long');
    return marksOf(sayingsOf(await file.read(0, file.size), recordRate, rate), steps);
  });
}

const longestAnnotations = 2 ** 26;

/** A comment that names one diagnosis is the label; the other comments of the form `name: value` are a note. */
function commentsOf({ comments }: RecordHeader): { readonly label: string | null; readonly note: string | null } {
  const entries = comments.flatMap((text) => {
    const [, name = '', value = ''] = /^\s*([\p{L}][^:]{0,39}?)\s*:\s*(\S.*)$/u.exec(text) ?? [];
    return name === '' ? [] : [{ name, value }];
  });
  const diagnosis = entries.find(
    ({ name, value }) => /^(?:dx|diagnos[ie]s|label)$/i.test(name) && !value.includes(','),
  );
  const others = entries.filter((entry) => entry !== diagnosis);
  const said = others.map(({ name, value }) => `${name}: ${value}`);
  return { label: diagnosis?.value ?? null, note: said.length === 0 ? null : `its header says ${listed(said, 8)}` };
}
