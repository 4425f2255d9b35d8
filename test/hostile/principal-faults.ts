import { both, doubled, type Edit, negated, renamed, valued, without } from './draft.js';
import { type Fault, FINE, faults, type Judgement, TWICE, UNKNOWN, WRONG_TYPE } from './faults.js';

/** A statement that names no principal names none in any form; of others, the first is for `"*"` alone. */
const named =
  (required: Judgement, star: Judgement = required): Fault['judged'] =>
  ({ principal }) =>
    principal === 'forbidden' ? ['error forbidden-principal'] : principal === 'star' ? star : required;

const who =
  (judgement: Judgement, forbidden?: Judgement): Fault['judged'] =>
  ({ principal }) =>
    principal === 'forbidden' ? forbidden : judgement;

/** Where only `"*"` may stand, the whole element is complained of, so one mark at it serves all. */
const inside = (value: string): Edit => valued('Principal', value);
const requiredOnly =
  (judgement: Judgement): Fault['judged'] =>
  ({ principal }) =>
    principal === 'required' ? judgement : undefined;
const BAD_PRINCIPAL: Judgement = ['error bad-principal'];

const PRINCIPAL = faults('Principal', [
  ['is missing', without('Principal'), who(['error missing-principal'], FINE)],
  ['is a number', inside('¦1'), named(WRONG_TYPE)],
  ['is a boolean', inside('¦true'), named(WRONG_TYPE)],
  ['is null', inside('¦null'), named(WRONG_TYPE)],
  ['is a list', inside('¦["*"]'), named(WRONG_TYPE)],
  ['is empty', inside('¦""'), named(BAD_PRINCIPAL)],
  ['is an empty object', inside('¦{}'), named(BAD_PRINCIPAL)],
  ['is an account without its type', inside('¦"111122223333"'), named(BAD_PRINCIPAL)],
  ['is an ARN without its type', inside('¦"arn:aws:iam::111122223333:root"'), named(BAD_PRINCIPAL)],
  ['is a service without its type', inside('¦"sns.amazonaws.com"'), named(BAD_PRINCIPAL)],
  ['is two stars', inside('¦"**"'), named(BAD_PRINCIPAL)],
  ['is everyone', inside('¦"*"'), named(FINE)],
  ['is everyone as AWS', inside('¦{"AWS": "*"}'), named(FINE, ['warning bad-principal'])],
  ['is an account', inside('¦{"AWS": "111122223333"}'), named(FINE, BAD_PRINCIPAL)],
  ['is a service', inside('¦{"Service": "sns.amazonaws.com"}'), named(FINE, BAD_PRINCIPAL)],
  ['has no AWS entry', inside('{"AWS": ¦[]}'), who(['error empty-list'])],
  ['has a number for AWS', inside('{"AWS": ¦111122223333}'), who(WRONG_TYPE)],
  ['has null for AWS', inside('{"AWS": ¦null}'), who(WRONG_TYPE)],
  ['has an object for AWS', inside('{"AWS": ¦{}}'), who(WRONG_TYPE)],
  ['has a list in the list', inside('{"AWS": [¦["111122223333"]]}'), who(WRONG_TYPE)],
  ['has an empty text', inside('{"AWS": ¦""}'), who(BAD_PRINCIPAL)],
  ['has a wildcard in a role', inside('{"AWS": ¦"arn:aws:iam::111122223333:role/*"}'), who(BAD_PRINCIPAL)],
  ['has a wildcard for the account', inside('{"AWS": ¦"arn:aws:iam::*:root"}'), who(BAD_PRINCIPAL)],
  ['has a question mark', inside('{"AWS": ¦"arn:aws:iam::111122223333:role/a?"}'), who(BAD_PRINCIPAL)],
  [
    'has a policy variable',
    inside('{"AWS": ¦"arn:aws:iam::111122223333:user/${aws:username}"}'),
    who(BAD_PRINCIPAL),
  ],
  ['has a group', inside('{"AWS": ¦"arn:aws:iam::111122223333:group/g"}'), who(BAD_PRINCIPAL)],
  [
    'has an instance profile',
    inside('{"AWS": ¦"arn:aws:iam::111122223333:instance-profile/p"}'),
    who(BAD_PRINCIPAL),
  ],
  ['has an organization', inside('{"AWS": ¦"o-abcdefghij"}'), who(BAD_PRINCIPAL)],
  ['has an access key', inside('{"AWS": ¦"AKIAIOSFODNN7EXAMPLE"}'), who(BAD_PRINCIPAL)],
  ['has eleven digits', inside('{"AWS": ¦"11112222333"}'), who(BAD_PRINCIPAL)],
  ['has thirteen digits', inside('{"AWS": ¦"1111222233334"}'), who(BAD_PRINCIPAL)],
  [
    'has Arabic digits',
    inside('{"AWS": ¦"١١١١٢٢٢٢٣٣٣٣"}'),
    who(['error bad-principal', 'warning bad-characters']),
  ],
  ['has hyphens in the account', inside('{"AWS": ¦"1111-2222-3333"}'), who(BAD_PRINCIPAL)],
  [
    'has a Region in the ARN',
    inside('{"AWS": ¦"arn:aws:iam:us-east-1:111122223333:role/a"}'),
    who(BAD_PRINCIPAL),
  ],
  ['has a role without a name', inside('{"AWS": ¦"arn:aws:iam::111122223333:role/"}'), who(BAD_PRINCIPAL)],
  [
    'has a session without a name',
    inside('{"AWS": ¦"arn:aws:sts::111122223333:assumed-role/a"}'),
    who(BAD_PRINCIPAL),
  ],
  ['has a queue', inside('{"AWS": ¦"arn:aws:sqs:us-east-1:111122223333:orders"}'), who(BAD_PRINCIPAL)],
  ['has a star for a service', inside('{"Service": ¦"*"}'), who(BAD_PRINCIPAL)],
  ['has a wildcard in a service', inside('{"Service": ¦"*.amazonaws.com"}'), who(BAD_PRINCIPAL)],
  ['has a service by its short name', inside('{"Service": ¦"sns"}'), who(BAD_PRINCIPAL)],
  ['has an account for a service', inside('{"Service": ¦"111122223333"}'), who(BAD_PRINCIPAL)],
  ['has a star for a provider', inside('{"Federated": ¦"*"}'), who(BAD_PRINCIPAL)],
  ['has an empty provider', inside('{"Federated": ¦""}'), who(BAD_PRINCIPAL)],
  ['has a star for a canonical user', inside('{"CanonicalUser": ¦"*"}'), who(BAD_PRINCIPAL)],
  ['has a type in small letters', inside('{¦"aws": "111122223333"}'), who(UNKNOWN)],
  ['has a type in the plural', inside('{¦"Services": "sns.amazonaws.com"}'), who(UNKNOWN)],
  ['has the type __proto__', inside('{¦"__proto__": "111122223333"}'), who(UNKNOWN)],
  ['has a type twice', inside('{"AWS": "111122223333", ¦"AWS": "*"}'), requiredOnly(TWICE)],
  ['is in small letters', renamed('Principal', 'principal'), who(UNKNOWN)],
  ['is in the plural', renamed('Principal', 'Principals'), who(UNKNOWN)],
  ['is misspelt as the head of a school', renamed('Principal', 'Principle'), who(UNKNOWN)],
  ['is there twice', doubled('Principal'), who(TWICE)],
]);

