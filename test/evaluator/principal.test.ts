import { describe, expect, it } from 'vitest';
import { principalArn } from '../../src/evaluator/derive-context.js';
import { accountOf, isExempt, partitionOf, reachOf, reachOfEntry } from '../../src/evaluator/principal.js';
import type { Caller } from '../../src/evaluator/request.js';
import { policyFrom } from '../../src/policy/parse-policy.js';
import type { PrincipalEntry } from '../../src/policy/policy.js';
import { callerOf, HERE } from './asking.js';

const ABROAD = '444455556666';

/** The entries of a Principal element. */
function entriesOf(principal: unknown): readonly PrincipalEntry[] {
  const statement = { Effect: 'Deny', Principal: principal, Action: 'sqs:*', Resource: '*' };
  const read = policyFrom({ Statement: statement }, 'queue');
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.value.statements[0]?.principal?.entries ?? [];
}

const withId = (caller: Caller, id: string): Caller =>
  caller.kind === 'user' || caller.kind === 'session' ? { ...caller, id } : caller;

const CALLERS = {
  user: withId(callerOf(`arn:aws:iam::${HERE}:user/alice`), 'AIDACKCEVSQ6C2EXAMPLE'),
  session: withId(callerOf(`arn:aws:sts::${HERE}:assumed-role/worker/one`), 'AROACKCEVSQ6C2EXAMPLE'),
  federatedUser: {
    ...callerOf(`arn:aws:sts::${HERE}:federated-user/bob`),
    user: callerOf(`arn:aws:iam::${HERE}:user/alice`),
  },
  root: callerOf(`arn:aws:iam::${HERE}:root`),
  service: { kind: 'service', host: 'sns.amazonaws.com', regionalHost: 'sns.us-east-1.amazonaws.com' },
  anonymous: { kind: 'anonymous' },
} as const;
type Name = keyof typeof CALLERS;

function named(name: Name): Caller {
  if (name !== 'federatedUser') return CALLERS[name];
  const { user, ...caller } = CALLERS.federatedUser;
  if (caller.kind !== 'federatedUser' || user.kind !== 'user') throw new Error('a federated user');
  return { ...caller, user: user.arn };
}

const NAMES = ['user', 'session', 'federatedUser', 'root', 'service', 'anonymous'] as const;

