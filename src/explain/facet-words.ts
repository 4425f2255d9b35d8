import { parseOperator } from '../conditions/operators.js';
import type { ComparedFacet } from './facet.js';
import { listed, visibleText, withoutSharedBeginning } from './plain-text.js';

/** The statement that a facet is told of: an Allow that lacks it, or a Deny that it makes match, by a name. */
export interface Teller {
  readonly is: 'allow' | 'deny';
  readonly name: string;
}

/** Why a facet missed (or, in a Deny, met) in words, the most complete first; each later one is shorter. */
export function facetTexts(facet: ComparedFacet, teller: Teller): readonly [string, ...string[]] {
  const { wanted } = facet;
  const [nearest = ''] = wanted;
  const others = wanted.length - 1;
  const more = others > 0 ? ` (or ${others} other${others === 1 ? '' : 's'})` : '';
  const actual = actualValue(facet);
  const one = quoted(nearest);
  const [shortActual, shortOne] = withoutSharedBeginning(actual, one);
  const say = (has: string, wants: string): string => sentence(facet, teller, has, wants);
  const told = hint(facet);
  const texts = [
    ...(wanted.length > 1 && wanted.length <= 4 ? [say(actual, listed(wanted.map(quoted), 'or'))] : []),
    say(actual, `${one}${more}`),
    facet.of === 'condition' ? say(actual, `${shortOne}${more}`) : say(shortActual, `${one}${more}`),
    say(shortActual, `${shortOne}${more}`),
  ].map((text) => `${text}${told}`);
  const [first = '', ...rest] = texts;
  return [first, ...rest, say(shortActual, `${shortOne}${more}`), say(shortActual, shortOne)];
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

function sentence(facet: ComparedFacet, teller: Teller, actual: string, wanted: string): string {
  const { of, negated } = facet;
  if (of === 'condition') return `${haves(facet, actual)}; ${wants(facet, teller, wanted)}`;
  const who = teller.name;
  switch (of) {
    case 'action':
      return `${who} ${negated ? 'leaves out' : 'lists'} ${wanted}; the call is ${actual}`;
    case 'resource':
      return `${who} ${negated ? 'leaves out' : 'covers'} ${wanted}; the call is on ${actual}`;
    case 'principal':
      return `${who} ${negated ? 'spares only' : 'names'} ${wanted}; the caller is ${actual}`;
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

function wants(facet: ComparedFacet, teller: Teller, wanted: string): string {
  const { operator = '', negated, holds, actual } = facet;
  if (teller.is === 'allow') return `${teller.name} wants ${demandOf(operator, wanted)}`;
  if (negated) return `${teller.name} spares only ${wanted}`;
  if (operator.toLowerCase() === 'null')
    return `${teller.name} is for requests ${nearestOf(facet) === 'true' ? 'without' : 'with'} it`;
  const demand = `${teller.name} is for ${demandOf(operator, wanted)}`;
  if (holds !== 'holds' || actual.is !== 'absent') return demand;
  return `${demand}, and ${visibleText(operator)} takes an absent key for a match`;
}

function nearestOf({ wanted }: ComparedFacet): string {
  return wanted.slice(0, 1).join('').toLowerCase();
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
  if (variable !== undefined) {
    const value = variableValue(variable.actual);
    const name = `\${${visibleText(variable.name)}}`;
    return wanted.length === 1 && wanted[0] === name ? `, which is ${value}` : ` (${name} is ${value})`;
  }
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
      return actual.values.length === 1
        ? `${actual.values.map(quoted).join('')} here`
        : 'a list, so no value';
  }
}
