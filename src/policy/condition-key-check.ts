import type { ConditionKey } from '../catalogue/condition-key.js';
import { CONDITION_KEY_NAMES, conditionKey } from '../catalogue/condition-keys.js';
import type { OperatorUse } from '../conditions/operators.js';
import { excerpt } from '../syntax/excerpt.js';
import { parseTemplate } from '../syntax/policy-variable.js';
import { didYouMean } from '../syntax/suggest.js';
import type { PolicyType } from './policy.js';
import { POLICY_TYPES } from './policy-types.js';
import { complain, type Located, type Reader } from './reader.js';
import { VARIABLES_PAGE, variablesOf } from './variable-check.js';

const KEYS_PAGE = 'IAM User Guide, AWS global condition context keys';
const SETS_PAGE = 'IAM User Guide, Single-valued vs. multivalued context keys';

/** Tells of what is wrong about a condition key under its operator. A key of a service we do not know is fine. */
export function checkConditionKey(
  reader: Reader,
  at: Located,
  key: string,
  operator: OperatorUse,
  type: PolicyType,
): void {
  if (!key.includes(':')) complainOfNoService(reader, at, key);
  if (key.includes('${') && variablesOf(parseTemplate(key, { wildcards: false })).length > 0) {
    complain(reader, at, {
      code: 'bad-variable',
      severity: 'warning',
      message: `a condition key holds no policy variables: ${excerpt(key)} is taken literally`,
      docs: VARIABLES_PAGE,
    });
  }
  const known = conditionKey(key);
  if (known === undefined) return;
  checkPolicyType(reader, at, known, type);
  if (operator.set === 'forAllValues' && !known.many) {
    complainOfForAllValues(reader, at, key, type === 'key' && isOverlyPermissive(key));
  } else if (operator.set === undefined && known.many && operator.operator.family !== 'null') {
    const set = operator.operator.negated ? 'ForAllValues' : 'ForAnyValue';
    complain(reader, at, {
      code: 'set-operator-misuse',
      severity: 'warning',
      message: `${excerpt(key)} holds several values and needs a set operator, which AWS gives no meaning without`,
      help: `write \`${set}:${operator.text}\`, as which it is read here`,
      docs: SETS_PAGE,
    });
  }
}

function complainOfNoService(reader: Reader, at: Located, key: string): void {
  complain(reader, at, {
    code: 'unknown-element',
    severity: 'warning',
    message: `${excerpt(key)} is no condition key: no request carries it`,
    expected: 'a key with its service, such as `aws:SourceArn`',
    help: () => suggestWhole(key),
    docs: KEYS_PAGE,
  });
}

function suggestWhole(key: string): string | undefined {
  const ending = `:${key.toLowerCase()}`;
  const whole = CONDITION_KEY_NAMES.find((name) => name.toLowerCase().endsWith(ending));
  return whole === undefined ? didYouMean(`aws:${key}`, CONDITION_KEY_NAMES) : `did you mean \`${whole}\`?`;
}

function checkPolicyType(reader: Reader, at: Located, known: ConditionKey, type: PolicyType): void {
  if (known.policyTypes === undefined || known.policyTypes.some((supported) => supported === type)) return;
  complain(reader, at, {
    code: 'unsupported-element',
    severity: 'warning',
    message: `\`${known.name}\` does not work in ${POLICY_TYPES[type].title}: it is as if no request carried it`,
    expected: `one of these policy types: ${known.policyTypes.join(', ')}`,
  });
}

/** Rule: COND-SET-ON-ONE */
function complainOfForAllValues(reader: Reader, at: Located, key: string, refused: boolean): void {
  complain(reader, at, {
    code: refused ? 'overly-permissive-condition' : 'set-operator-misuse',
    severity: refused ? 'error' : 'warning',
    message: refused
      ? `KMS refuses ForAllValues on the single-valued key ${excerpt(key)}`
      : `ForAllValues on the single-valued key ${excerpt(key)} also matches requests that lack the key`,
    help: 'remove `ForAllValues:`',
    docs: refused ? 'KMS Developer Guide, AWS KMS condition keys' : SETS_PAGE,
  });
}

/** Keys on which KMS answers `OverlyPermissiveCondition` to ForAllValues. */
function isOverlyPermissive(key: string): boolean {
  const folded = key.toLowerCase();
  return folded.startsWith('kms:encryptioncontext:') || folded.startsWith('aws:requesttag/');
}
