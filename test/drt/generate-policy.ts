import type { Document, OneOrMany, Principals, Scalar, Statement } from '../model/request.js';
import type { Random } from './random.js';
import {
  ACCOUNTS,
  KEYS,
  type KeyWords,
  type Kind,
  OPERANDS,
  OPERATORS,
  ROLE_ID,
  THEIRS,
  USER_ID,
  type Words,
} from './words.js';

export type PolicySort =
  | 'identity'
  | 'resource'
  | 'key'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpc-endpoint';

/** The request that policies are made for: most of what they say is about it, or nearly. */
export interface Target {
  readonly kind: Kind;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, OneOrMany<string>>>;
  /** Every name of the caller that a Principal can hold, under its type. */
  readonly names: readonly [Name, ...Name[]];
}

export type Name = readonly ['AWS' | 'Service', string];

/** A valid policy of the sort. `allows` is how readily its statements allow what is asked. */
export function generatePolicy(sort: PolicySort, target: Target, random: Random, denies = 0.1): Document {
  const count = random.chance(0.6) ? 1 : random.chance(0.8) ? 2 : 3;
  const statements = Array.from({ length: count }, () => generateStatement(sort, target, random, denies));
  const [first] = statements;
  const Statement = count === 1 && first !== undefined && random.chance(0.3) ? first : statements;
  const old = sort !== 'scp' && sort !== 'rcp' && random.chance(0.15);
  if (old && random.chance(0.5)) return { Statement };
  return { Version: old ? '2008-10-17' : '2012-10-17', Statement };
}

function generateStatement(sort: PolicySort, target: Target, random: Random, denies: number): Statement {
  const denial = sort === 'rcp' || random.chance(denies);
  const inert = sort === 'key' && random.chance(0.03);
  const unsaid = inert || (sort === 'resource' && random.chance(0.03));
  return {
    Effect: denial ? 'Deny' : 'Allow',
    ...principalElement(sort, target, random, denial),
    ...(inert && random.chance(0.5) ? {} : actionElement(sort, target, random, denial)),
    ...(unsaid ? {} : resourceElement(sort, target, random)),
    ...(random.chance(denial ? 0.6 : 0.35) ? { Condition: generateCondition(sort, target, random) } : {}),
  };
}

function some<T>(random: Random, make: () => T): OneOrMany<T> {
  if (random.chance(0.6)) return make();
  return Array.from({ length: random.chance(0.6) ? 1 : 2 }, make);
}

function actionElement(
  sort: PolicySort,
  target: Target,
  random: Random,
  denial: boolean,
): Partial<Statement> {
  const make = (): string => actionEntry(sort, target, random, denial);
  return sort !== 'rcp' && random.chance(0.07)
    ? { NotAction: some(random, make) }
    : { Action: some(random, make) };
}

const ELSEWHERE: Words = [
  'ec2:RunInstances',
  'sqs:*',
  'kms:*',
  'k*:Decrypt',
  's?s:SendMessage',
  '*:*',
  'sns:Publish',
];

function actionEntry(sort: PolicySort, { kind, action }: Target, random: Random, denial: boolean): string {
  const near = random.chance(denial ? 0.55 : 0.8);
  if (!near)
    return random.chance(0.5) ? random.pick(ELSEWHERE) : `${kind.service}:${random.pick(kind.actions)}`;
  if (random.chance(0.35)) return action;
  if (random.chance(0.15)) return random.chance(0.5) ? action.toUpperCase() : action.toLowerCase();
  if (random.chance(0.3) && sort !== 'rcp') return '*';
  return `${kind.service}:${random.pick(kind.patterns)}`;
}

function resourceElement(sort: PolicySort, target: Target, random: Random): Partial<Statement> {
  const make = (): string => resourceEntry(sort, target, random);
  return random.chance(0.06) ? { NotResource: some(random, make) } : { Resource: some(random, make) };
}

