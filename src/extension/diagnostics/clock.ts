/** When the extension's code began to load, in milliseconds of `performance.now()`. It must be imported first. */
export const loadStarted = performance.now();
