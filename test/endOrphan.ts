/**
 * A process of tests whose main process was killed would otherwise go on for ever: each message that it cannot send any more
 * is an error, of which it wants to send a message.
 */
if (!process.listeners('disconnect').some(({ name }) => name === endOrphan.name)) process.on('disconnect', endOrphan);

function endOrphan(): void {
  // Its own way out throws an error in a test.
  process.kill(process.pid, 'SIGKILL');
}
