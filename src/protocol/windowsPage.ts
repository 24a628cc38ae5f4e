import * as v from 'valibot';
import { questionNames, span } from './explanation';
import { sequenceRef } from './sequences';
import { count, type Shape } from './shapes';
import { windowsFound, windowsParams } from './windows';

/** The messages between the extension host and the page that lists windows like a part of a recording. */

/** Where the page of a recording can ask for windows: in all recordings, in its own, or in files that the user chooses. */
export const windowsWhere = v.picklist(['layout', 'recording', 'files']);
export type WindowsWhere = Shape<typeof windowsWhere>;

/** What a page asks for when a stretch of a recording is to be searched for. */
export const findPart = v.object({
  type: v.literal('findPart'),
  query: sequenceRef,
  span,
  where: windowsWhere,
});
export type FindPart = Shape<typeof findPart>;

/** Everything that the page shows. */
export const windowsState = v.object({
  params: windowsParams,
  found: v.nullable(windowsFound),
  searching: v.boolean(),
  /** Why the last search failed, in complete sentences, or `null`. */
  error: v.nullable(v.string()),
});
export type WindowsState = Shape<typeof windowsState>;

export const toWindowsPage = v.variant('type', [
  v.object({ type: v.literal('state'), state: windowsState }),
  v.object({ type: v.literal('answer'), id: count, answer: v.unknown() }),
  v.object({ type: v.literal('unanswered'), id: count, message: v.string() }),
]);
export type ToWindowsPage = Shape<typeof toWindowsPage>;

export const fromWindowsPage = v.variant('type', [
  v.object({ type: v.picklist(['ready', 'retry', 'more', 'openQuery', 'copyPython']) }),
  v.object({ type: v.literal('each'), each: windowsParams.entries.each }),
  v.object({ type: v.literal('range'), range: v.boolean() }),
  /** Shows a row's window in its recording, or searches for it, by its rank. */
  v.object({ type: v.picklist(['open', 'search']), rank: count }),
  v.object({ type: v.literal('ask'), id: count, name: v.picklist(questionNames), asked: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: count }),
]);
export type FromWindowsPage = Shape<typeof fromWindowsPage>;
