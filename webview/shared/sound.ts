import type { SequenceSummary } from '../../src/protocol/sequences';
import { bytesOf } from './base64';

/** Rates that browsers play, in Hz; slower and faster recordings are stretched to one of them while they play. */
const [slowest, fastest] = [8000, 96_000];
/** From this rate on, in Hz, a channel can be heard. */
export const leastRate = 1000;

export function canBeHeard({ rate }: Pick<SequenceSummary, 'rate'>): boolean {
  return rate !== null && rate >= leastRate;
}

/** Seconds before the end of a piece at which the next one is asked for. */
const ahead = 2;

/**
 * Samples as they are heard: around zero, as loud as the range of the channel allows.
 * @param encoded Float32 in base64
 */
export function audible(encoded: string, [low, high]: readonly [number, number]): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytesOf(encoded).buffer);
  const middle = (low + high) / 2;
  const half = (high - low) / 2 || 1;
  return values.map((value) => (value - middle) / half);
}

/**
 * Plays pieces one after the other until there is none left, or it is stopped.
 *
 * @param rate of the samples, in Hz
 * @param pieceFrom the samples from a time step on, or `null` after the last
 * @param moved called with every frame, with the time step that is heard
 */
export async function playing(
  rate: number,
  pieceFrom: (step: number) => Promise<Float32Array<ArrayBuffer> | null>,
  begin: number,
  moved: (step: number) => void,
  stopped: AbortSignal,
): Promise<void> {
  const context = new AudioContext();
  const bufferRate = Math.min(Math.max(rate, slowest), fastest);
  let began: number | null = null;
  const follow = (): void => {
    if (stopped.aborted || context.state === 'closed') return;
    if (began !== null && context.currentTime >= began) moved(begin + (context.currentTime - began) * rate);
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
  try {
    let step = begin;
    for (let piece = await pieceFrom(step); piece !== null && !stopped.aborted; piece = await pieceFrom(step)) {
      const buffer = context.createBuffer(1, piece.length, bufferRate);
      buffer.copyToChannel(piece, 0);
      const source = new AudioBufferSourceNode(context, { buffer, playbackRate: rate / bufferRate });
      source.connect(context.destination);
      began ??= context.currentTime + 0.05;
      source.start(began + (step - begin) / rate);
      step += piece.length;
      await until(context, began + (step - begin) / rate - ahead, stopped);
    }
    if (began !== null) await until(context, began + (step - begin) / rate, stopped);
  } finally {
    await context.close();
  }
}

/** Waits until a context has played up to a time, or it is stopped. */
function until(context: AudioContext, time: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (stopped.aborted || context.currentTime >= time) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}
