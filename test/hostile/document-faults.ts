import { both, doubled, extra, renamed, valued, without } from './draft.js';
import {
  as,
  type Fault,
  FINE,
  faults,
  type Judgement,
  TWICE,
  UNKNOWN,
  WRONG_TYPE,
  withoutResource,
  wrongTypes,
} from './faults.js';

const VERSION = faults('Version', [
  ['is missing', without('Version'), ({ newVersion }) => (newVersion ? ['error bad-version'] : FINE)],
  ...wrongTypes(as('Version'), ['text']),
  ['is empty', valued('Version', '¦""'), ['error bad-version']],
  ['is a date of the author', valued('Version', '¦"2024-06-01"'), ['error bad-version']],
  ['has slashes', valued('Version', '¦"2012/10/17"'), ['error bad-version']],
  ['has a blank at its end', valued('Version', '¦"2012-10-17 "'), ['error bad-version']],
  [
    'is the older one',
    valued('Version', '¦"2008-10-17"'),
    ({ newVersion }) => (newVersion ? ['error bad-version'] : FINE),
  ],
  ['is in small letters', renamed('Version', 'version'), UNKNOWN],
  ['is in capitals', renamed('Version', 'VERSION'), UNKNOWN],
  ['is misspelt', renamed('Version', 'Versoin'), UNKNOWN],
  ['is there twice', doubled('Version'), TWICE],
]);

const onId =
  (judgement: Judgement): Fault['judged'] =>
  ({ id }) =>
    id ? judgement : [...judgement, 'warning unsupported-element'];

const ID = faults('Id', [
  ['is a text', valued('Id', '¦"an id with blanks"'), onId(FINE)],
  ['is empty', valued('Id', '¦""'), onId(FINE)],
  ...wrongTypes(as('Id'), ['text'], onId(WRONG_TYPE)),
  ['is there twice', doubled('Id'), ({ id }) => (id ? TWICE : undefined)],
  ['is in small letters', renamed('Id', 'id'), ({ id }) => (id ? UNKNOWN : undefined)],
]);

const STATEMENT = faults('Statement', [
  ['is missing', without('Statement'), ['error missing-element']],
  ...wrongTypes(as('Statement'), ['object', 'list']),
  ['is an empty list', valued('Statement', '¦[]'), ['error empty-list']],
  ['holds a text', valued('Statement', '[STATEMENT, ¦"a"]'), WRONG_TYPE],
  ['holds null', valued('Statement', '[STATEMENT, ¦null]'), WRONG_TYPE],
  ['holds a list', valued('Statement', '[¦[STATEMENT]]'), WRONG_TYPE],
  [
    'holds an empty object',
    valued('Statement', '[STATEMENT, ¦{}]'),
    ({ principal, missingAction, missingResource }) => [
      'error missing-element',
      ...(principal === 'forbidden' ? [] : ['error missing-principal']),
      missingAction === 'inert' ? 'warning inert-statement' : 'error missing-element',
      ...withoutResource(missingResource),
    ],
  ],
  ['is in small letters', renamed('Statement', 'statement'), UNKNOWN],
  ['is in the plural', renamed('Statement', 'Statements'), UNKNOWN],
  ['is there twice', doubled('Statement'), TWICE],
  ['is alone and no list', valued('Statement', 'STATEMENT'), FINE],
  ['stands beside a name of nobody', extra('Version', 'Name'), UNKNOWN],
  ['stands beside an element of its own', extra('Version', 'Effect'), UNKNOWN],
]);

const strictly =
  (judgement: Judgement, otherwise: Judgement = FINE): Fault['judged'] =>
  ({ strictSid }) =>
    strictSid ? judgement : otherwise;

const SID = faults('Sid', [
  ['is missing', without('Sid'), FINE],
  ['is empty', valued('Sid', '¦""'), FINE],
  ...wrongTypes(as('Sid'), ['text']),
  ['has blanks', valued('Sid', '¦"Allow use of the key"'), strictly(['error bad-sid'])],
  ['has a hyphen', valued('Sid', '¦"a-b"'), strictly(['error bad-sid'])],
  ['has an underscore', valued('Sid', '¦"a_b"'), strictly(['error bad-sid'])],
  ['has an accent', valued('Sid', '¦"é"'), strictly(['error bad-sid'])],
  ['has a line end', valued('Sid', '¦"a\\n"'), strictly(['error bad-sid'])],
  ['is a star', valued('Sid', '¦"*"'), strictly(['error bad-sid'])],
  [
    'has a Greek letter',
    valued('Sid', '¦"α"'),
    strictly(['error bad-sid', 'warning bad-characters'], ['warning bad-characters']),
  ],
  [
    'is that of another statement',
    both(valued('Sid', '¦"One"'), (draft) => ({
      ...draft,
      root: draft.root.map(([name, value]) => [
        name,
        name === 'Statement' ? `[${secondStatement(draft.statement)}, STATEMENT]` : value,
      ]),
    })),
    strictly(['error repeated-value'], ['warning repeated-value']),
  ],
  ['is in small letters', renamed('Sid', 'sid'), UNKNOWN],
  ['is in capitals', renamed('Sid', 'SID'), UNKNOWN],
  ['is there twice', doubled('Sid'), TWICE],
]);

function secondStatement(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([name, value]) => `"${name}": ${value.replaceAll('¦', '')}`).join(', ')}}`;
}

const EFFECT = faults('Effect', [
  ['is missing', without('Effect'), ['error missing-element']],
  ...wrongTypes(as('Effect'), ['text']),
  ['is empty', valued('Effect', '¦""'), ['error wrong-value']],
  ['is in small letters', valued('Effect', '¦"allow"'), ['error wrong-value']],
  ['is in capitals', valued('Effect', '¦"DENY"'), ['error wrong-value']],
  ['is another word', valued('Effect', '¦"Permit"'), ['error wrong-value']],
  ['is a star', valued('Effect', '¦"*"'), ['error wrong-value']],
  ['has a blank', valued('Effect', '¦"Deny "'), ['error wrong-value']],
  ['is __proto__', valued('Effect', '¦"__proto__"'), ['error wrong-value']],
  [
    'is Allow',
    valued('Effect', '¦"Allow"'),
    ({ denyOnly }) => (denyOnly ? ['error unsupported-element'] : FINE),
  ],
  ['is written small', renamed('Effect', 'effect'), UNKNOWN],
  ['is misspelt', renamed('Effect', 'Efect'), UNKNOWN],
  ['is there twice', doubled('Effect'), TWICE],
]);

export const DOCUMENT_FAULTS: readonly Fault[] = [...VERSION, ...ID, ...STATEMENT, ...SID, ...EFFECT];
