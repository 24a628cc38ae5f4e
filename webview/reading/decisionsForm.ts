import { clockUnits, delimiterNames, type DecisionName, type Decisions } from '../../src/protocol/reading';
import type { ReadingState } from '../../src/protocol/readingPage';
import { textButton } from '../shared/controls';
import { element } from '../shared/dom';
import { t } from '../shared/l10n';
import { ChannelsField } from './channelsField';
import { without } from './without';
import { columnField, listField, numberField, segmentsField, type Field } from './fields';

/** A control for each decision that bears on the file; what is decided is in effect at once. */
export class DecisionsForm {
  readonly node: HTMLElement;
  private readonly fields: readonly Field[];
  private readonly channels: ChannelsField;
  private readonly automatic = textButton('secondary', t('Leave All to the Reader'), () => {
    this.decide({});
  });
  private decisions: Decisions = {};

  constructor(private readonly changed: (decisions: Decisions) => void) {
    const set =
      <Name extends DecisionName>(name: Name) =>
      (value: Decisions[Name]): void => {
        const others = without(this.decisions, name);
        this.decide(value === undefined ? others : { ...others, [name]: value });
      };
    this.fields = [
      listField('delimiter', delimiterNames, set('delimiter')),
      listField('decimal', ['.', ','], set('decimal')),
      numberField(
        'headerLines',
        (lines) => Number.isInteger(lines) && lines >= 0 && lines <= 100_000,
        set('headerLines'),
      ),
      columnField('clock', set('clock')),
      listField('clockUnit', clockUnits, set('clockUnit')),
      numberField('rate', (rate) => rate >= 1e-9 && rate <= 1e12, set('rate')),
      columnField('label', set('label')),
      listField('series', ['columns', 'rows'], set('series')),
      segmentsField(set('segments')),
      listField('axes', ['auto', 'time-first', 'channels-first'], set('axes')),
    ];
    this.channels = new ChannelsField((decisions) => {
      this.decide(decisions);
    });
    this.node = element(
      'section',
      { class: 'decisions' },
      element('h2', {}, t('Set it right')),
      element(
        'p',
        { class: 'dim' },
        t('What you choose is tried out at once, here alone. What you leave is found by itself.'),
      ),
      element('div', { class: 'fields' }, ...this.fields.map(({ node }) => node)),
      this.channels.node,
      element('div', { class: 'actions' }, this.automatic),
    );
  }

  show({ decisions, description }: ReadingState): void {
    this.decisions = decisions;
    this.node.hidden = description === null && Object.keys(decisions).length === 0;
    this.automatic.disabled = Object.keys(decisions).length === 0;
    if (description === null) return;
    const bears = (name: DecisionName) => description.decidable.includes(name) || decisions[name] !== undefined;
    for (const field of this.fields) {
      field.node.hidden = !bears(field.name);
      field.show({ decisions, description });
    }
    this.channels.node.hidden = !bears('channels');
    this.channels.show({ decisions, description });
  }

  private decide(decisions: Decisions): void {
    // A field that is left says once more what was typed into it.
    if (JSON.stringify(decisions) === JSON.stringify(this.decisions)) return;
    this.decisions = decisions;
    this.changed(decisions);
  }
}
