/** Runs something once, when a node comes into sight, unless `signal` is aborted before. */
export function whenSeen(node: Element, run: () => void, signal: AbortSignal): void {
  const sight = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    sight.disconnect();
    run();
  });
  sight.observe(node);
  signal.addEventListener('abort', () => {
    sight.disconnect();
  });
}
