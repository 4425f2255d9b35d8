import { segmentOf } from '../catalogue/condition-keys.js';
import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import { FALSE, TRUE } from '../conditions/truth.js';
import type { FacetEntry } from '../evaluator/recorder.js';
import type { AuthorizationRequest, Caller } from '../evaluator/request.js';
import { placeOfElement, type StatementPart } from '../policy/place.js';
import type { Condition, Policy, PrincipalEntry, Statement } from '../policy/policy.js';
import { callerName } from '../services/denial.js';
import { parseTemplate } from '../syntax/policy-variable.js';
import type { Place } from '../syntax/source.js';

/** What the request has where a statement looks. */
export type Actual =
  | { readonly is: 'absent' }
  | { readonly is: 'unknown' }
  | { readonly is: 'value'; readonly values: readonly string[] };

/** A policy variable of an operand and what it came to. */
export interface Variable {
  readonly name: string;
  readonly actual: Actual;
}

/** One facet of a statement beside the request: what the policy says, what the request has, and whether they meet. */
export interface ComparedFacet {
  readonly of: 'action' | 'principal' | 'resource' | 'condition';
  /** The condition operator as written. */
  readonly operator?: string;
  /** The condition key as written. */
  readonly key?: string;
  /** `NotAction`, `NotPrincipal`, `NotResource`, or a negated operator. */
  readonly negated: boolean;
  /** The values in the policy; the one that comes nearest to the request first. */
  readonly wanted: readonly string[];
  readonly actual: Actual;
  readonly variables: readonly Variable[];
  readonly holds: 'holds' | 'fails' | 'not known';
  /** Where the nearest value stands. */
  readonly place: Place;
}

/** Puts a facet of a trace beside the statement and the request that it is about. */
export function compareFacet(
  entry: FacetEntry,
  policy: Policy,
  statement: Statement,
  request: AuthorizationRequest,
): ComparedFacet {
  const { facet } = entry;
  const holds = entry.holds === TRUE ? 'holds' : entry.holds === FALSE ? 'fails' : 'not known';
  const described = describe(entry, statement, request);
  const actual = described.actual ?? actualOf(entry.got);
  const nearest = nearestIndex(described.wanted, actual);
  const part: StatementPart =
    facet.of === 'condition'
      ? { of: 'condition', operator: facet.operator, key: facet.key }
      : { of: facet.of };
  const nearestText = described.wanted[nearest];
  return {
    of: facet.of,
    ...(facet.of === 'condition' ? { operator: facet.operator, key: facet.key } : {}),
    negated: described.negated,
    wanted:
      nearestText === undefined
        ? []
        : [nearestText, ...described.wanted.filter((_, index) => index !== nearest)],
    actual,
    variables:
      facet.of === 'condition' || facet.of === 'resource'
        ? variablesIn(described.wanted, policy, request)
        : [],
    holds,
    place: placeOfElement(policy, statement.index, part, nearest),
  };
}

interface Described {
  readonly wanted: readonly string[];
  readonly negated: boolean;
  readonly actual?: Actual;
}

function describe({ facet }: FacetEntry, statement: Statement, request: AuthorizationRequest): Described {
  switch (facet.of) {
    case 'action':
      return { wanted: statement.action.entries, negated: statement.action.negated };
    case 'resource':
      return { wanted: statement.resource.entries, negated: statement.resource.negated };
    case 'principal': {
      const entries = statement.principal?.entries ?? [];
      return {
        wanted: entries.map(({ text }) => text),
        negated: statement.principal?.negated === true,
        actual: { is: 'value', values: [callerAsNamed(request.caller, entries)] },
      };
    }
    case 'condition': {
      const condition: Condition | undefined = statement.conditions[facet.index];
      return { wanted: condition?.operands ?? [], negated: condition?.operator.operator.negated === true };
    }
  }
}

/** A session is shown as its role, unless the policy names sessions. */
function callerAsNamed(caller: Caller, entries: readonly PrincipalEntry[]): string {
  if (caller.kind !== 'session' || entries.some(({ kind }) => kind === 'session')) return callerName(caller);
  return caller.role.text;
}

export function actualOf(value: ContextValue | undefined): Actual {
  if (value === undefined) return { is: 'absent' };
  if (value === UNKNOWN) return { is: 'unknown' };
  return { is: 'value', values: typeof value === 'string' ? [value] : value };
}

/** The value that shares the longest beginning with what the request has. */
function nearestIndex(wanted: readonly string[], actual: Actual): number {
  if (actual.is !== 'value') return 0;
  let nearest = 0;
  let longest = -1;
  for (const [index, text] of wanted.entries()) {
    const shared = Math.max(0, ...actual.values.map((value) => sharedLength(text, value)));
    if (shared > longest) {
      longest = shared;
      nearest = index;
    }
  }
  return nearest;
}

function sharedLength(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  return shared;
}

function variablesIn(
  operands: readonly string[],
  policy: Policy,
  { context }: AuthorizationRequest,
): readonly Variable[] {
  if (policy.version !== '2012-10-17') return [];
  const found = new Map<string, Variable>();
  for (const operand of operands) {
    if (!operand.includes('${')) continue;
    for (const part of parseTemplate(operand, { wildcards: false }).parts) {
      if (part.kind !== 'variable') continue;
      found.set(part.slot, {
        name: part.key,
        actual: actualOf(context[segmentOf(part.slot)].get(part.slot)),
      });
    }
  }
  return [...found.values()];
}
