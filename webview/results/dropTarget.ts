import type { FromWebview } from '../../src/protocol/panel';
import { element } from '../shared/dom';
import { t } from '../shared/l10n';

/** How the editor calls the addresses of what is dragged, the fullest first. */
const editorTypes = ['resourceurls', 'application/vnd.code.uri-list', 'text/uri-list'] as const;

const mostFiles = 1000;
const longestAddress = 4096;

/**
 * Lets files be dropped anywhere on the page, and says so while they are over it. The editor lets a page have them while
 * Shift is held.
 */
export function dropTarget(post: (message: FromWebview) => void): HTMLElement {
  const hint = element('div', { class: 'drop-hint' }, element('p', {}, t('Drop to find what is similar')));
  hint.hidden = true;
  document.addEventListener('dragover', (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    hint.hidden = false;
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) hint.hidden = true;
  });
  document.addEventListener('drop', (event) => {
    hint.hidden = true;
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    post({ type: 'dropped', uris: addressesIn((type) => event.dataTransfer?.getData(type) ?? '') });
  });
  return hint;
}

function holdsFiles(data: DataTransfer | null): boolean {
  const types = data?.types.map((type) => type.toLowerCase()) ?? [];
  return types.includes('files') || editorTypes.some((type) => types.includes(type));
}

/** The addresses of dragged files. @param dataOf what is dragged in a form, empty where it has none */
export function addressesIn(dataOf: (type: string) => string): string[] {
  for (const type of editorTypes) {
    const data = dataOf(type);
    const addresses =
      type === 'resourceurls' ? listed(data) : data.split(/\r?\n/).filter((line) => !/^(#|$)/.test(line));
    if (addresses.length > 0) return addresses.filter(({ length }) => length <= longestAddress).slice(0, mostFiles);
  }
  return [];
}

function listed(data: string): string[] {
  try {
    const value: unknown = JSON.parse(data);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  } catch {
    return [];
  }
}
