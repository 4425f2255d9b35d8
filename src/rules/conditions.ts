import type { Rule } from './rule.js';

const OPERATORS_PAGE = 'IAM User Guide: IAM JSON policy elements: Condition operators';
const LOGIC_PAGE = 'IAM User Guide: Conditions with multiple context keys or values';
const SETS_PAGE = 'IAM User Guide: Single-valued vs. multivalued context keys';
const CONDITION_PAGE = 'IAM User Guide: IAM JSON policy elements: Condition';
const VARIABLES_PAGE = 'IAM User Guide: IAM policy elements: Variables and tags';

/** The rules of condition operators, policy variables and wildcards. */
export const CONDITION_RULES = {
  'COND-AND': {
    says: 'Every operator of a `Condition` block, and every key under an operator, must be satisfied; an empty block is.',
    page: LOGIC_PAGE,
    basis: 'documented',
    facts: ['iam:3.1', 'sqs:V-5'],
  },
  'COND-VALUES-OR': {
    says: 'Under a positive operator the key matches when it matches one of the values listed for it.',
    page: LOGIC_PAGE,
    basis: 'documented',
    facts: ['iam:3.1', 'kms:KC-5'],
  },
  'COND-VALUES-NOR': {
    says: 'Under a negated operator the key matches when it matches none of the values listed for it.',
    page: LOGIC_PAGE,
    basis: 'documented',
    facts: ['iam:3.1'],
  },
  'COND-KEY-CASE': {
    says: 'Names of condition keys are compared without regard to letter case.',
    page: CONDITION_PAGE,
    basis: 'documented',
    facts: ['iam:2.1'],
  },
  'COND-OPERATOR-CASE': {
    says: 'The name of a condition operator is accepted in any letter case.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:G-A8', 'iam:2.1'],
  },
  'COND-MISSING-POSITIVE': {
    says: 'A positive operator is not satisfied when the request does not hold its key.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.2', 'sqs:P-16'],
  },
  'COND-MISSING-NEGATED': {
    says: 'A negated operator is satisfied when the request does not hold its key.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.2', 'iam:C-1', 'sqs:P-16'],
  },
  'COND-IF-EXISTS': {
    says: 'An operator with the suffix `IfExists` is satisfied when the request does not hold its key.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.2', 'iam:C-1'],
  },
  'COND-SET-IF-EXISTS': {
    says: 'A set operator with the suffix `IfExists` is satisfied when the request does not hold its key.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.2'],
  },
  'COND-NULL': {
    says: '`Null` asks whether the key is missing: `true` is satisfied when it is, `false` when it has a value.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.2'],
  },
  'COND-NULL-EMPTY': {
    says: 'Under `Null`, a key that is present with an empty value counts as missing.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:C-3'],
  },
  'COND-NULL-ALONE': {
    says: '`Null` takes neither the suffix `IfExists` nor a set operator.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:C-2', 'iam:3.4'],
  },
  'COND-FOR-ALL': {
    says: '`ForAllValues` is satisfied when every value of the request satisfies the operator.',
    page: SETS_PAGE,
    basis: 'documented',
    facts: ['iam:3.3', 'iam:C-7'],
  },
  'COND-FOR-ANY': {
    says: '`ForAnyValue` is satisfied when at least one value of the request satisfies the operator.',
    page: SETS_PAGE,
    basis: 'documented',
    facts: ['iam:3.3'],
  },
  'COND-FOR-ALL-ABSENT': {
    says: '`ForAllValues` is satisfied when the request does not hold the key, or holds nothing but empty text in it.',
    page: SETS_PAGE,
    basis: 'documented',
    facts: ['iam:3.2', 'iam:C-7'],
  },
  'COND-FOR-ANY-ABSENT': {
    says: '`ForAnyValue` is not satisfied when the request does not hold the key, with a negated operator either.',
    page: SETS_PAGE,
    basis: 'documented',
    facts: ['iam:3.2'],
  },
  'COND-MANY-WITHOUT-SET': {
    says: 'Without a set operator, a key with several values is read as `ForAnyValue` under a positive operator and as `ForAllValues` under a negated one.',
    page: SETS_PAGE,
    basis: 'assumed',
    facts: ['iam:C-5'],
  },
  'COND-SET-ON-ONE': {
    says: 'A set operator on a key that holds one value sees a set of one value, or of none when the key is missing.',
    page: SETS_PAGE,
    basis: 'documented',
    facts: ['iam:C-6', 'iam:C-4'],
  },
  'COND-UNPARSEABLE': {
    says: "A value that cannot be read as the operator's type matches nothing, so a negated operator is satisfied.",
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.4'],
  },
  'COND-STRING-EXACT': {
    says: '`StringEquals` and `StringNotEquals` compare text exactly, letter case included.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:2.1', 'iam:W-5'],
  },
  'COND-STRING-IGNORE-CASE': {
    says: '`StringEqualsIgnoreCase` and its negation compare text without regard to letter case.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:2.1'],
  },
  'COND-NUMERIC-EXACT': {
    says: 'Numeric operators compare integers and decimals by their value, without rounding.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.4'],
  },
  'COND-DATE-FORMAT': {
    says: 'Date operators read the W3C profile of ISO 8601 or seconds since 1970, and compare instants.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.4'],
  },
  'COND-BOOL-CASE': {
    says: '`Bool` reads `true` and `false` in any letter case.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.4'],
  },
  'COND-BINARY-BYTES': {
    says: '`BinaryEquals` compares bytes, after decoding base64.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.4'],
  },
  'COND-IP-BARE': {
    says: 'An IPv4 address without a prefix length is the range of that one address, as if `/32` stood behind it.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:3.4'],
  },
  'COND-IP-BARE-V6': {
    says: 'An IPv6 address without a prefix length is the range of that one address, as if `/128` stood behind it.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.4'],
  },
  'COND-IP-VERSION': {
    says: 'An IPv6 address lies outside every IPv4 range, and an IPv4 address outside every IPv6 range.',
    page: 'KMS Developer Guide: AWS global condition keys',
    basis: 'documented',
    facts: ['iam:3.4', 'kms:KW-2'],
  },
  'COND-IP-MAPPED': {
    says: 'An IPv4 address written inside IPv6, as in `::ffff:192.0.2.1`, is an IPv6 address.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.4'],
  },
  'COND-ARN-SECTIONS': {
    says: 'ARN operators match each of the six parts of an ARN separately; `ArnEquals` and `ArnLike` are the same.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:W-6'],
  },
  'COND-ARN-SIX-PARTS': {
    says: 'Under an ARN operator, a value or pattern that has not all six parts, a lone `*` included, matches nothing.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:W-7', 'sqs:P-17'],
  },
  'VAR-SYNTAX': {
    says: "`${key}` stands for the key's value in the request; `${key, 'text'}` gives a default.",
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-1'],
  },
  'VAR-LITERAL': {
    says: '`${*}`, `${?}` and `${$}` stand for the characters themselves.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-1'],
  },
  'VAR-NAME-CASE': {
    says: 'The name in a policy variable is compared without regard to letter case.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:2.1'],
  },
  'VAR-VERSION': {
    says: 'Policy variables are read only in policies of version `2012-10-17`; in others they are plain text.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-2', 'iam:G-A1', 'sqs:P-5'],
  },
  'VAR-PLACES': {
    says: 'Policy variables are read in the resource part of `Resource` and in values of String and ARN operators.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-3', 'iam:V-4'],
  },
  'VAR-BOOL': {
    says: 'Policy variables are read in values of `Bool`.',
    page: OPERATORS_PAGE,
    basis: 'assumed',
    facts: ['iam:3.4', 'iam:V-3'],
  },
  'VAR-DEFAULT': {
    says: 'The default of a policy variable is used when the request does not hold the key.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-1', 'iam:V-6'],
  },
  'VAR-MULTIVALUED': {
    says: 'A key with several values cannot be a policy variable.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-5'],
  },
  'VAR-UNRESOLVED-RESOURCE': {
    says: 'A `Resource` or `NotResource` entry with a variable that has neither value nor default matches no resource.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-6', 'iam:V-8', 'iam:NP-6'],
  },
  'VAR-UNRESOLVED-CONDITION': {
    says: 'A condition value with a variable that has neither value nor default matches nothing, so a negated operator is satisfied.',
    page: VARIABLES_PAGE,
    basis: 'documented',
    facts: ['iam:V-6', 'iam:V-8'],
  },
  'VAR-TEXT': {
    says: 'A value put in for a policy variable is plain text: wildcards and variables inside it are not read.',
    page: VARIABLES_PAGE,
    basis: 'assumed',
    facts: ['iam:V-7'],
  },
  'VAR-LENGTH': {
    says: 'A text that grows beyond 16,384 characters by its variables is treated as one that cannot be resolved.',
    page: VARIABLES_PAGE,
    basis: 'assumed',
    facts: ['iam:V-6'],
  },
  'WILD-ACTION': {
    says: 'In `Action`, `*` is any run of characters and `?` one character of the action name; letter case does not matter.',
    page: 'IAM User Guide: IAM JSON policy elements: Action',
    basis: 'documented',
    facts: ['iam:W-1', 'iam:2.1'],
  },
  'WILD-ACTION-PREFIX': {
    says: 'An `Action` with a wildcard in its service prefix matches nothing, unless it is `*` alone.',
    page: 'IAM User Guide: IAM JSON policy elements: Action',
    basis: 'assumed',
    facts: ['iam:W-1'],
  },
  'WILD-RESOURCE': {
    says: 'In `Resource`, a wildcard inside one of the first five ARN segments stays in its segment; a `*` that ends a segment may run on.',
    page: 'IAM User Guide: IAM JSON policy elements: Resource',
    basis: 'assumed',
    facts: ['iam:W-2'],
  },
  'WILD-RESOURCE-PART': {
    says: 'In the resource part of an ARN, `*` is any run of characters, slashes and the empty run included.',
    page: 'IAM User Guide: IAM JSON policy elements: Resource',
    basis: 'documented',
    facts: ['iam:W-2', 'iam:W-3'],
  },
  'WILD-PRINCIPAL': {
    says: 'A `Principal` value is a name or `*` alone; a wildcard inside it is no pattern.',
    page: 'IAM User Guide: IAM JSON policy elements: Principal',
    basis: 'documented',
    facts: ['iam:W-4', 'iam:PR-1'],
  },
  'WILD-CONDITION': {
    says: 'In condition values, `*` and `?` are wildcards under `StringLike`, `StringNotLike` and the ARN operators only.',
    page: OPERATORS_PAGE,
    basis: 'documented',
    facts: ['iam:W-5'],
  },
} as const satisfies Record<string, Rule>;

export type ConditionRuleId = keyof typeof CONDITION_RULES;
