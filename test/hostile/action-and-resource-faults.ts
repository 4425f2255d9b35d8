import { both, doubled, type Edit, negated, renamed, valued, without } from './draft.js';
import {
  as,
  BAD_VARIABLE,
  type Fault,
  FINE,
  faults,
  type Judgement,
  type Row,
  TWICE,
  UNKNOWN,
  WRONG_TYPE,
  withoutResource,
} from './faults.js';

const BAD_ACTION: Judgement = ['error bad-action'];

/** What a list of actions may get wrong, whichever element holds it. */
const actionValues = (put: (value: string) => Edit): readonly Row[] => [
  ['is a number', put('¦1'), WRONG_TYPE],
  ['is a boolean', put('¦false'), WRONG_TYPE],
  ['is null', put('¦null'), WRONG_TYPE],
  ['is an object', put('¦{}'), WRONG_TYPE],
  ['is an empty list', put('¦[]'), ['error empty-list']],
  ['holds a number', put('["sqs:SendMessage", ¦1]'), WRONG_TYPE],
  ['holds null', put('["sqs:SendMessage", ¦null]'), WRONG_TYPE],
  ['holds a list', put('["sqs:SendMessage", ¦["sqs:*"]]'), WRONG_TYPE],
  ['is empty', put('¦""'), BAD_ACTION],
  ['has no service', put('¦"SendMessage"'), BAD_ACTION],
  ['has a service alone', put('¦"sqs:"'), BAD_ACTION],
  ['has an empty service', put('¦":SendMessage"'), BAD_ACTION],
  ['has a dot for the colon', put('¦"sqs.SendMessage"'), BAD_ACTION],
  ['has a star in the service', put('¦"s*:SendMessage"'), ['warning bad-action']],
  ['has a star for the service', put('¦"*:*"'), ['warning bad-action']],
  ['has a question mark in the service', put('¦"sq?:SendMessage"'), ['warning bad-action']],
  ['has a policy variable', put('¦"sqs:${aws:PrincipalTag/verb}"'), ['warning bad-variable']],
  ['is __proto__', put('¦"__proto__"'), BAD_ACTION],
  ['is in capitals', put('¦"SQS:SENDMESSAGE"'), FINE],
  ['is repeated', put('¦["sqs:*", "sqs:*"]'), FINE],
];

const ACTION = faults('Action', [
  [
    'is missing',
    without('Action'),
    ({ missingAction }) => [missingAction === 'inert' ? 'warning inert-statement' : 'error missing-element'],
  ],
  ...actionValues(as('Action')),
  ['is everything', valued('Action', '¦"*"'), ({ denyOnly }) => (denyOnly ? BAD_ACTION : FINE)],
  ['is everything in a list', valued('Action', '[¦"*"]'), ({ denyOnly }) => (denyOnly ? BAD_ACTION : FINE)],
  ['is in the plural', renamed('Action', 'Actions'), UNKNOWN],
  ['is in small letters', renamed('Action', 'action'), UNKNOWN],
  ['is there twice', doubled('Action'), TWICE],
]);

/** An RCP knows no NotAction, so there the element itself is complained of besides. */
const NOT_ACTION = faults('NotAction', [
  [
    'is an action',
    negated('Action', '¦"sqs:SendMessage"'),
    ({ notAction }) => (notAction ? FINE : ['error unsupported-element']),
  ],
  ...actionValues((value) => negated('Action', value)).map(
    ([fault, edit, judged]): Row => [
      fault,
      edit,
      (facts) => (facts.notAction ? (typeof judged === 'function' ? judged(facts) : judged) : undefined),
    ],
  ),
  [
    'stands beside Action',
    valued('NotAction', '¦"kms:*"'),
    ({ notAction }) => ['error conflicting-elements', ...(notAction ? [] : ['error unsupported-element'])],
  ],
  ['is in small letters', both(negated('Action', '"sqs:*"'), renamed('NotAction', 'notaction')), UNKNOWN],
  [
    'is there twice',
    both(negated('Action', '"sqs:*"'), doubled('NotAction')),
    ({ notAction }) => (notAction ? TWICE : undefined),
  ],
]);

const NO_ARN: Judgement = ['warning bad-resource'];

const resourceValues = (put: (value: string) => Edit): readonly Row[] => [
  ['is a number', put('¦1'), WRONG_TYPE],
  ['is a boolean', put('¦true'), WRONG_TYPE],
  ['is null', put('¦null'), WRONG_TYPE],
  ['is an object', put('¦{"Ref": "Queue"}'), WRONG_TYPE],
  ['is an empty list', put('¦[]'), ['error empty-list']],
  ['holds a number', put('["*", ¦1]'), WRONG_TYPE],
  ['holds a list', put('["*", ¦["*"]]'), WRONG_TYPE],
  ['is empty', put('¦""'), NO_ARN],
  ['is the name of a queue', put('¦"orders"'), NO_ARN],
  ['is the URL of a queue', put('¦"https://sqs.us-east-1.amazonaws.com/111122223333/orders"'), NO_ARN],
  ['is in capitals', put('¦"ARN:AWS:SQS:us-east-1:111122223333:orders"'), NO_ARN],
  ['is a pattern of few parts', put('¦"arn:aws:sqs:*"'), FINE],
  ['has a variable for the account', put('¦"arn:aws:sqs:*:${aws:PrincipalAccount}:orders"'), BAD_VARIABLE],
  ['has a variable that is not closed', put('¦"arn:aws:sqs:*:*:${aws:username"'), BAD_VARIABLE],
  ['has a variable without a name', put('¦"arn:aws:sqs:*:*:${}"'), BAD_VARIABLE],
  ['has a variable of several values', put('¦"arn:aws:sqs:*:*:${aws:TagKeys}"'), BAD_VARIABLE],
  ['has a wildcard in the name of a variable', put('¦"arn:aws:sqs:*:*:${aws:*}"'), BAD_VARIABLE],
  ['has a default without quotes', put('¦"arn:aws:sqs:*:*:${aws:username, x}"'), BAD_VARIABLE],
  ['has a variable where it is replaced', put('¦"arn:aws:sqs:*:*:${aws:username}"'), FINE],
];

const RESOURCE = faults('Resource', [
  ['is missing', without('Resource'), ({ missingResource }) => withoutResource(missingResource)],
  ...resourceValues(as('Resource')),
  [
    'has a variable in the old language',
    both(valued('Version', '"2008-10-17"'), valued('Resource', '¦"arn:aws:sqs:*:*:${aws:username}"')),
    ({ newVersion }) => (newVersion ? undefined : BAD_VARIABLE),
  ],
  ['is in the plural', renamed('Resource', 'Resources'), UNKNOWN],
  ['is misspelt', renamed('Resource', 'Ressource'), UNKNOWN],
  ['is there twice', doubled('Resource'), TWICE],
]);

const NOT_RESOURCE = faults('NotResource', [
  ['is an ARN', negated('Resource', '¦"arn:aws:sqs:*:*:*"'), FINE],
  ...resourceValues((value) => negated('Resource', value)),
  ['stands beside Resource', valued('NotResource', '¦"*"'), ['error conflicting-elements']],
  ['is in small letters', both(negated('Resource', '"*"'), renamed('NotResource', 'notResource')), UNKNOWN],
  ['is there twice', both(negated('Resource', '"*"'), doubled('NotResource')), TWICE],
]);

export const ACTION_AND_RESOURCE_FAULTS: readonly Fault[] = [
  ...ACTION,
  ...NOT_ACTION,
  ...RESOURCE,
  ...NOT_RESOURCE,
];
