import { segmentOf } from '../catalogue/condition-keys.js';
import { type ContextValue, type RequestContext, UNKNOWN } from '../conditions/context.js';

/** A value that a condition key may have; `undefined` leaves it absent. */
export type SampleValue = Exclude<ContextValue, symbol> | undefined;

/** The context with another value of one key, which is named in lower case. */
export function withValue(context: RequestContext, slot: string, value: SampleValue): RequestContext {
  const segment = segmentOf(slot);
  const changed = new Map(context[segment]);
  if (value === undefined) changed.delete(slot);
  else changed.set(slot, value);
  return { ...context, [segment]: changed };
}

export function isUnknown(context: RequestContext, slot: string): boolean {
  return context[segmentOf(slot)].get(slot) === UNKNOWN;
}
