import type { DecisionName, Decisions } from '../../src/protocol/reading';

/** The decisions without some. */
export function without(decisions: Decisions, ...names: readonly DecisionName[]): Decisions {
  return Object.fromEntries(Object.entries(decisions).filter(([name]) => !names.some((other) => other === name)));
}
