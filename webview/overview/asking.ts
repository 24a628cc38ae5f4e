import type { overviewQuestions } from '../../src/protocol/overviewPage';
import type { AskerOf } from '../shared/ask';

/** Asks what the page of the overview may ask. */
export type OverviewAsker = AskerOf<typeof overviewQuestions>;
