import type { Direction } from './places';
import type { Point } from './view';

/** What pointer and keys do on a map; places are in pixels from its corner. */
export interface MapActor {
  pan(by: Point): void;
  /** @param at what stays in its place, or nothing for the middle */
  zoom(factor: number, at?: Point): void;
  fit(): void;
  /** The pointer is at a place, or has left. */
  point(at: Point | null): void;
  choose(at: Point, add: boolean): void;
  openAt(at: Point): void;
  /** Shows the line of a lasso. */
  follow(lasso: readonly Point[]): void;
  /** Selects what is inside the lasso. */
  catch(add: boolean): void;
  walk(direction: Direction): void;
  toggleActive(): void;
  openActive(): void;
  act(action: 'setLabel' | 'findSimilar'): void;
  clear(): void;
}

/** Pixels that the pointer may move between pressing and releasing for a click. */
const still = 4;

/** Pixels of a lasso between two corners. */
const corner = 3;

const keys: Readonly<Record<string, (actor: MapActor) => void>> = {
  ArrowLeft: (actor) => {
    actor.walk('left');
  },
  ArrowRight: (actor) => {
    actor.walk('right');
  },
  ArrowUp: (actor) => {
    actor.walk('up');
  },
  ArrowDown: (actor) => {
    actor.walk('down');
  },
  '+': (actor) => {
    actor.zoom(1.5);
  },
  '=': (actor) => {
    actor.zoom(1.5);
  },
  '-': (actor) => {
    actor.zoom(1 / 1.5);
  },
  '0': (actor) => {
    actor.fit();
  },
  ' ': (actor) => {
    actor.toggleActive();
  },
  Enter: (actor) => {
    actor.openActive();
  },
  l: (actor) => {
    actor.act('setLabel');
  },
  f: (actor) => {
    actor.act('findSimilar');
  },
  Escape: (actor) => {
    actor.clear();
  },
};

/** Lets pointer and keys move on a map: dragging pans, with Shift it draws a lasso, the wheel zooms. */
export function bindMapInput(node: HTMLElement, actor: MapActor): void {
  node.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(actor);
  });
  node.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
      actor.zoom(Math.exp(-event.deltaY * lines * 0.002), placeIn(node, event));
    },
    { passive: false },
  );
  node.addEventListener('pointerleave', () => {
    actor.point(null);
  });
  node.addEventListener('pointermove', (event) => {
    if (event.buttons === 0) actor.point(placeIn(node, event));
  });
  node.addEventListener('pointerdown', (event) => {
    if (event.button === 0) follow(node, actor, event);
  });
  node.addEventListener('dblclick', (event) => {
    actor.openAt(placeIn(node, event));
  });
}

/** Follows a pointer from where it was pressed to where it is released. */
function follow(node: HTMLElement, actor: MapActor, pressed: PointerEvent): void {
  const start = placeIn(node, pressed);
  const lasso: Point[] = [start];
  let last = start;
  let hasMoved = false;
  const done = new AbortController();
  const { signal } = done;
  node.setPointerCapture(pressed.pointerId);
  actor.point(null);
  node.addEventListener(
    'pointermove',
    (event) => {
      const at = placeIn(node, event);
      hasMoved ||= distance(start, at) > still;
      if (!hasMoved) return;
      if (!pressed.shiftKey) {
        actor.pan({ x: at.x - last.x, y: at.y - last.y });
        last = at;
      } else if (distance(last, at) >= corner) {
        lasso.push(at);
        last = at;
        actor.follow(lasso);
      }
    },
    { signal },
  );
  node.addEventListener(
    'pointerup',
    (event) => {
      done.abort();
      if (!hasMoved) actor.choose(placeIn(node, event), event.ctrlKey || event.metaKey || event.shiftKey);
      else if (pressed.shiftKey) actor.catch(event.ctrlKey || event.metaKey);
    },
    { signal },
  );
  node.addEventListener(
    'pointercancel',
    () => {
      done.abort();
      actor.follow([]);
    },
    { signal },
  );
}

function placeIn(node: HTMLElement, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = node.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
