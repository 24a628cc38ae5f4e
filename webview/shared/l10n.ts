import * as v from 'valibot';
import { useBundle } from '../../src/l10n/messages';
import { useLanguage } from '../../src/l10n/numbers';

export { t } from '../../src/l10n/messages';

const bundle = v.record(v.string(), v.string());

/** Takes up the language of the page and the messages that the host has written into `root`. */
export function useLanguageOf(root: HTMLElement): void {
  useLanguage(document.documentElement.lang);
  const given = root.dataset['l10n'];
  if (given === undefined) return;
  const messages = v.safeParse(v.pipe(v.string(), v.parseJson(), bundle), given);
  useBundle(messages.success ? messages.output : {});
  delete root.dataset['l10n'];
}
