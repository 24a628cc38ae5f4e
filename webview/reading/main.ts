import * as v from 'valibot';
import { toReadingPage, type FromReadingPage } from '../../src/protocol/readingPage';
import { t, useLanguageOf } from '../shared/l10n';
import { registerToolkit } from '../shared/toolkit';
import { ReadingPage } from './page';

interface VsCodeApi {
  postMessage(message: FromReadingPage): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

registerToolkit();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
useLanguageOf(root);
const api = acquireVsCodeApi();
const page = new ReadingPage(root, (message) => {
  api.postMessage(message);
});
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const parsed = v.safeParse(toReadingPage, event.data);
  if (parsed.success) page.receive(parsed.output);
  else
    page.complain(
      t('The page got a message from the extension that it does not understand. What is shown may be out of date.'),
    );
});
api.postMessage({ type: 'ready' });
