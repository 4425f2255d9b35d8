import { type CompiledCondition, compileCondition } from '../../src/conditions/condition.js';
import {
  type ContextValue,
  type RequestContext,
  type Segment,
  UNKNOWN,
} from '../../src/conditions/context.js';
import { type OperatorUse, parseOperator } from '../../src/conditions/operators.js';
import type { Truth } from '../../src/conditions/truth.js';

export const KEY = 'aws:TestKey';
export type Word = 'false' | 'true' | 'either';

export function word(truth: Truth): Word {
  return truth === 1 ? 'false' : truth === 2 ? 'true' : 'either';
}

export function useOf(name: string): OperatorUse {
  const reading = parseOperator(name);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.use;
}

/** A context that holds the tested key in the `call` segment and any other keys in `principal`. */
export function contextOf(
  value: ContextValue | undefined,
  others: Record<string, ContextValue> = {},
): RequestContext {
  const call = new Map<string, ContextValue>();
  if (value !== undefined) call.set(KEY.toLowerCase(), value);
  return { principal: new Map(Object.entries(others)), network: new Map(), resource: new Map(), call };
}

export function segmentOf(slot: string): Segment {
  return slot === KEY.toLowerCase() ? 'call' : 'principal';
}

export interface AskOptions {
  readonly variables?: boolean;
  readonly others?: Record<string, ContextValue>;
}

export function compiled(name: string, operands: readonly string[], variables = true): CompiledCondition {
  const condition = { operator: useOf(name), key: KEY, operands };
  return compileCondition(condition, { variables, segment: 'call', many: undefined, segmentOf });
}

/** The answer of one condition on the tested key. */
export function ask(
  name: string,
  operands: string | readonly string[],
  value: ContextValue | undefined,
  { variables = true, others = {} }: AskOptions = {},
): Word {
  const list = typeof operands === 'string' ? [operands] : operands;
  return word(compiled(name, list, variables).evaluate(contextOf(value, others)));
}

export { UNKNOWN };
