import type { Operator, OperatorFamily, OperatorUse } from '../conditions/operators.js';
import { excerpt } from '../syntax/excerpt.js';
import { parseTemplate, variableFree } from '../syntax/policy-variable.js';
import { complain, type Element, type Reader } from './reader.js';
import { checkVariables, complainOfVersion, VARIABLES_PAGE, variablesOf } from './variable-check.js';

/**
 * Tells of a condition value that its operator cannot read, and of policy variables that are not replaced in it. Such a
 * value matches nothing, which is an answer: both are warnings.
 *
 * Rule: COND-UNPARSEABLE, COND-ARN-SIX-PARTS, VAR-PLACES, VAR-VERSION, VAR-BOOL
 */
export function checkOperand(
  reader: Reader,
  at: Element,
  operand: string,
  { operator }: OperatorUse,
  variables: boolean,
): void {
  if (operand.includes('${')) {
    const template = parseTemplate(operand, { wildcards: operator.wildcards });
    const named = variablesOf(template).length > 0;
    if (named && !operator.variables) {
      complain(reader, at, {
        code: 'bad-variable',
        severity: 'warning',
        message: `${operator.name} knows no policy variables: ${excerpt(operand)} matches nothing`,
        docs: VARIABLES_PAGE,
      });
      return;
    }
    if (named && !variables) complainOfVersion(reader, at, operand);
    if (operator.variables && variables) checkVariables(reader, at, template);
    if (named && operator.family === 'bool' && variables) {
      complain(reader, at, {
        code: 'bad-variable',
        severity: 'warning',
        message: `AWS's pages disagree whether Bool reads policy variables such as ${excerpt(operand)}`,
        docs: VARIABLES_PAGE,
      });
    }
  }
  if (canBeRead(operator, operand, variables)) return;
  complain(reader, at, {
    code: 'bad-operand',
    severity: 'warning',
    message: `${excerpt(operand)} matches nothing: it is no value for ${operator.name}`,
    expected: EXPECTED[operator.family],
    docs: 'IAM User Guide, IAM JSON policy elements: Condition operators',
  });
}

const EXPECTED: Readonly<Record<OperatorFamily, string | undefined>> = {
  string: undefined,
  numeric: 'a decimal number',
  date: 'an ISO 8601 date, or seconds since 1970',
  bool: '`true` or `false`',
  binary: 'base64',
  ip: 'an address or a CIDR range, such as `203.0.113.0/24`',
  arn: 'an ARN pattern of six parts, such as `arn:*:*:*:*:*` for any ARN',
  null: '`true` or `false`',
};

/** What a variable comes to depends on the request, so such an operand counts as readable. */
function canBeRead(operator: Operator, operand: string, variables: boolean): boolean {
  if (!(variables && operator.variables && operand.includes('${'))) return operator.accepts(operand);
  const pieces = variableFree(parseTemplate(operand, { wildcards: operator.wildcards }).parts);
  return pieces === undefined || operator.compile(pieces) !== undefined;
}