function resourceEntry(sort: PolicySort, { kind, resource }: Target, random: Random): string {
  if (random.chance(sort === 'key' || sort === 'resource' ? 0.7 : 0.5)) return '*';
  if (random.chance(0.15)) return kind.arn('aws', random.pick(ACCOUNTS), random);
  if (resource === '*') return random.pick(['*', '**', '?', 'arn:*', '*?', 'arn:aws:kms:*']);
  const parts = resource.split(':');
  const tail = parts.slice(5).join(':');
  const head = parts.slice(0, 5);
  switch (random.below(10)) {
    case 0:
    case 1:
      return resource;
    case 8:
      return [...head, random.chance(0.5) ? tail.toUpperCase() : '*s'].join(':');
    case 2:
      return `${head.slice(0, 3).join(':')}:*`;
    case 3:
      return [...head, '*'].join(':');
    case 4:
      return withHead(head, random, ['*', '?', 'us-*', '*-1', 'us-east-?', 'u*:*', '*e*']) + tail;
    case 5:
      return [
        ...head,
        tail.slice(0, 1 + random.below(tail.length || 1)) + random.pick(['*', '?', '??', '*s', '']),
      ].join(':');
    case 6:
      return [...head, random.pick(VARIABLES).replace('#', tail.split('/')[0] ?? '')].join(':');
    case 7:
      return (
        withHead(head, random, [
          '${aws:PrincipalAccount}',
          '${aws:RequestedRegion}',
          '$',
          "${aws:username, 'x'}",
        ]) + tail
      );
    default:
      return `${resource.slice(0, random.below(resource.length))}${random.pick(['*', '?*', '*:*', '*?'])}`;
  }
}

const VARIABLES: Words = [
  '${aws:username}',
  '${aws:PrincipalTag/team}',
  "${aws:PrincipalTag/none, 'orders'}",
  '${aws:PrincipalTag/none}',
  '${aws:TagKeys}',
  "${aws:TagKeys, 'orders'}",
  '#/${aws:username}',
  '#/${AWS:userName}*',
  '${*}',
  '#${?}',
  '#*${$}',
];

/** The ARN's beginning with another Region or account; ends in a colon. */
function withHead(head: readonly string[], random: Random, others: Words): string {
  const at = 3 + random.below(2);
  return `${head.map((part, index) => (index === at ? random.pick(others) : part)).join(':')}:`;
}

function principalElement(
  sort: PolicySort,
  target: Target,
  random: Random,
  denial: boolean,
): Partial<Statement> {
  if (sort === 'rcp') return { Principal: '*' };
  if (sort !== 'resource' && sort !== 'key' && sort !== 'vpc-endpoint') return {};
  if (denial && random.chance(0.3)) return { NotPrincipal: notPrincipals(target, random) };
  const star = random.chance(sort === 'vpc-endpoint' ? 0.6 : 0.2);
  if (star) return { Principal: random.chance(0.5) ? '*' : { AWS: '*' } };
  return { Principal: principals(target, random, random.chance(0.8) ? 1 : 2) };
}

const STRANGERS: readonly [Name, ...Name[]] = [
  ['AWS', `arn:aws:iam::${THEIRS}:root`],
  ['AWS', THEIRS],
  ['AWS', 'arn:aws:iam::111122223333:user/Ada'],
  ['AWS', 'arn:aws:iam::111122223333:role/worker'],
  ['AWS', 'arn:aws:sts::111122223333:assumed-role/worker/s1'],
  ['AWS', 'arn:aws-cn:iam::111122223333:root'],
  ['AWS', 'AIDAIOSFODNN7EXAMPLE2'],
  ['AWS', USER_ID],
  ['AWS', ROLE_ID],
  ['Service', 'sns.amazonaws.com'],
];

