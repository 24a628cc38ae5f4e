import type { FromWebview, PanelResults } from '../src/protocol/panel';
import type { Match, SequenceRef } from '../src/protocol/engine';
import { arrange, element } from './dom';
import { meaningOf, type Calibration } from './explain/meaning';
import { listCommand } from './listKeys';
import type { MatchRow } from './matchRow';
import { renewRows } from './matchRows';
import { keyOf } from './memory';
import type { PlotRequests } from './plotRequests';

export interface MatchList {
  readonly node: HTMLElement;
  /** Shows the matches of `results`; rows of sequences that were shown already are kept. */
  update(results: PanelResults): void;
  /** The match that Tab reaches. */
  active(): SequenceRef | null;
  /** Makes the match of this ref the one that Tab reaches, or the first if it is not shown. */
  activate(ref: SequenceRef | null): void;
  /** Moves the keyboard focus to the active match. */
  focus(options?: FocusOptions): void;
  /** Moves the keyboard focus to the match at `index`. */
  focusAt(index: number): void;
  holdsFocus(): boolean;
  /** Says beside every distance what it means. */
  calibrated(calibration: Calibration): void;
  length(): number;
}

const columns = ['Rank', 'Recording', 'Label', 'Distance', 'Shape', 'Action'];

/**
 * The ranked matches as a grid of rows, of which Tab reaches one (roving tabindex). `leaveDown` moves the focus to
 * what comes after the list.
 */
export function matchList(
  post: (message: FromWebview) => void,
  plots: PlotRequests,
  leaveDown: () => void,
  compare: (match: Match) => void,
): MatchList {
  const head = element('div', { class: 'row head', role: 'row', 'aria-rowindex': '1' });
  head.append(
    ...columns.map((name) => element('div', { class: `head-${name.toLowerCase()}`, role: 'columnheader' }, name)),
  );
  const node = element('div', { class: 'matches', role: 'grid', 'aria-label': 'Matches, nearest first' }, head);
  let rows: readonly MatchRow[] = [];
  let activeKey: string | null = null;

  const indexOfActive = (): number =>
    Math.max(
      0,
      rows.findIndex((row) => keyOf(row.match.sequence.ref) === activeKey),
    );
  const setActive = (index: number): void => {
    rows[indexOfActive()]?.setActive(false);
    const row = rows[index] ?? rows[0];
    activeKey = row ? keyOf(row.match.sequence.ref) : null;
    row?.setActive(true);
  };
  const focus = (options?: FocusOptions): void => {
    rows[indexOfActive()]?.node.focus(options);
  };
  const focusAt = (index: number): void => {
    setActive(index);
    focus();
  };
  const rowOf = (target: EventTarget | null): MatchRow | undefined =>
    target instanceof Node ? rows.find((row) => row.node.contains(target)) : undefined;

  node.addEventListener('focusin', (event) => {
    const row = rowOf(event.target);
    if (row) setActive(rows.indexOf(row));
  });
  node.addEventListener('click', (event) => {
    const row = rowOf(event.target);
    // Selecting text in a row ends with a click too.
    if (row && getSelection()?.isCollapsed !== false) post({ type: 'open', ref: row.match.sequence.ref });
  });
  node.addEventListener('keydown', (event) => {
    const row = rowOf(event.target);
    if (row === undefined) return;
    const page = Math.max(1, Math.floor(window.innerHeight / Math.max(1, row.node.offsetHeight)) - 1);
    const at = { index: rows.indexOf(row), count: rows.length, onRow: event.target === row.node, page };
    const command = listCommand(event, at);
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command.kind) {
      case 'go':
        if (command.to >= rows.length) {
          leaveDown();
          return;
        }
        focusAt(command.to);
        return;
      case 'open':
      case 'search':
        post({ type: command.kind, ref: row.match.sequence.ref });
        return;
      case 'compare':
        compare(row.match);
        return;
      case 'toButton':
        row.button.focus();
        return;
      case 'toRow':
        row.node.focus();
    }
  });

  const update = (results: PanelResults): void => {
    rows = renewRows(rows, results, post, plots, compare);
    const widest = Math.max(0, ...rows.map((row) => row.distance.length));
    node.style.setProperty('--digits', `${widest}ch`);
    arrange(node, [head, ...rows.map((row) => row.node)]);
    node.setAttribute('aria-rowcount', String(results.candidates + 1));
    node.classList.toggle(
      'no-labels',
      results.matches.every((match) => match.sequence.label === null),
    );
    for (const row of rows) row.setActive(false);
    setActive(indexOfActive());
  };

  return {
    node,
    update,
    focus,
    active: () => rows[indexOfActive()]?.match.sequence.ref ?? null,
    activate: (ref) => {
      const index = rows.findIndex((row) => ref !== null && keyOf(row.match.sequence.ref) === keyOf(ref));
      setActive(Math.max(0, index));
    },
    focusAt,
    length: () => rows.length,
    calibrated: (calibration) => {
      for (const row of rows) row.say(meaningOf(calibration, row.match.distance));
    },
    holdsFocus: () => node.contains(document.activeElement),
  };
}
