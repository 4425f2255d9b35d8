import { parseOperator } from '../conditions/operators.js';
import type { ComparedFacet } from './facet.js';
import { listed, visibleText, withoutSharedBeginning } from './plain-text.js';

/** What a statement is to the sentence: one that should have allowed, or one that denied. */
export type Telling = 'wants' | 'denies';

/** Why a facet missed (or, in a Deny, met) in words, the most complete first; each later one is shorter. */
export function facetTexts(facet: ComparedFacet, telling: Telling): readonly [string, ...string[]] {
  const [nearest = ''] = facet.wanted;
  const others = facet.wanted.length - 1;
  const more = others > 0 ? ` (or ${others} other${others === 1 ? '' : 's'})` : '';
  const actual = actualValue(facet);
  const all = sentence(facet, telling, actual, oneOf(facet.wanted.slice(0, 4)));
  const one = sentence(facet, telling, actual, `${visibleText(nearest)}${more}`);
  const full: readonly string[] = facet.wanted.length <= 4 ? [all, one] : [one];
  const [shortActual, shortWanted] = withoutSharedBeginning(actual, visibleText(nearest));
  const short = sentence(facet, telling, shortActual, `${shortWanted}${more}`);
  const hinted = full.map((text) => `${text}${hint(facet)}`);
  return [hinted[0] ?? short, ...hinted.slice(1), ...full, `${short}${hint(facet)}`, short];
}

function actualValue({ actual }: ComparedFacet): string {
  if (actual.is !== 'value') return '';
  const [first = ''] = actual.values;
  const text = actual.values.length > 1 ? listed(actual.values.slice(0, 3).map(quoted)) : quoted(first);
  return actual.values.length > 3 ? `${text} …` : text;
}

/** Empty text must be seen; other values are clear enough without quotes. */
function quoted(value: string): string {
  return value === '' ? '""' : visibleText(value);
}

function oneOf(values: readonly string[]): string {
  return listed(values.map(quoted), 'or');
}

function sentence(facet: ComparedFacet, telling: Telling, actual: string, wanted: string): string {
  switch (facet.of) {
    case 'action':
      return facet.negated
        ? `its NotAction leaves out ${wanted}; the call is ${actual}`
        : `its Action is ${wanted}; the call is ${actual}`;
    case 'resource':
      return facet.negated
        ? `its NotResource leaves out ${wanted}; the call is on ${actual}`
        : `its Resource is ${wanted}; the call is on ${actual}`;
    case 'principal':
      return facet.negated
        ? `its NotPrincipal spares ${wanted}; the caller is ${actual}`
        : `its Principal is ${wanted}; the caller is ${actual}`;
    case 'condition':
      return `${haves(facet, actual)}; ${wants(facet, telling, wanted)}`;
  }
}

function haves({ key = '', actual }: ComparedFacet, value: string): string {
  const name = visibleText(key);
  switch (actual.is) {
    case 'absent':
      return `the request carries no ${name}`;
    case 'unknown':
      return `${name} is not known`;
    case 'value':
      return `${name} is ${value}`;
  }
}

function wants(facet: ComparedFacet, telling: Telling, wanted: string): string {
  const { operator = '', negated, holds, actual } = facet;
  if (telling === 'denies' && negated) return `the deny spares only ${wanted}`;
  const who = telling === 'denies' ? 'the deny is for' : 'the policy wants';
  const demand = `${who} ${demandOf(operator, wanted)}`;
  if (telling !== 'denies' || holds !== 'holds' || actual.is !== 'absent') return demand;
  return `${demand}, and ${visibleText(operator)} takes an absent key for a match`;
}

/** The operator and its value as one reads them: `at most 5`, `anything but x`. */
export function demandOf(operator: string, wanted: string): string {
  const parsed = parseOperator(operator);
  if (!parsed.ok) return wanted;
  const { set, operator: base } = parsed.use;
  const demand = plainDemand(base.name, wanted);
  if (set === 'forAllValues') return `every value to be ${demand}`;
  return set === 'forAnyValue' ? `some value to be ${demand}` : demand;
}

function plainDemand(name: string, wanted: string): string {
  switch (name) {
    case 'StringNotEquals':
    case 'StringNotLike':
    case 'StringNotEqualsIgnoreCase':
    case 'ArnNotEquals':
    case 'ArnNotLike':
    case 'NumericNotEquals':
    case 'DateNotEquals':
      return `anything but ${wanted}`;
    case 'NotIpAddress':
      return `an address outside ${wanted}`;
    case 'NumericLessThan':
      return `less than ${wanted}`;
    case 'NumericLessThanEquals':
      return `at most ${wanted}`;
    case 'NumericGreaterThan':
      return `more than ${wanted}`;
    case 'NumericGreaterThanEquals':
      return `at least ${wanted}`;
    case 'DateLessThan':
      return `a time before ${wanted}`;
    case 'DateLessThanEquals':
      return `a time up to ${wanted}`;
    case 'DateGreaterThan':
      return `a time after ${wanted}`;
    case 'DateGreaterThanEquals':
      return `a time from ${wanted} on`;
    case 'Null':
      return wanted === 'true' ? 'it absent' : 'it present';
    default:
      return wanted;
  }
}

/** What people overlook when two values look alike. */
function hint(facet: ComparedFacet): string {
  const { variables, wanted, actual, operator = '' } = facet;
  const [variable] = variables;
  if (variable !== undefined) return ` (\${${visibleText(variable.name)}} is ${variableValue(variable.actual)})`;
  if (facet.of !== 'condition' || actual.is !== 'value' || facet.holds === 'holds') return '';
  const [nearest = ''] = wanted;
  const [value = ''] = actual.values;
  const parsed = parseOperator(operator);
  if (!parsed.ok || parsed.use.operator.negated) return '';
  const { wildcards, name } = parsed.use.operator;
  if (nearest.toLowerCase() === value.toLowerCase()) return ' (they differ in letter case)';
  if (!wildcards && parsed.use.operator.family === 'string' && nearest.includes('*')) {
    return ` (${name} reads no wildcards)`;
  }
  return '';
}

function variableValue(actual: ComparedFacet['actual']): string {
  switch (actual.is) {
    case 'absent':
      return 'absent here';
    case 'unknown':
      return 'not known here';
    case 'value':
      return actual.values.length === 1 ? `${quoted(actual.values[0] ?? '')} here` : 'a list, so no value';
  }
}
