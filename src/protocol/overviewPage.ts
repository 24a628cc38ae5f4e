import * as v from 'valibot';
import { checkName, checkRequests } from './checks';
import { questions as explaining } from './explanation';
import { overviewPoints, overviewRequests, overviewStatus, pointRequests } from './overview';
import { sequenceRef } from './sequences';
import { count, text, type Shape } from './shapes';

/** The messages between the extension host and the page that shows a whole folder; both sides validate them. */

/** A layout that can be looked at. */
const layoutChoice = v.object({
  /** As in `overviewOf`. */
  layout: text,
  channels: v.array(v.nullable(text)),
  sequences: count,
});
export type LayoutChoice = Shape<typeof layoutChoice>;

/** What the page shows beside points and findings. */
export const overviewState = v.object({
  /** The largest first; empty before the engine has answered. */
  layouts: v.array(layoutChoice),
  /** `null` for all layouts together. */
  layout: v.nullable(text),
  /** Whether there are no sequences of the layout any more. */
  gone: v.boolean(),
  /** `null` before the engine has answered. */
  status: v.nullable(overviewStatus),
  /** Why nothing can be shown, in complete sentences, or `null`. */
  error: v.nullable(v.string()),
  /** What can be done about it, as the texts of buttons. */
  remedies: v.array(v.string()),
});
export type OverviewState = Shape<typeof overviewState>;

const ofLayout = { layout: v.nullable(text) };

export const toOverviewPage = v.variant('type', [
  v.object({ type: v.literal('state'), state: overviewState }),
  v.object({ type: v.literal('points'), ...ofLayout, points: overviewPoints }),
  v.object({ type: v.literal('places'), ...ofLayout, places: overviewRequests.overviewPlaces.answer }),
  v.object({ type: v.literal('answer'), id: count, answer: v.unknown() }),
  v.object({ type: v.literal('unanswered'), id: count, message: v.string() }),
]);
export type ToOverviewPage = Shape<typeof toOverviewPage>;

const asked = <
  Table extends Readonly<Record<string, { readonly params: v.GenericSchema; readonly answer: v.GenericSchema }>>,
>(
  table: Table,
) =>
  Object.fromEntries(
    Object.entries(table).map(([name, { params, answer }]) => [name, { asked: params, answer }]),
  ) as unknown as {
    readonly [Name in keyof Table]: { readonly asked: Table[Name]['params']; readonly answer: Table[Name]['answer'] };
  };

/** What the page asks of the engine: about sequences among the points, and about the layout that is shown. */
export const overviewQuestions = { plot: explaining.plot, ...asked(checkRequests), ...asked(pointRequests) } as const;
export type OverviewQuestion = keyof typeof overviewQuestions;
const questionNames = Object.keys(overviewQuestions) as [OverviewQuestion, ...OverviewQuestion[]];

/** As many recordings as are opened together. */
export const mostOpened = 8;

const some = v.pipe(v.array(sequenceRef), v.minLength(1));

export const fromOverviewPage = v.variant('type', [
  v.object({ type: v.picklist(['ready', 'retry', 'undo', 'fineTune']) }),
  v.object({ type: v.literal('layout'), ...ofLayout }),
  v.object({ type: v.literal('pause'), paused: v.boolean() }),
  /** One of the remedies. */
  v.object({ type: v.literal('remedy'), index: count }),
  v.object({ type: v.picklist(['open', 'findSimilar', 'setLabel']), refs: some }),
  /** Copies a cell for a notebook about some sequences, or about all of the layout if none are named. */
  v.object({ type: v.literal('copyPython'), refs: v.array(sequenceRef) }),
  /** Shows a sequence beside another. */
  v.object({ type: v.literal('compare'), refs: v.tuple([sequenceRef, sequenceRef]) }),
  /** Gives sequences the labels that their neighbours have. */
  v.object({
    type: v.literal('accept'),
    labels: v.pipe(v.array(v.object({ ref: sequenceRef, label: text })), v.minLength(1)),
  }),
  /** Leaves the files of sequences out of the index, except for those of `kept`. */
  v.object({ type: v.literal('exclude'), refs: some, kept: v.array(sequenceRef) }),
  v.object({ type: v.literal('ask'), id: count, name: v.picklist(questionNames), asked: v.unknown() }),
  v.object({ type: v.literal('cancel'), id: count }),
]);
export type FromOverviewPage = Shape<typeof fromOverviewPage>;

/** What the page keeps while its window is loaded again. */
export const keptOverview = v.object({
  tab: v.picklist(['map', ...checkName.options]),
  colours: v.string(),
});
export type KeptOverview = Shape<typeof keptOverview>;
