import { columnRoleText, decisionText } from '../../src/l10n/reading';
import type { Decisions, ReadingDescription } from '../../src/protocol/reading';
import { linkButton } from '../shared/controls';
import { element, isolated } from '../shared/dom';
import { formatCount, printable } from '../shared/format';
import { t } from '../shared/l10n';
import { candidatesOf, keptOf, renamedOf, withChannels, type Candidate, type Renamed } from './candidates';
import { later, type Shown } from './fields';
import { without } from './without';

/** More would make the page slow; the others stay as they are. */
const mostRows = 64;

/** Which channels are kept, and what they are called and measured in. */
export class ChannelsField {
  readonly node: HTMLElement;
  private readonly rows = element('tbody');
  private readonly more = element('p', { class: 'dim' });
  private readonly automatic: HTMLElement;
  private shown: Shown | null = null;
  private drawn = '';

  constructor(private readonly changed: (decisions: Decisions) => void) {
    this.automatic = linkButton(
      '',
      () => {
        this.leave();
      },
      t('Leave the channels to the reader'),
    );
    const head = [t('Keep'), decisionText('channels'), t('Name'), t('Unit')].map((text) =>
      element('th', { scope: 'col' }, text),
    );
    this.node = element(
      'div',
      { class: 'channels-field' },
      element(
        'div',
        { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': decisionText('channels') },
        element('table', { class: 'channel-choice' }, element('thead', {}, element('tr', {}, ...head)), this.rows),
      ),
      this.more,
      this.automatic,
    );
  }

  show(shown: Shown): void {
    this.shown = shown;
    const { description, decisions } = shown;
    const { channels, names, units } = decisions;
    this.automatic.hidden = channels === undefined && names === undefined && units === undefined;
    const candidates = candidatesOf(description);
    const kept = keptOf(description, decisions);
    const key = JSON.stringify([candidates, kept, names, units, description.sequences[0]?.channels]);
    if (key === this.drawn) return;
    this.drawn = key;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.id : '';
    const typed = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : '';
    const found = foundNames(description, kept);
    const renamed = renamedOf(kept, decisions);
    const isKept = new Set(kept.map(({ number }) => number));
    this.rows.replaceChildren(
      ...candidates
        .slice(0, mostRows)
        .map((candidate) => this.rowOf(candidate, isKept.has(candidate.number), renamed, found)),
    );
    const hidden = candidates.length - mostRows;
    this.more.hidden = hidden <= 0;
    this.more.textContent = t('and {0} more', formatCount(hidden));
    this.focus(focused, typed);
  }

  /** What has the focus keeps it, with what is being typed in it. */
  private focus(id: string, typed: string): void {
    if (!/^(keep|name|unit)-\d+$/.test(id)) return;
    const again = this.node.querySelector<HTMLInputElement>(`#${id}`);
    if (again?.type === 'text') again.value = typed;
    again?.focus();
  }

  private rowOf(candidate: Candidate, isKept: boolean, renamed: Renamed, found: Renamed): HTMLElement {
    const { number, name, role } = candidate;
    const keep = element('input', { type: 'checkbox', id: `keep-${number}` });
    keep.checked = isKept;
    keep.addEventListener('change', () => {
      this.keep(candidate, keep.checked);
    });
    const own = name === null || name === '' ? t('Channel {0}', number) : printable(name);
    const text = (what: 'name' | 'unit', value: string, placeholder: string, label: string) => {
      const input = element('input', {
        type: 'text',
        id: `${what}-${number}`,
        maxlength: '200',
        spellcheck: 'false',
        'aria-label': label,
        placeholder,
      });
      input.value = value;
      input.disabled = !isKept;
      later(input, () => {
        this.rename(what === 'name' ? 'names' : 'units', number, input.value);
      });
      return element('td', {}, input);
    };
    return element(
      'tr',
      {},
      element('td', {}, keep),
      element(
        'th',
        { scope: 'row' },
        element('label', { for: `keep-${number}` }, isolated('', own)),
        role === null || role === 'channel' ? null : element('span', { class: 'dim' }, ` ${columnRoleText(role)}`),
      ),
      text('name', renamed.names.get(number) ?? '', printable(found.names.get(number) ?? ''), t('Name of {0}', own)),
      text('unit', renamed.units.get(number) ?? '', printable(found.units.get(number) ?? ''), t('Unit of {0}', own)),
    );
  }

  private keep(candidate: Candidate, isKept: boolean): void {
    this.change((kept, renamed) => {
      const others = kept.filter(({ number }) => number !== candidate.number);
      const next = isKept ? [...others, candidate].sort((a, b) => a.number - b.number) : others;
      return [next, renamed];
    });
  }

  private rename(what: keyof Renamed, number: number, text: string): void {
    this.change((kept, renamed) => {
      const next = new Map(renamed[what]);
      if (text === '') next.delete(number);
      else next.set(number, text);
      return [kept, { ...renamed, [what]: next }];
    });
  }

  private change(change: (kept: readonly Candidate[], renamed: Renamed) => [readonly Candidate[], Renamed]): void {
    if (this.shown === null) return;
    const { description, decisions } = this.shown;
    const kept = keptOf(description, decisions);
    const [next, renamed] = change(kept, renamedOf(kept, decisions));
    if (next.length === 0) {
      // One channel at least is needed: its box is ticked again.
      this.drawn = '';
      this.show(this.shown);
      return;
    }
    const decided = withChannels(decisions, next, renamed, foundNames(description, kept));
    const isSameChoice = decisions.channels === undefined && next === kept;
    const changed = isSameChoice ? without(decided, 'channels') : decided;
    // The next key may come before the engine has answered.
    this.shown = { description, decisions: changed };
    this.changed(changed);
  }

  private leave(): void {
    if (this.shown === null) return;
    this.changed(without(this.shown.decisions, 'channels', 'names', 'units'));
  }
}

/** What the channels are called and measured in now, by their numbers. */
function foundNames({ sequences }: ReadingDescription, kept: readonly Candidate[]): Renamed {
  const channels = sequences[0]?.channels ?? [];
  const byNumber = (key: 'name' | 'unit') =>
    new Map(
      kept.flatMap(({ number }, at): [number, string][] => {
        const text = channels[at]?.[key] ?? null;
        return text === null ? [] : [[number, text]];
      }),
    );
  return { names: byNumber('name'), units: byNumber('unit') };
}
