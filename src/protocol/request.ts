/** A request without parameters, answered by an `R`. The type parameters exist for the compiler only. */
export interface Request0<R> {
  readonly method: string;
  readonly parameters: 0;
  readonly _?: R;
}

/** A request with a `P`, answered by an `R`. */
export interface Request1<P, R> {
  readonly method: string;
  readonly parameters: 1;
  readonly _?: readonly [P, R];
}

export interface Notification<P> {
  readonly method: string;
  readonly _?: P;
}

export const request0 = <R>(method: string): Request0<R> => ({ method, parameters: 0 });
export const request1 = <P, R>(method: string): Request1<P, R> => ({ method, parameters: 1 });
export const notification = <P>(method: string): Notification<P> => ({ method });
