/**
 * Node's options for an engine that a debugger is to attach to: none unless the extension is being developed and its
 * environment names a port in `KINDRED_INSPECT`. The debugger is reached from this machine alone.
 *
 * @throws Error if the variable holds no port
 */
export function inspectionOptions(development: boolean, port: string | undefined): readonly string[] {
  if (!development || port === undefined || port === '') return [];
  const number = Number(port);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new Error(`KINDRED_INSPECT must be a port from 1 to 65535, not "${port}".`);
  }
  return [`--inspect=127.0.0.1:${number}`];
}