/** How far each principal reaches each caller, in the order of NAMES: 0 not, 1 account, 2 role, 3 directly. */
const REACHES: readonly (readonly [principal: unknown, ...reaches: readonly number[]])[] = [
  ['*', 3, 3, 3, 3, 3, 3],
  [{ AWS: '*' }, 3, 3, 3, 3, 3, 3],
  [{ AWS: HERE }, 1, 1, 1, 1, 0, 0],
  [{ AWS: `arn:aws:iam::${HERE}:root` }, 1, 1, 1, 1, 0, 0],
  [{ AWS: `arn:aws-cn:iam::${HERE}:root` }, 0, 0, 0, 0, 0, 0],
  [{ AWS: ABROAD }, 0, 0, 0, 0, 0, 0],
  [{ AWS: `arn:aws:iam::${HERE}:user/alice` }, 3, 0, 2, 0, 0, 0],
  [{ AWS: `arn:aws:iam::${HERE}:user/bob` }, 0, 0, 0, 0, 0, 0],
  [{ AWS: `arn:aws:iam::${HERE}:role/worker` }, 0, 2, 0, 0, 0, 0],
  [{ AWS: `arn:aws:iam::${HERE}:role/alice` }, 0, 0, 0, 0, 0, 0],
  [{ AWS: `arn:aws:sts::${HERE}:assumed-role/worker/one` }, 0, 3, 0, 0, 0, 0],
  [{ AWS: `arn:aws:sts::${HERE}:assumed-role/worker/two` }, 0, 0, 0, 0, 0, 0],
  [{ AWS: `arn:aws:sts::${HERE}:federated-user/bob` }, 0, 0, 3, 0, 0, 0],
  [{ AWS: `arn:aws:sts::${HERE}:federated-user/eve` }, 0, 0, 0, 0, 0, 0],
  [{ AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, 3, 0, 0, 0, 0, 0],
  [{ AWS: 'AROACKCEVSQ6C2EXAMPLE' }, 0, 2, 0, 0, 0, 0],
  [{ AWS: 'AROACKCEVSQ6C2ANOTHER' }, 0, 0, 0, 0, 0, 0],
  [{ Service: 'sns.amazonaws.com' }, 0, 0, 0, 0, 3, 0],
  [{ Service: 'sns.us-east-1.amazonaws.com' }, 0, 0, 0, 0, 3, 0],
  [{ Service: 's3.amazonaws.com' }, 0, 0, 0, 0, 0, 0],
  [{ Federated: 'cognito-identity.amazonaws.com' }, 0, 0, 0, 0, 0, 0],
  [
    { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    ...[0, 0, 0, 0, 0, 0],
  ],
  // Of several entries the one that reaches furthest counts, wherever it stands.
  [{ AWS: [HERE, `arn:aws:iam::${HERE}:user/alice`] }, 3, 1, 2, 1, 0, 0],
  [{ AWS: [`arn:aws:iam::${HERE}:role/worker`, HERE] }, 1, 2, 1, 1, 0, 0],
  [{ AWS: [ABROAD, HERE], Service: 'sns.amazonaws.com' }, 1, 1, 1, 1, 3, 0],
];

describe('how far a principal reaches a caller', () => {
  it.each(REACHES)('%j', (principal, ...reaches) => {
    const entries = entriesOf(principal);
    expect(NAMES.map((name) => reachOf(entries, named(name)))).toEqual(reaches);
    const furthest = (name: Name): number =>
      Math.max(...entries.map((entry) => reachOfEntry(entry, named(name))));
    expect(NAMES.map(furthest)).toEqual(reaches);
  });

  it('nobody reaches nobody', () => expect(reachOf([], named('user'))).toBe(0));
});

/** Which of the callers escape a Deny for everybody but these. */
const EXEMPT: readonly (readonly [notPrincipal: unknown, ...names: Name[]])[] = [
  ['*', 'user', 'session', 'federatedUser', 'root', 'anonymous'],
  [{ AWS: HERE }, 'root'],
  [{ AWS: `arn:aws-cn:iam::${HERE}:root` }],
  [{ AWS: ABROAD }],
  [{ AWS: `arn:aws:iam::${HERE}:user/alice` }],
  [{ AWS: [HERE, `arn:aws:iam::${HERE}:user/alice`] }, 'user', 'root'],
  [{ AWS: [HERE, `arn:aws:iam::${HERE}:user/bob`] }, 'root'],
  [{ AWS: [HERE, 'AIDACKCEVSQ6C2EXAMPLE'] }, 'user', 'root'],
  [{ AWS: [HERE, `arn:aws:iam::${HERE}:role/worker`] }, 'root'],
  [{ AWS: [HERE, `arn:aws:sts::${HERE}:assumed-role/worker/one`] }, 'root'],
  [
    {
      AWS: [HERE, `arn:aws:iam::${HERE}:role/worker`, `arn:aws:sts::${HERE}:assumed-role/worker/one`],
    },
    'session',
    'root',
  ],
  [{ AWS: [`arn:aws:iam::${HERE}:role/worker`, `arn:aws:sts::${HERE}:assumed-role/worker/one`] }],
  [
    {
      AWS: [HERE, `arn:aws:iam::${HERE}:role/worker`, `arn:aws:sts::${HERE}:assumed-role/worker/two`],
    },
    'root',
  ],
  [{ AWS: [HERE, `arn:aws:sts::${HERE}:federated-user/bob`] }, 'root'],
  [
    {
      AWS: [HERE, `arn:aws:sts::${HERE}:federated-user/bob`, `arn:aws:iam::${HERE}:user/alice`],
    },
    'user',
    'federatedUser',
    'root',
  ],
  [{ AWS: [HERE, `arn:aws:sts::${HERE}:federated-user/bob`, `arn:aws:iam::${HERE}:user/bob`] }, 'root'],
  [
    {
      AWS: [HERE, `arn:aws:sts::${HERE}:federated-user/eve`, `arn:aws:iam::${HERE}:user/alice`],
    },
    'user',
    'root',
  ],
  [{ Service: 'sns.amazonaws.com' }, 'service'],
  [{ Service: 's3.amazonaws.com' }],
];

describe('who escapes a Deny with NotPrincipal', () => {
  it.each(EXEMPT)('%j', (notPrincipal, ...names) => {
    const listed = { negated: true, entries: entriesOf(notPrincipal) };
    expect(NAMES.filter((name) => isExempt(listed, named(name)))).toEqual(names);
  });

  it('a federated user of whom no user is known need not list one', () => {
    const caller = callerOf(`arn:aws:sts::${HERE}:federated-user/bob`);
    const entries = entriesOf({ AWS: [HERE, `arn:aws:sts::${HERE}:federated-user/bob`] });
    expect(isExempt({ negated: true, entries }, caller)).toBe(true);
  });
});

describe('a federated user of whom no user is known', () => {
  it('is reached by no user', () => {
    const caller = callerOf(`arn:aws:sts::${HERE}:federated-user/bob`);
    expect(reachOf(entriesOf({ AWS: `arn:aws:iam::${HERE}:user/alice` }), caller)).toBe(0);
  });
});

describe('account, partition and ARN of a caller', () => {
  it.each<readonly [Name, string | undefined, string | undefined, string | undefined]>([
    ['user', HERE, 'aws', `arn:aws:iam::${HERE}:user/alice`],
    ['session', HERE, 'aws', `arn:aws:iam::${HERE}:role/worker`],
    ['federatedUser', HERE, 'aws', `arn:aws:sts::${HERE}:federated-user/bob`],
    ['root', HERE, 'aws', `arn:aws:iam::${HERE}:root`],
    ['service', undefined, undefined, undefined],
    ['anonymous', undefined, undefined, undefined],
  ])('%s: %s, %s, %s', (name, account, partition, arn) => {
    const caller = named(name);
    expect([accountOf(caller), partitionOf(caller), principalArn(caller)]).toEqual([account, partition, arn]);
  });
});
