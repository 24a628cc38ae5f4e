/** Calls `moved` as the pointer moves until it is let go, wherever it is on the page. */
export function followPointer(moved: (event: PointerEvent) => void): void {
  const ended = (): void => {
    document.removeEventListener('pointermove', moved);
    document.removeEventListener('pointerup', ended);
    document.removeEventListener('pointercancel', ended);
  };
  document.addEventListener('pointermove', moved);
  document.addEventListener('pointerup', ended);
  document.addEventListener('pointercancel', ended);
}
