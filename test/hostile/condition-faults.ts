import { doubled, type Edit, renamed, without } from './draft.js';
import {
  as,
  BAD_VARIABLE,
  type Fault,
  FINE,
  faults,
  type Judgement,
  TWICE,
  UNKNOWN,
  WRONG_TYPE,
  wrongTypes,
} from './faults.js';

const block = as('Condition');
const NO_OPERATOR: Judgement = ['error unknown-operator'];

const CONDITION = faults('Condition', [
  ['is missing', without('Condition'), FINE],
  ...wrongTypes(block, ['object']),
  ['is an empty object', block('¦{}'), FINE],
  ['is in small letters', renamed('Condition', 'condition'), UNKNOWN],
  ['is in the plural', renamed('Condition', 'Conditions'), UNKNOWN],
  ['is there twice', doubled('Condition'), TWICE],
]);

const operator = (name: string): Edit => block(`{¦"${name}": {"aws:username": "ann"}}`);
const LETTER_CASE: Judgement = ['warning operator-letter-case'];

const OPERATOR = faults('operator', [
  ...wrongTypes((value) => block(`{"StringEquals": ${value}}`), ['object']),
  ['holds nothing', block('{"StringEquals": ¦{}}'), FINE],
  ['is empty', operator(''), NO_OPERATOR],
  ['is misspelt', operator('StringEqual'), NO_OPERATOR],
  ['is of another language', operator('equals'), NO_OPERATOR],
  ['has a wildcard', operator('String*'), NO_OPERATOR],
  ['has a blank', operator('StringEquals '), NO_OPERATOR],
  ['is a prefix alone', operator('ForAnyValue:'), NO_OPERATOR],
  ['is a suffix alone', operator('IfExists'), NO_OPERATOR],
  ['has an unknown prefix', operator('ForSomeValues:StringEquals'), NO_OPERATOR],
  ['has two prefixes', operator('ForAnyValue:ForAnyValue:StringEquals'), NO_OPERATOR],
  ['has two suffixes', operator('StringEqualsIfExistsIfExists'), NO_OPERATOR],
  ['is Null with a suffix', operator('NullIfExists'), NO_OPERATOR],
  ['is Null with a prefix', operator('ForAnyValue:Null'), NO_OPERATOR],
  ['is __proto__', operator('__proto__'), NO_OPERATOR],
  ['is a key', operator('aws:username'), NO_OPERATOR],
  ['is in small letters', operator('stringequals'), LETTER_CASE],
  ['is in capitals', operator('STRINGEQUALS'), LETTER_CASE],
  ['has a suffix in small letters', operator('StringEqualsifexists'), LETTER_CASE],
  ['has a prefix in small letters', operator('foranyvalue:StringEquals'), LETTER_CASE],
  [
    'is there twice',
    block('{"StringEquals": {"aws:username": "a"}, ¦"StringEquals": {"aws:userid": "b"}}'),
    TWICE,
  ],
]);

const key = (name: string): Edit => block(`{"StringEquals": {¦"${name}": "a"}}`);
const NO_KEY: Judgement = ['warning unknown-element'];

const KEY = faults('key', [
  ['is empty', key(''), NO_KEY],
  ['has no service', key('SourceArn'), NO_KEY],
  ['is __proto__', key('__proto__'), NO_KEY],
  ['is of a service that nobody knows', key('glue:SomethingNew'), FINE],
  ['is in capitals', key('AWS:USERNAME'), FINE],
  ['holds a policy variable', key('aws:PrincipalTag/${aws:username}'), BAD_VARIABLE],
  ['has several values and no set operator', key('aws:TagKeys'), ['warning set-operator-misuse']],
  ['is there twice', block('{"StringEquals": {"aws:username": "a", ¦"aws:username": "b"}}'), TWICE],
  [
    'is there in two spellings',
    block('{"StringEquals": {"aws:username": "a", ¦"aws:UserName": "b"}}'),
    ['warning condition-key-letter-case'],
  ],
  [
    'has one value and ForAllValues',
    block('{"ForAllValues:StringEquals": {¦"aws:username": "a"}}'),
    ['warning set-operator-misuse'],
  ],
  [
    'is an encryption context pair under ForAllValues',
    block('{"ForAllValues:StringEquals": {¦"kms:EncryptionContext:a": "a"}}'),
    ({ type }) => [type === 'key' ? 'error overly-permissive-condition' : 'warning set-operator-misuse'],
  ],
  [
    'is a request tag under ForAllValues',
    block('{"ForAllValues:StringEquals": {¦"aws:RequestTag/a": "a"}}'),
    ({ type }) => [type === 'key' ? 'error overly-permissive-condition' : 'warning set-operator-misuse'],
  ],
]);

