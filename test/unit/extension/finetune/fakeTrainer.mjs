/** A process that says it trains, and does nothing until it is stopped or its window closes. */

process.on('message', () => {
  process.send?.({ type: 'stopped' }, () => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'stage', stage: 'training', done: 0 }, () => undefined);
