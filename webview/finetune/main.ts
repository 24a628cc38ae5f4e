import * as v from 'valibot';
import { toTuningPage, type FromTuningPage } from '../../src/protocol/finetunePanel';
import { t, useLanguageOf } from '../shared/l10n';
import { registerToolkit } from '../shared/toolkit';
import { tuningPage } from './page';

interface VsCodeApi {
  postMessage(message: FromTuningPage): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

registerToolkit();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');
useLanguageOf(root);
const api = acquireVsCodeApi();
const page = tuningPage(root, (message) => {
  api.postMessage(message);
});
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const parsed = v.safeParse(toTuningPage, event.data);
  if (parsed.success) page.show(parsed.output);
  else
    page.complain(
      t('The page got a message from the extension that it does not understand. What is shown may be out of date.'),
    );
});
api.postMessage({ type: 'ready' });