function principals({ names }: Target, random: Random, count: number): Principals {
  const chosen = Array.from({ length: count }, () =>
    random.chance(0.8) ? random.pick(names) : random.pick(STRANGERS),
  );
  return grouped(chosen);
}

/** Often the whole chain of the caller, sometimes with a link missing. */
function notPrincipals({ names }: Target, random: Random): Principals {
  if (random.chance(0.12)) return { AWS: '*' };
  const chosen = names.filter(() => random.chance(0.85));
  return grouped(chosen.length === 0 || random.chance(0.2) ? [...chosen, random.pick(STRANGERS)] : chosen);
}

function grouped(names: readonly Name[]): Principals {
  const of = (wanted: string): string[] => names.flatMap(([type, name]) => (type === wanted ? [name] : []));
  const [aws, services] = [of('AWS'), of('Service')];
  return { ...(aws.length > 0 ? { AWS: aws } : {}), ...(services.length > 0 ? { Service: services } : {}) };
}

type Block = Record<string, Record<string, OneOrMany<Scalar>>>;

function generateCondition(sort: PolicySort, target: Target, random: Random): Block {
  const block: Block = {};
  const count = random.chance(0.75) ? 1 : 2;
  for (let made = 0; made < count; made += 1) {
    const [operator, words] = operatorAndKey(sort, target, random);
    block[operator] = {
      ...block[operator],
      [inSomeCase(words.key, random)]: operandsFor(operator, words, target, random),
    };
  }
  return block;
}

function inSomeCase(key: string, random: Random): string {
  if (!random.chance(0.12)) return key;
  return random.chance(0.5) ? key.toLowerCase() : key.toUpperCase();
}

function operatorAndKey(sort: PolicySort, target: Target, random: Random): readonly [string, KeyWords] {
  const held = KEYS.filter(({ key }) => Object.hasOwn(target.context, key));
  const [first, ...rest] = held;
  const ofTopics = KEYS.find(({ key }) => key === 'aws:SourceOwner');
  if (target.kind.service === 'sns' && ofTopics !== undefined && random.chance(0.25))
    return ['StringEquals', ofTopics];
  const words =
    first !== undefined && random.chance(0.65) ? random.pick([first, ...rest]) : random.pick(KEYS);
  if (random.chance(0.1)) return ['Null', words];
  const other: Words = random.chance(0.05) ? OPERATORS[random.pick(KEYS).type] : OPERATORS[words.type];
  const name = random.pick(other);
  const refused = sort === 'key' && /^kms:encryptioncontext:/i.test(words.key);
  const set = random.chance(words.many ? 0.8 : 0.12)
    ? random.pick(refused ? ['ForAnyValue:'] : ['ForAnyValue:', 'ForAllValues:'])
    : '';
  const operator = `${set}${name}${random.chance(0.15) ? 'IfExists' : ''}`;
  return [random.chance(0.03) ? operator.toLowerCase() : operator, words];
}

function operandsFor(operator: string, words: KeyWords, target: Target, random: Random): OneOrMany<Scalar> {
  if (operator === 'Null') return random.pick(['true', 'false', 'False']);
  const held = target.context[words.key];
  const make = (): Scalar => {
    if (random.chance(0.15)) return ownVariable(words.key, random);
    if (held !== undefined && random.chance(0.5)) return typeof held === 'string' ? held : (held[0] ?? '');
    const text = random.chance(0.5) ? random.pick(words.values) : random.pick(OPERANDS[words.type]);
    if (words.type === 'bool' && random.chance(0.3)) return random.chance(0.5);
    if (words.type === 'numeric' && random.chance(0.2)) return random.below(12);
    return text;
  };
  return some(random, make);
}

/** The variable of the condition's own key: equal to it, where it is replaced. */
function ownVariable(key: string, random: Random): string {
  const name = random.chance(0.3) ? key.toUpperCase() : key;
  return random.chance(0.25) ? `\${${name}, 'blue'}` : `\${${name}}`;
}
