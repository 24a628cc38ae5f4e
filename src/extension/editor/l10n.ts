import { env, l10n } from 'vscode';
import { useBundle } from '../../l10n/messages';
import { useLanguage } from '../../l10n/numbers';

/** Takes up the language of the editor, with the messages that it has loaded for it. */
export function useLanguageOfEditor(): void {
  useBundle(l10n.bundle ?? {});
  useLanguage(env.language);
}
