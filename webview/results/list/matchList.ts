import type { PanelCommand, PanelResults } from '../../../src/protocol/panel';
import { element } from '../../shared/dom';
import { meaningOf } from '../explain/meaning';
import { distanceFormat } from '../../shared/format';
import { t } from '../../shared/l10n';
import { keyOf } from '../../shared/memory';
import { DrawnRows } from './drawnRows';
import type { ListEvents, MatchList } from './list';
import { matchAt, matchesAbout, menuContext, messageFor } from './listActions';
import { listCommand } from './listKeys';
import { describeList, listHead } from './listHead';
import type { RowContext } from './matchRow';
import { neighboursOf } from './neighbours';
import { isMadeAgain, Pages } from './pages';
import { row } from './row';
import type { RowPlots } from './rowPlots';
import {
  allSelected,
  extended,
  isSelected,
  nothingSelected,
  selectedPositions,
  type Selection,
  toggled,
} from './selection';
import { type Place, positionsIn, rowsBetween, scrollInto } from './sight';

/** Rows beyond either edge of the window that are drawn already. */
const beyond = 6;

/**
 * The ranked matches as a grid of rows, of which only those in sight exist and Tab reaches one (roving tabindex). The
 * node is as high as the whole list, and rows take their places in it.
 */
export function matchList(plots: RowPlots, events: ListEvents): MatchList {
  const head = listHead(events.sort);
  const body = element('div', { class: 'rows', role: 'rowgroup' });
  const probe = element('div', { class: 'row probe', 'aria-hidden': 'true' });
  const headGroup = element('div', { class: 'head-group', role: 'rowgroup' }, head.node);
  const node = element(
    'div',
    { class: 'matches', 'aria-label': t('Matches'), 'aria-multiselectable': 'true' },
    headGroup,
    body,
    probe,
  );
  let results: PanelResults | null = null;
  let pages = new Pages({ list: -1, length: 0, items: [] });
  let context: RowContext | null = null;
  let active = 0;
  let selection = nothingSelected;
  let rowHeight = 64;
  let drawing = false;

  const place = (): Place => ({ top: body.getBoundingClientRect().top, rowHeight, length: pages.length });
  /** Pixels at the top of the window under what stays in sight. */
  const covered = (): number => Math.max(0, headGroup.getBoundingClientRect().bottom);
  const acts = {
    run: (command: PanelCommand, rowNode: HTMLElement) => {
      run(command, positionOf(rowNode));
    },
    toggle: (rowNode: HTMLElement) => {
      toggle(positionOf(rowNode));
    },
  };
  const rows: DrawnRows = new DrawnRows(body, () => row(acts, plots));
  const positionOf = (target: EventTarget | null): number | null => rows.positionOf(target);

  function draw(): void {
    drawing = false;
    if (context === null || results === null || node.offsetParent === null) return;
    const sight = rowsBetween(place(), 0, window.innerHeight, beyond);
    const shown = context;
    const { grouping } = results.arrangement;
    rows.draw(positionsIn(sight, active, pages.length), (each, position) => {
      each.node.style.transform = `translateY(${position * rowHeight}px)`;
      each.show(pages.at(position), {
        ...shown,
        position,
        grouping,
        selected: isSelected(selection, position),
        active: position === active,
      });
    });
    ask(sight.first, sight.last);
    plots.askSoon();
  }

  function drawSoon(): void {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(draw);
  }

  function resize(): void {
    body.style.height = `${pages.length * rowHeight}px`;
    node.setAttribute('aria-rowcount', String(pages.length + 1));
  }

  function activate(position: number): void {
    active = Math.max(0, Math.min(position, pages.length - 1));
    draw();
  }

  function focusAt(position: number): void {
    activate(position);
    const by = scrollInto(place(), active, covered(), window.innerHeight);
    if (by !== 0) window.scrollBy({ top: by, behavior: 'instant' });
    draw();
    rows.at(active)?.node.focus({ preventScroll: true });
  }

  function select(next: Selection): void {
    selection = next;
    draw();
    events.selected();
  }

  function toggle(position: number | null): void {
    if (position !== null) select(toggled(selection, position));
  }

  function toggleGroup(position: number, collapsed?: boolean): void {
    const item = pages.at(position);
    if (item?.kind !== 'group' || item.collapsed === collapsed) return;
    events.collapse(item.name, collapsed ?? !item.collapsed);
  }

  function run(command: PanelCommand, asked: number | null): void {
    if (command === 'selectAll') select(allSelected(pages.length));
    if (command === 'compare') events.compare(matchesAbout({ pages, selection }, asked ?? active));
    const message = messageFor(command, asked ?? active, { pages, selection });
    if (message !== null) events.post(message);
  }

  function ask(first: number, last: number): void {
    for (const request of pages.wanted(first, last)) {
      events.post({ type: 'page', list: pages.list, ...request });
    }
  }

  function onKey(event: KeyboardEvent): void {
    const position = positionOf(event.target);
    if (position === null) return;
    const page = Math.max(1, Math.floor((window.innerHeight - covered()) / rowHeight) - 1);
    const onGroup = pages.at(position)?.kind === 'group';
    const textSelected = getSelection()?.isCollapsed === false;
    const command = listCommand(event, { index: position, count: pages.length, onGroup, page, textSelected });
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    switch (command.kind) {
      case 'go':
        focusAt(command.to);
        return;
      case 'extend':
        select(extended(selection, position, command.to));
        focusAt(command.to);
        return;
      case 'toggle':
        if (onGroup) toggleGroup(position);
        else toggle(position);
        return;
      case 'collapse':
      case 'expand':
        toggleGroup(position, command.kind === 'collapse');
        return;
      case 'selectNone':
        select(nothingSelected);
        return;
      case 'search':
      case 'open':
      case 'compare':
      case 'copyPaths':
      case 'setLabel':
      case 'exclude':
      case 'selectAll':
        run(command.kind === 'search' ? 'findSimilar' : command.kind, position);
    }
  }

  function onClick(event: MouseEvent): void {
    const position = positionOf(event.target);
    if (position === null) return;
    if (pages.at(position)?.kind === 'group') toggleGroup(position);
    else if (event.shiftKey) select(extended(selection, active, position));
    else if (event.ctrlKey || event.metaKey) toggle(position);
    // Selecting text in a row ends with a click too.
    else if (getSelection()?.isCollapsed !== false) {
      select(nothingSelected);
      run('open', position);
    }
    activate(position);
  }

  body.addEventListener('focusin', (event) => {
    const position = positionOf(event.target);
    if (position !== null && position !== active) activate(position);
    events.post({ type: 'focused', focused: true });
  });
  body.addEventListener('focusout', () => {
    events.post({ type: 'focused', focused: false });
  });
  body.addEventListener('click', onClick);
  body.addEventListener('mousedown', (event) => {
    // Would select the text between the two clicks.
    if (event.shiftKey) event.preventDefault();
  });
  body.addEventListener('keydown', onKey);
  body.addEventListener('contextmenu', (event) => {
    const position = positionOf(event.target);
    if (position === null || matchAt(pages, position) === undefined) delete node.dataset['vscodeContext'];
    else {
      activate(position);
      node.dataset['vscodeContext'] = menuContext(events.panel, position, { pages, selection });
    }
  });
  window.addEventListener('scroll', drawSoon, { passive: true });
  window.addEventListener('resize', drawSoon);
  // The height of a row follows the width of the panel and the size of the text.
  new ResizeObserver(() => {
    if (probe.offsetHeight === 0 || probe.offsetHeight === rowHeight) return;
    rowHeight = probe.offsetHeight;
    resize();
    drawSoon();
  }).observe(probe);

  return {
    node,
    update: (next) => {
      const same = results !== null && keyOf(results.query.ref) === keyOf(next.query.ref);
      pages = new Pages(next, results !== null && isMadeAgain(results, next) ? pages : null);
      results = next;
      const format = distanceFormat([next.nearest]);
      context = { query: next.query, format, farthest: next.farthest, meaning: context?.meaning ?? (() => []) };
      node.style.setProperty('--digits', `${format(next.farthest).length}ch`);
      describeList(node, next);
      head.update(next.arrangement.sorting);
      if (!same) plots.refresh();
      selection = nothingSelected;
      active = Math.min(active, Math.max(0, pages.length - 1));
      if (probe.offsetHeight > 0) rowHeight = probe.offsetHeight;
      resize();
      draw();
      events.selected();
    },
    receive: ({ list, from, items, length }) => {
      if (list !== pages.list) return;
      pages.receive(from, items, length);
      resize();
      draw();
    },
    active: () => active,
    activate,
    focus: () => {
      draw();
      rows.at(active)?.node.focus({ preventScroll: true });
    },
    holdsFocus: () => body.contains(document.activeElement),
    length: () => pages.length,
    selection: () => selection,
    selectedHeads: () =>
      selectedPositions(selection, 10_000).filter((position) => pages.at(position)?.kind === 'group').length,
    select,
    run,
    calibrated: (calibration) => {
      if (context === null) return;
      context = { ...context, meaning: (distance) => (calibration === null ? [] : meaningOf(calibration, distance)) };
      draw();
    },
    neighbours: ({ sequence }) =>
      neighboursOf(pages, sequence.ref, (position) => {
        ask(position, position);
      }),
  };
}
