import { choiceText, decidedText, decisionText, segmentsText } from '../../src/l10n/reading';
import type { DecisionName, Decisions, ReadingDescription } from '../../src/protocol/reading';
import { element } from '../shared/dom';
import { printable } from '../shared/format';
import { t } from '../shared/l10n';
import { candidatesOf } from './candidates';

const millisecondsOfQuiet = 300;

/** What a control needs to show itself. */
export interface Shown {
  readonly decisions: Decisions;
  readonly description: ReadingDescription;
}

/** A control of one decision. */
export interface Field {
  readonly name: DecisionName;
  readonly node: HTMLElement;
  show(shown: Shown): void;
}

/** @param decide takes the value, or `undefined` to leave it to the reader */
type Decide<Name extends DecisionName> = (value: Decisions[Name]) => void;

type Listed = 'delimiter' | 'decimal' | 'clockUnit' | 'series' | 'axes';

/** One of a few values. */
export function listField<Name extends Listed>(
  name: Name,
  values: readonly NonNullable<Decisions[Name]>[],
  decide: Decide<Name>,
): Field {
  const textOf = (value: NonNullable<Decisions[Name]>) => choiceText(value);
  const options = values.map((value): [string, string] => [value, textOf(value)]);
  const select = selectOf(name, (chosen) => {
    decide(values.find((value) => value === chosen));
  });
  return {
    name,
    node: labelled(name, select),
    show: ({ decisions, description }) => {
      const found = description.decided[name] as NonNullable<Decisions[Name]> | undefined;
      const automatic = automaticText(decisions[name] === undefined && found !== undefined ? textOf(found) : null);
      fill(select, [['', automatic], ...options], decisions[name] ?? '');
    },
  };
}

/** Whether a recording is cut where its labels change. */
export function segmentsField(decide: Decide<'segments'>): Field {
  const name = 'segments';
  const select = selectOf(name, (chosen) => {
    decide(chosen === '' ? undefined : chosen === 'cut');
  });
  return {
    name,
    node: labelled(name, select),
    show: ({ decisions, description }) => {
      const decided = decisions[name];
      const found = description.decided[name] ?? false;
      const options = [
        ['', automaticText(decided === undefined ? segmentsText(found) : null)],
        ['cut', segmentsText(true)],
        ['whole', segmentsText(false)],
      ] as const;
      fill(select, options, decided === undefined ? '' : decided ? 'cut' : 'whole');
    },
  };
}

/** A column of a table, or none. */
export function columnField<Name extends 'clock' | 'label'>(name: Name, decide: Decide<Name>): Field {
  let choices: readonly (string | number)[] = [];
  const select = selectOf(name, (chosen) => {
    if (chosen === '') decide(undefined);
    else if (chosen === 'none') decide(null);
    else decide(choices[Number(chosen)]);
  });
  return {
    name,
    node: labelled(name, select),
    show: ({ decisions, description }) => {
      const decided: Decisions['clock'] = decisions[name];
      const found: Decisions['clock'] = description.decided[name];
      const columns = candidatesOf(description).map(({ choice, number, name: text }) => ({ choice, number, text }));
      const isListed = (choice: string | number) =>
        columns.some((column) => column.choice === choice || column.number === choice);
      // What a rule names need not be a column of this file.
      const others = [decided, found].filter((choice) => choice != null && !isListed(choice));
      choices = [...columns.map(({ choice }) => choice), ...new Set(others)].filter((choice) => choice != null);
      const options = choices.map((choice, at): [string, string] => [String(at), columnText(columns[at], choice)]);
      const at = choices.findIndex((choice, i) => choice === decided || columns[i]?.number === decided);
      const automatic = automaticText(decided === undefined && found !== undefined ? decidedText(found) : null);
      fill(
        select,
        [['', automatic], ['none', name === 'clock' ? t('No clock') : t('No label')], ...options],
        decided === undefined ? '' : decided === null ? 'none' : String(at),
      );
    },
  };
}

function columnText(
  column: { readonly number: number; readonly text: string | null } | undefined,
  choice: string | number,
): string {
  if (column === undefined) return t('{0} (not in this file)', printable(String(choice)));
  const { number, text } = column;
  return text === null || text === '' ? t('Column {0}', number) : `${number}: ${printable(text)}`;
}

/** A number; an empty field leaves it to the reader. */
export function numberField<Name extends 'rate' | 'headerLines'>(
  name: Name,
  isFit: (value: number) => boolean,
  decide: Decide<Name>,
): Field {
  const input = element('input', { type: 'number', min: '0', step: name === 'rate' ? 'any' : '1', id: idOf(name) });
  later(input, () => {
    const value = input.value.trim() === '' ? undefined : Number(input.value);
    const fits = !input.validity.badInput && (value === undefined || isFit(value));
    input.setAttribute('aria-invalid', String(!fits));
    if (fits) decide(value);
  });
  return {
    name,
    node: labelled(name, input),
    show: ({ decisions, description }) => {
      const found = description.decided[name];
      input.placeholder = automaticText(
        decisions[name] === undefined && found !== undefined ? decidedText(found) : null,
      );
      if (document.activeElement === input) return;
      input.value = decisions[name] === undefined ? '' : String(decisions[name]);
      input.setAttribute('aria-invalid', 'false');
    },
  };
}

/** Calls `changed` once somebody has stopped typing, or left the field. */
export function later(input: HTMLInputElement, changed: () => void): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, millisecondsOfQuiet);
  });
  input.addEventListener('change', () => {
    clearTimeout(waiting);
    changed();
  });
}

function automaticText(found: string | null): string {
  return found === null || found === '' ? t('Found by itself') : t('Found by itself: {0}', printable(found));
}

function idOf(name: DecisionName): string {
  return `decide-${name}`;
}

function labelled(name: DecisionName, control: HTMLElement): HTMLElement {
  return element('div', { class: 'field' }, element('label', { for: idOf(name) }, decisionText(name)), control);
}

function selectOf(name: DecisionName, choose: (value: string) => void): HTMLSelectElement {
  const select = element('select', { id: idOf(name) });
  select.addEventListener('change', () => {
    choose(select.value);
  });
  return select;
}

function fill(select: HTMLSelectElement, options: readonly (readonly [string, string])[], value: string): void {
  const key = JSON.stringify(options);
  // A list that is open must not change under the pointer without need.
  if (select.dataset['options'] !== key) {
    select.dataset['options'] = key;
    select.replaceChildren(...options.map(([own, text]) => element('option', { value: own }, text)));
  }
  select.value = value;
}
