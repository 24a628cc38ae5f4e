import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import * as engine from './engine';

/**
 * The requests and notifications of the engine as vscode-jsonrpc wants them. They stand apart because loading that
 * library takes longer than the extension's activation may.
 */

type Failure = engine.RequestFailure;

type Rpc<T> =
  T extends engine.Request0<infer R>
    ? RequestType0<R, Failure>
    : T extends engine.Request1<infer P, infer R>
      ? RequestType<P, R, Failure>
      : never;

type RpcRequests = { readonly [Name in keyof typeof engine.requests]: Rpc<(typeof engine.requests)[Name]> };

export const requests = Object.fromEntries(
  Object.entries(engine.requests).map(([name, { method, parameters }]) => [
    name,
    parameters === 0 ? new RequestType0(method) : new RequestType(method),
  ]),
) as unknown as RpcRequests;

export const notifications = {
  status: new NotificationType<engine.IndexStatus>(engine.notifications.status.method),
  log: new NotificationType<engine.LogMessage>(engine.notifications.log.method),
} as const;
