import type * as Runtime from 'onnxruntime-node';

/**
 * Says to onnxruntime that it may send nothing to its maker. It asks the environment of the process once, when it is loaded.
 * A worker thread has only a copy of that environment, so whoever starts threads says it first.
 */
export function forbidTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

/**
 * The only way to onnxruntime. A module that is imported at the top of another would be loaded before anything could be
 * said to it.
 */
export async function onnxruntime(): Promise<typeof Runtime> {
  forbidTelemetry();
  return import('onnxruntime-node');
}
