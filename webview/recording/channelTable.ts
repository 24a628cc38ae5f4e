import type { RecordingView } from '../../src/protocol/recordings';
import { chip, choice, keepTyping } from '../shared/controls';
import { element, setText } from '../shared/dom';
import { formatCount, formatNumber, printable } from '../shared/format';
import { t } from '../shared/l10n';
import type { PlotArrangement } from '../shared/plots/laneSet';
import { channelName, type Legend } from '../shared/plots/legend';
import { mostVarying, orderedChannels, usualOrder, type ChannelOrder } from './channelOrder';

interface Row {
  readonly channel: number;
  readonly node: HTMLTableRowElement;
  readonly box: HTMLInputElement;
  readonly value: HTMLElement;
  /** What a search looks at. */
  readonly text: string;
}

export interface ChannelTableEvents {
  /** Other channels are shown, or in another order. */
  changed(): void;
  arranged(arrangement: PlotArrangement): void;
}

/** The channels of a recording: which are shown, in which order, and their values at the cursor. */
export class ChannelTable implements Legend {
  /** The plot has no buttons for them: the table stands beside it. */
  readonly node = element('span');
  readonly section: HTMLElement;
  private readonly visible: Set<number>;
  private readonly rows: readonly Row[];
  private readonly body = element('tbody');
  private readonly place = element('th', { scope: 'col', class: 'channel-value' }, t('Value'));
  private readonly variation: readonly number[];
  private order: ChannelOrder;
  private sought = '';

  constructor(
    { summary: { channels }, units, variation }: RecordingView,
    private readonly events: ChannelTableEvents,
  ) {
    this.variation = variation;
    this.order = usualOrder(channels.length);
    this.visible = new Set(mostVarying(variation));
    this.rows = channels.map((name, channel) => this.rowOf(channel, channelName(name, channel), units[channel] ?? ''));
    const head = element(
      'tr',
      {},
      element('th', { scope: 'col' }, t('Channel')),
      this.place,
      element('th', { scope: 'col' }, t('Unit')),
    );
    const table = element('table', { class: 'channels' }, element('thead', {}, head), this.body);
    const frame = element(
      'div',
      { class: 'channel-frame', tabindex: '0', role: 'group', 'aria-label': t('Channels') },
      table,
    );
    this.section = element(
      'section',
      { class: 'channel-table' },
      element('h2', {}, t('Channels')),
      this.tools(),
      frame,
    );
    this.draw();
  }

  /** The channels that are shown, in their order. */
  shown(): readonly number[] {
    return orderedChannels(this.variation, this.order).filter((channel) => this.visible.has(channel));
  }

  /**
   * Shows values.
   * @param place what the place is called at which they are
   */
  say(place: string, values: ReadonlyMap<number, number>): void {
    setText(this.place, place);
    for (const { channel, value } of this.rows) {
      const known = values.get(channel);
      setText(value, known === undefined ? '' : formatNumber(known, 5));
    }
  }

  private tools(): HTMLElement {
    const count = this.rows.length;
    const tools = element('div', { class: 'channel-tools' });
    tools.hidden = count < 2;
    if (count > 8) tools.append(this.search(), this.orders(), this.presets());
    tools.append(
      choice<PlotArrangement>(
        t('Lanes'),
        [
          ['overlay', t('A lane each')],
          ['units', t('By unit')],
        ],
        (arrangement) => {
          this.events.arranged(arrangement);
        },
      ),
    );
    return tools;
  }

  private search(): HTMLElement {
    const field = element('input', {
      type: 'search',
      placeholder: t('Search channels'),
      'aria-label': t('Search channels'),
    });
    keepTyping(field);
    field.addEventListener('input', () => {
      this.sought = field.value.trim().toLowerCase();
      this.draw();
    });
    return field;
  }

  private orders(): HTMLElement {
    const select = element('select', { 'aria-label': t('Order of the channels') });
    for (const [value, text] of [
      ['varying', t('Most varying first')],
      ['file', t('As in the file')],
    ] as const) {
      select.append(element('option', { value }, text));
    }
    select.value = this.order;
    select.addEventListener('change', () => {
      this.order = select.value === 'file' ? 'file' : 'varying';
      this.draw();
      this.events.changed();
    });
    return select;
  }

  private presets(): HTMLElement {
    const preset = (text: string, title: string, channels: () => readonly number[]): HTMLElement =>
      chip(text, title, null, () => {
        const chosen = channels();
        if (chosen.length === 0) return;
        this.visible.clear();
        for (const channel of chosen) this.visible.add(channel);
        this.draw();
        this.events.changed();
      });
    const most = mostVarying(this.variation);
    return element(
      'div',
      { class: 'channel-presets' },
      preset(t('All'), t('Show all channels that are listed'), () => this.found().map(({ channel }) => channel)),
      preset(t('Top {0}', formatCount(most.length)), t('Show the channels that vary most'), () => most),
    );
  }

  private found(): readonly Row[] {
    return this.rows.filter(({ text }) => text.includes(this.sought));
  }

  private draw(): void {
    const found = new Set(this.found());
    const ordered = orderedChannels(this.variation, this.order).flatMap((channel) => this.rows[channel] ?? []);
    this.body.replaceChildren(...ordered.filter((row) => found.has(row)).map(({ node }) => node));
    for (const { channel, box } of this.rows) box.checked = this.visible.has(channel);
  }

  private rowOf(channel: number, name: string, unit: string): Row {
    const box = element('input', { type: 'checkbox' });
    const value = element('td', { class: 'channel-value' });
    const label = element('label', { title: name }, box, element('bdi', {}, name));
    const own = element('td', { class: 'channel-unit' }, element('bdi', {}, printable(unit)));
    box.addEventListener('change', () => {
      if (box.checked) this.visible.add(channel);
      // The last one that is shown stays.
      else if (this.visible.size > 1) this.visible.delete(channel);
      box.checked = this.visible.has(channel);
      this.events.changed();
    });
    const node = element('tr', {}, element('td', { class: 'channel-name' }, label), value, own);
    return { channel, node, box, value, text: `${name} ${unit}`.toLowerCase() };
  }
}
