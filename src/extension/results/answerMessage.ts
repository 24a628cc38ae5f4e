import type { ToWebview } from '../../protocol/panel';
import type { Question } from '../../protocol/questions';
import { detailsOf, messageOf } from '../failure';
import { clip } from './fitting';
import type { View } from './history';
import type { PanelPort } from './panelPort';

/** What the page is told of a question that it has numbered: the answer, or why there is none. */
export async function answerMessage(
  port: Pick<PanelPort, 'reply' | 'log'>,
  id: number,
  question: Question,
  view: View,
): Promise<ToWebview> {
  try {
    return { type: 'answer', id, answer: await port.reply(question, view) };
  } catch (error) {
    port.log(detailsOf(error));
    return { type: 'unanswered', id, message: clip(messageOf(error)) };
  }
}
