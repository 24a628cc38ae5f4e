import * as v from 'valibot';
import { questionNames, span } from './explanation';
import { savePlot } from './panel';
import { recordingView } from './recordings';
import { count, type Shape } from './shapes';
import { findPart } from './windowsPage';

/** The messages between the extension host and the page that shows a recording; both sides validate them. */

/** What a menu or a key of the editor asks of the page. */
export const recordingCommands = ['nextSequence', 'previousSequence'] as const;
export type RecordingCommand = (typeof recordingCommands)[number];

/** Everything that the page shows. */
export const recordingState = v.object({
  /** The newest that is known, which stays while the file is read again, and after it has gone. */
  view: v.nullable(recordingView),
  reading: v.boolean(),
  /** Whether the file is not there any more. */
  gone: v.boolean(),
  /** Grows whenever the file may hold something else. */
  version: count,
  /** A stretch of a sequence that is to be selected; the id grows with each. */
  marked: v.nullable(v.object({ id: count, number: count, span })),
  /** Why the last thing that was asked for failed, in complete sentences, or `null`. */
  error: v.nullable(v.string()),
  /** What can be done about it, as the texts of buttons. */
  remedies: v.array(v.string()),
});
export type RecordingState = Shape<typeof recordingState>;

export const toRecordingPage = v.variant('type', [
  v.object({ type: v.literal('state'), state: recordingState }),
  v.object({ type: v.literal('run'), command: v.picklist(recordingCommands) }),
  v.object({ type: v.literal('answer'), id: count, answer: v.unknown() }),
  v.object({ type: v.literal('unanswered'), id: count, message: v.string() }),
]);
export type ToRecordingPage = Shape<typeof toRecordingPage>;

/** From the page to the host. No message names a file: the page is about one. */
export const fromRecordingPage = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('show'), number: count }),
  /** The sequence that was shown before the window was loaded again, which counts unless another one is asked for. */
  v.object({ type: v.literal('kept'), number: count }),
  v.object({ type: v.picklist(['findSimilar', 'setLabel', 'showReading', 'openAsText', 'next', 'previous', 'retry']) }),
  /** Whether the page has the keyboard's focus, for the editor's keybindings. */
  v.object({ type: v.literal('focused'), focused: v.boolean() }),
  /** One of the remedies. */
  v.object({ type: v.literal('remedy'), index: count }),
  v.object({ type: v.literal('ask'), id: count, name: v.picklist(questionNames), asked: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: count }),
  savePlot,
  findPart,
]);
export type FromRecordingPage = Shape<typeof fromRecordingPage>;

/** What the page keeps by `setState`, and gets back when it is loaded again. */
export const keptRecording = v.object({
  number: count,
  /** The stretch of the axis that is shown, or `null` for all of it. */
  window: v.nullable(v.object({ start: v.number(), end: v.number() })),
});
export type KeptRecording = Shape<typeof keptRecording>;