const operand = (name: string, keyName: string, value: string): Edit =>
  block(`{"${name}": {"${keyName}": ${value}}}`);
const BAD_OPERAND: Judgement = ['warning bad-operand'];

const OPERAND = faults('operand', [
  ['is null', operand('StringEquals', 'aws:username', '¦null'), WRONG_TYPE],
  ['is an object', operand('StringEquals', 'aws:username', '¦{}'), WRONG_TYPE],
  ['is null in a list', operand('StringEquals', 'aws:username', '["a", ¦null]'), WRONG_TYPE],
  ['is a list in a list', operand('StringEquals', 'aws:username', '["a", ¦["b"]]'), WRONG_TYPE],
  ['is an empty list', operand('StringEquals', 'aws:username', '¦[]'), ['warning empty-list']],
  ['is empty', operand('StringEquals', 'aws:username', '¦""'), FINE],
  ['is a number', operand('StringEquals', 'aws:username', '¦7'), FINE],
  ['is a boolean', operand('StringEquals', 'aws:username', '¦true'), FINE],
  ['is no number', operand('NumericEquals', 's3:max-keys', '¦"ten"'), BAD_OPERAND],
  ['is an empty number', operand('NumericEquals', 's3:max-keys', '¦""'), BAD_OPERAND],
  ['is a hexadecimal number', operand('NumericEquals', 's3:max-keys', '¦"0x1"'), BAD_OPERAND],
  ['is a wildcard number', operand('NumericLessThan', 's3:max-keys', '¦"1*"'), BAD_OPERAND],
  ['is no date', operand('DateLessThan', 'aws:CurrentTime', '¦"tomorrow"'), BAD_OPERAND],
  ['is a day that is none', operand('DateLessThan', 'aws:CurrentTime', '¦"2024-02-30"'), BAD_OPERAND],
  ['is a wildcard date', operand('DateEquals', 'aws:CurrentTime', '¦"2024-*"'), BAD_OPERAND],
  ['is no boolean', operand('Bool', 'aws:SecureTransport', '¦"yes"'), BAD_OPERAND],
  ['is a number for a boolean', operand('Bool', 'aws:SecureTransport', '¦0'), BAD_OPERAND],
  ['is no base64', operand('BinaryEquals', 'my:key', '¦"!"'), BAD_OPERAND],
  ['is a prefix too long', operand('IpAddress', 'aws:SourceIp', '¦"10.0.0.0/33"'), BAD_OPERAND],
  ['is no address', operand('IpAddress', 'aws:SourceIp', '¦"10.0.0.256"'), BAD_OPERAND],
  ['is a wildcard address', operand('NotIpAddress', 'aws:SourceIp', '¦"10.0.*"'), BAD_OPERAND],
  ['is a host name', operand('IpAddress', 'aws:SourceIp', '¦"localhost"'), BAD_OPERAND],
  ['is a star for an ARN', operand('ArnLike', 'aws:SourceArn', '¦"*"'), BAD_OPERAND],
  ['is half an ARN', operand('ArnEquals', 'aws:SourceArn', '¦"arn:aws:sqs"'), BAD_OPERAND],
  ['is no word for Null', operand('Null', 'aws:username', '¦"no"'), BAD_OPERAND],
  [
    'has a variable among numbers',
    operand('NumericEquals', 's3:max-keys', '¦"${aws:username}"'),
    BAD_VARIABLE,
  ],
  [
    'has a variable that is not closed',
    operand('StringEquals', 'aws:userid', '¦"${aws:username"'),
    BAD_VARIABLE,
  ],
  [
    'has a character beyond U+00FF',
    operand('StringEquals', 'aws:userid', '¦"日"'),
    ['warning bad-characters'],
  ],
  ['holds a control character', operand('StringEquals', 'aws:userid', '¦"\\u001b"'), FINE],
]);

export const CONDITION_FAULTS: readonly Fault[] = [...CONDITION, ...OPERATOR, ...KEY, ...OPERAND];
