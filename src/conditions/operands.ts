import {
  parseTemplate,
  resolveTemplate,
  type TemplatePart,
  variableFree,
} from '../syntax/policy-variable.js';
import { type Piece, parsePieces } from '../syntax/wildcard.js';
import type { ContextValue, RequestContext, Segment } from './context.js';
import type { OperandTest, Operator } from './operators.js';
import { EITHER, FALSE, TRUE, type Truth } from './truth.js';

/** All operands of one condition, ready to be compared with a value of the request. */
export interface Operands {
  /** `undefined` when an operand holds a variable. */
  readonly fixed?: (value: string) => boolean;
  /** Whether the value matches one of the operands. */
  readonly matches: (value: string, context: RequestContext) => Truth;
  /** What `matches` may answer over all values that there are. */
  readonly range: (context: RequestContext) => Truth;
}

export interface VariableOptions {
  /** Whether the policy's version has policy variables. */
  readonly variables: boolean;
  /** Where a variable's condition key lives. */
  readonly segmentOf: (slot: string) => Segment;
}

/**
 * Prepares the operands. One that cannot be read as the operator's type matches no value.
 *
 * Rule: COND-UNPARSEABLE, VAR-VERSION, VAR-PLACES, VAR-BOOL (IAM User Guide, policy elements: variables and tags).
 */
export function compileOperands(
  operator: Operator,
  operands: readonly string[],
  options: VariableOptions,
): Operands {
  const tests: OperandTest[] = [];
  const templates: OperandTemplate[] = [];
  for (const operand of operands) {
    const parts = readOperand(operator, operand, options.variables);
    const pieces = variableFree(parts);
    if (pieces === undefined) {
      templates.push(compileTemplate(operator, parts, options.segmentOf));
    } else {
      const test = operator.compile(pieces);
      if (test !== undefined) tests.push(test);
    }
  }
  const fixed = anyOf(tests);
  const fixedRange = rangeOf(tests);
  if (templates.length === 0) {
    return { fixed, matches: (value) => (fixed(value) ? TRUE : FALSE), range: () => fixedRange };
  }
  return {
    matches: (value, context) => (fixed(value) ? TRUE : matchTemplates(templates, value, context)),
    range: (context) => templates.reduce((range, each) => widen(range, each(context)), fixedRange),
  };
}

/** Reads one operand as far as its operator lets it hold variables and wildcards. Rule: VAR-VERSION, VAR-PLACES */
export function readOperand(operator: Operator, text: string, variables: boolean): readonly TemplatePart[] {
  if (variables && operator.variables && text.includes('${')) {
    return parseTemplate(text, { wildcards: operator.wildcards }).parts;
  }
  return operator.wildcards ? parsePieces(text) : [{ kind: 'text', text }];
}

/** Rule: COND-VALUES-OR */
function anyOf(tests: readonly OperandTest[]): (value: string) => boolean {
  const [first] = tests;
  if (first === undefined) return () => false;
  if (tests.length === 1) return first.test;
  const exact = new Set<string>();
  const others: OperandTest[] = [];
  for (const test of tests) {
    if (test.exact === undefined) others.push(test);
    else exact.add(test.exact);
  }
  const [other] = others;
  if (other === undefined) return (value) => exact.has(value);
  if (others.length === 1) return (value) => exact.has(value) || other.test(value);
  return (value) => {
    if (exact.has(value)) return true;
    for (const test of others) if (test.test(value)) return true;
    return false;
  };
}

function rangeOf(tests: readonly OperandTest[]): Truth {
  if (tests.length === 0) return FALSE;
  return tests.some((test) => test.everything) ? TRUE : EITHER;
}

/** A resolved operand: its test; `undefined` when nothing matches it; `'unknown'` when a variable's value is not known. */
type Resolved = OperandTest | undefined | 'unknown';
type OperandTemplate = (context: RequestContext) => Resolved;

/**
 * An operand with variables. What it came to is kept until one of its variables has another value.
 *
 * Rule: VAR-UNRESOLVED-CONDITION (IAM User Guide, policy elements: variables and tags).
 */
function compileTemplate(
  operator: Operator,
  parts: readonly TemplatePart[],
  segmentOf: (slot: string) => Segment,
): OperandTemplate {
  const variables: { readonly slot: string; readonly segment: Segment }[] = [];
  for (const part of parts) {
    if (part.kind === 'variable') variables.push({ slot: part.slot, segment: segmentOf(part.slot) });
  }
  const values: (ContextValue | undefined)[] = [];
  let known = false;
  let resolved: Resolved;
  return (context) => {
    let same = known;
    for (let i = 0; i < variables.length; i += 1) {
      const variable = variables[i];
      const value = variable && context[variable.segment].get(variable.slot);
      if (value === values[i]) continue;
      values[i] = value;
      same = false;
    }
    if (!same) {
      let next = 0;
      resolved = compileResolved(
        operator,
        resolveTemplate(parts, () => values[next++]),
      );
      known = true;
    }
    return resolved;
  };
}

function compileResolved(operator: Operator, pieces: readonly Piece[] | 'unresolved' | 'unknown'): Resolved {
  if (pieces === 'unknown') return 'unknown';
  return pieces === 'unresolved' ? undefined : operator.compile(pieces);
}

function matchTemplates(
  templates: readonly OperandTemplate[],
  value: string,
  context: RequestContext,
): Truth {
  let answer: Truth = FALSE;
  for (const template of templates) {
    const test = template(context);
    if (test === 'unknown') answer = EITHER;
    else if (test?.test(value)) return TRUE;
  }
  return answer;
}

function widen(range: Truth, test: Resolved): Truth {
  if (range === TRUE || test === undefined) return range;
  return test !== 'unknown' && test.everything ? TRUE : EITHER;
}