const denied = (edit: Edit): Edit => both(valued('Effect', '"Deny"'), edit);

const NOT_PRINCIPAL = faults('NotPrincipal', [
  ['goes with Deny', denied(negated('Principal', '¦"*"')), named(FINE, ['error unsupported-element'])],
  [
    'goes with Allow',
    both(valued('Effect', '"Allow"'), negated('Principal', '¦"*"')),
    ({ principal }) =>
      principal === 'star'
        ? undefined
        : [principal === 'forbidden' ? 'error forbidden-principal' : 'error unsupported-element'],
  ],
  [
    'is a number',
    denied(negated('Principal', '¦7')),
    named(WRONG_TYPE, ['error unsupported-element', 'error wrong-type']),
  ],
  [
    'is null',
    denied(negated('Principal', '¦null')),
    named(WRONG_TYPE, ['error unsupported-element', 'error wrong-type']),
  ],
  [
    'is a list',
    denied(negated('Principal', '¦["*"]')),
    named(WRONG_TYPE, ['error unsupported-element', 'error wrong-type']),
  ],
  [
    'is an empty object',
    denied(negated('Principal', '¦{}')),
    named(BAD_PRINCIPAL, ['error unsupported-element', 'error bad-principal']),
  ],
  [
    'has a wildcard',
    denied(negated('Principal', '{"AWS": ¦"arn:aws:iam::111122223333:role/*"}')),
    requiredOnly(BAD_PRINCIPAL),
  ],
  [
    'stands beside Principal',
    denied(both(valued('Principal', '"*"'), valued('NotPrincipal', '¦"*"'))),
    ({ principal }) => {
      if (principal === 'forbidden') return undefined;
      const conflict = 'error conflicting-elements';
      return principal === 'star' ? [conflict, 'error unsupported-element'] : [conflict];
    },
  ],
  [
    'is in small letters',
    denied(both(negated('Principal', '"*"'), renamed('NotPrincipal', 'notPrincipal'))),
    UNKNOWN,
  ],
  ['is there twice', denied(both(negated('Principal', '"*"'), doubled('NotPrincipal'))), requiredOnly(TWICE)],
]);

export const PRINCIPAL_FAULTS: readonly Fault[] = [...PRINCIPAL, ...NOT_PRINCIPAL];
