import { describe, expect, it } from 'vitest';
import {
  type AllowingLayer,
  combine,
  DENY_ORDER,
  type DenyingLayer,
  type LayerAnswers,
  maskOf,
  OUTCOMES,
  type Outcome,
  refusingOutcomes,
} from '../../src/evaluator/combine.js';
import type { Reach } from '../../src/evaluator/reach.js';
import type { CallerKind } from '../../src/evaluator/request.js';

interface Answers {
  readonly caller?: CallerKind;
  /** What is asked for; a queue unless told. */
  readonly of?: 'key' | 'role';
  readonly abroad?: true;
  readonly unshareable?: true;
  readonly denies?: readonly DenyingLayer[];
  /** The layers that do not allow; the others do. */
  readonly silent?: readonly AllowingLayer[];
  readonly reach?: Reach;
  readonly grant?: Reach;
}

function answersOf(answers: Answers): LayerAnswers {
  return {
    callerKind: answers.caller ?? 'session',
    sameAccount: !answers.abroad,
    keyPolicyRule: answers.of === 'key',
    trustPolicyRule: answers.of === 'role',
    shareable: !answers.unshareable,
    denies: (layer) => answers.denies?.includes(layer) ?? false,
    allows: (layer) => !answers.silent?.includes(layer),
    resourceReach: () => answers.reach ?? 0,
    grantReach: () => answers.grant ?? 0,
  };
}

const nameOf = ({ decision, layer, rules }: Outcome): string => `${decision} by ${layer}: ${rules.join(' ')}`;

const ALL_LIMITS = ['identity-policy', 'permissions-boundary', 'session-policy'] as const;
const SESSION = ['session-policy'] as const;
const IDENTITY = ['identity-policy'] as const;

/** For every outcome a question that ends in it; what is silent or missing beyond need shows what comes first. */
const ENDS: readonly (readonly [outcome: string, ...answers: readonly Answers[]])[] = [
  [
    'explicitDeny by rcp: EVAL-EXPLICIT-DENY RCP-PROTECTS-RESOURCES',
    { denies: [...DENY_ORDER], unshareable: true, abroad: true, silent: ['scp', 'vpc-endpoint-policy'] },
  ],
  [
    'explicitDeny by scp: EVAL-EXPLICIT-DENY SCP-EVERY-LEVEL',
    { denies: DENY_ORDER.slice(1), unshareable: true, abroad: true },
  ],
  [
    'explicitDeny by vpc-endpoint-policy: EVAL-EXPLICIT-DENY VPCE-MUST-ALLOW',
    { denies: DENY_ORDER.slice(2) },
  ],
  ['explicitDeny by resource-policy: EVAL-EXPLICIT-DENY', { denies: DENY_ORDER.slice(3), reach: 3 }],
  ['explicitDeny by identity-policy: EVAL-EXPLICIT-DENY', { denies: DENY_ORDER.slice(4), reach: 3 }],
  ['explicitDeny by permissions-boundary: EVAL-EXPLICIT-DENY', { denies: DENY_ORDER.slice(5), reach: 3 }],
  ['explicitDeny by session-policy: EVAL-EXPLICIT-DENY', { denies: DENY_ORDER.slice(6), reach: 3 }],
  [
    'implicitDeny by vpc-endpoint-policy: VPCE-MUST-ALLOW',
    { silent: ['vpc-endpoint-policy', 'scp'], unshareable: true, abroad: true, reach: 3 },
  ],
  ['implicitDeny by scp: SCP-EVERY-LEVEL', { silent: ['scp'], unshareable: true, abroad: true, reach: 3 }],
  [
    'implicitDeny by cross-account-exclusion: EVAL-CROSS-ACCOUNT-EXCLUSION',
    { abroad: true, unshareable: true, reach: 3 },
    { abroad: true, unshareable: true, reach: 3, caller: 'anonymous' },
    { abroad: true, unshareable: true, reach: 3, of: 'key', grant: 3 },
  ],
  [
    'implicitDeny by permissions-boundary: EVAL-BOUNDARY-MUST-ALLOW',
    { silent: ALL_LIMITS, reach: 2 },
    { silent: ['permissions-boundary', 'session-policy'] },
    { silent: ALL_LIMITS, of: 'key', reach: 2 },
    { silent: ['permissions-boundary'], of: 'key', reach: 1 },
    { silent: ALL_LIMITS, of: 'key', grant: 2 },
    { silent: ['permissions-boundary'], of: 'key', grant: 1 },
    { silent: ['permissions-boundary'], of: 'role', reach: 1 },
  ],
  [
    'implicitDeny by permissions-boundary: EVAL-CROSS-ACCOUNT-LIMITS EVAL-BOUNDARY-MUST-ALLOW',
    { abroad: true, silent: ['permissions-boundary', 'session-policy'], reach: 3 },
    { abroad: true, silent: ['permissions-boundary', 'session-policy'], reach: 3, of: 'key' },
    { abroad: true, silent: ALL_LIMITS, of: 'key', grant: 2 },
  ],
  [
    'implicitDeny by session-policy: EVAL-SESSION-MUST-ALLOW',
    { silent: ['identity-policy', 'session-policy'], reach: 2 },
    { silent: SESSION },
    { silent: SESSION, of: 'key', reach: 1 },
    { silent: ['identity-policy', 'session-policy'], of: 'key', grant: 2 },
  ],
  [
    'implicitDeny by session-policy: EVAL-CROSS-ACCOUNT-LIMITS EVAL-SESSION-MUST-ALLOW',
    { abroad: true, silent: SESSION, reach: 1 },
    { abroad: true, silent: SESSION, reach: 3, of: 'key' },
  ],
  [
    'implicitDeny by session-policy: EVAL-FEDERATED-USER-NEEDS-SESSION-POLICY',
    { caller: 'federatedUser', silent: SESSION },
    { caller: 'federatedUser', silent: SESSION, abroad: true, reach: 3 },
  ],
  [
    'allowed by resource-policy: EVAL-SERVICE-NEEDS-RESOURCE-POLICY',
    { caller: 'service', abroad: true, unshareable: true, reach: 3, silent: ALL_LIMITS },
    { caller: 'anonymous', abroad: true, reach: 3 },
  ],
  [
    'implicitDeny by resource-policy: EVAL-SERVICE-NEEDS-RESOURCE-POLICY',
    { caller: 'service', abroad: true, grant: 3 },
    { caller: 'anonymous', abroad: true },
  ],
  ['allowed by identity-policy: EVAL-ROOT-USER', { caller: 'root', silent: ALL_LIMITS }],
  [
    'allowed by resource-policy: EVAL-RESOURCE-GRANTS-DIRECTLY',
    { reach: 3, silent: ALL_LIMITS },
    { reach: 3, silent: ALL_LIMITS, of: 'role' },
  ],
  [
    'allowed by resource-policy: EVAL-ROLE-IS-LIMITED EVAL-IDENTITY-OR-RESOURCE',
    { reach: 2, silent: IDENTITY },
    { reach: 2, silent: IDENTITY, of: 'role' },
  ],
  ['allowed by identity-policy: EVAL-IDENTITY-OR-RESOURCE', {}, { reach: 1 }, { reach: 1, of: 'role' }],
  ['implicitDeny by identity-policy: EVAL-DEFAULT-DENY EVAL-IDENTITY-OR-RESOURCE', { silent: ALL_LIMITS }],
  [
    'allowed by resource-policy: EVAL-TRUST-POLICY-DECIDES EVAL-ROOT-USER',
    { caller: 'root', of: 'role', reach: 1 },
  ],
  [
    'implicitDeny by resource-policy: EVAL-TRUST-POLICY-DECIDES',
    { of: 'role' },
    { of: 'role', caller: 'root' },
    { of: 'role', silent: ALL_LIMITS },
  ],
  [
    'implicitDeny by identity-policy: EVAL-ACCOUNT-DELEGATES EVAL-IDENTITY-OR-RESOURCE',
    { silent: ALL_LIMITS, reach: 1 },
    { silent: ALL_LIMITS, reach: 1, of: 'role' },
  ],
  [
    'allowed by identity-policy: EVAL-CROSS-ACCOUNT-BOTH-SIDES',
    { abroad: true, reach: 1 },
    { abroad: true, reach: 3 },
  ],
  [
    'implicitDeny by resource-policy: EVAL-CROSS-ACCOUNT-BOTH-SIDES',
    { abroad: true, silent: ALL_LIMITS },
    { abroad: true, caller: 'root' },
    { abroad: true, of: 'role' },
  ],
  [
    'implicitDeny by identity-policy: EVAL-CROSS-ACCOUNT-BOTH-SIDES',
    { abroad: true, silent: ALL_LIMITS, reach: 3 },
    { abroad: true, silent: ALL_LIMITS, reach: 2 },
  ],
  [
    'allowed by resource-policy: EVAL-CROSS-ACCOUNT-BOTH-SIDES EVAL-ROOT-USER',
    { abroad: true, caller: 'root', reach: 1, silent: ALL_LIMITS },
  ],
  [
    'allowed by resource-policy: KMS-SERVICE-PRINCIPAL',
    { caller: 'service', of: 'key', reach: 3, abroad: true },
  ],
  [
    'implicitDeny by resource-policy: KMS-SERVICE-PRINCIPAL KMS-KEY-POLICY-DECIDES',
    { caller: 'service', of: 'key', abroad: true },
    { caller: 'service', of: 'key', abroad: true, reach: 1 },
  ],
  [
    'implicitDeny by resource-policy: KMS-NO-ANONYMOUS',
    { caller: 'anonymous', of: 'key', abroad: true, reach: 3, grant: 3 },
  ],
  [
    'allowed by resource-policy: KMS-NAMED-PRINCIPAL KMS-KEY-POLICY-DECIDES',
    { of: 'key', reach: 3, silent: ALL_LIMITS, grant: 3 },
  ],
  [
    'allowed by resource-policy: KMS-NAMED-PRINCIPAL EVAL-ROLE-IS-LIMITED',
    { of: 'key', reach: 2, silent: IDENTITY },
  ],
  ['allowed by resource-policy: KMS-ROOT-USER', { of: 'key', caller: 'root', reach: 1, silent: ALL_LIMITS }],
  [
    'allowed by identity-policy: KMS-ACCOUNT-DELEGATES',
    { of: 'key', reach: 1 },
    { of: 'key', reach: 1, grant: 3 },
  ],
  [
    'implicitDeny by identity-policy: KMS-ACCOUNT-DELEGATES',
    { of: 'key', reach: 1, silent: ALL_LIMITS },
    { of: 'key', grant: 1, silent: ALL_LIMITS },
    { of: 'key', abroad: true, grant: 1, silent: ALL_LIMITS },
  ],
  [
    'implicitDeny by resource-policy: KMS-KEY-POLICY-DECIDES KMS-ACCOUNT-DELEGATES',
    { of: 'key' },
    { of: 'key', caller: 'root' },
  ],
  [
    'allowed by identity-policy: KMS-CROSS-ACCOUNT',
    { of: 'key', abroad: true, reach: 1 },
    { of: 'key', abroad: true, reach: 3 },
  ],
  [
    'allowed by resource-policy: KMS-FOREIGN-ROOT-USER',
    { of: 'key', abroad: true, caller: 'root', reach: 1 },
  ],
  [
    'implicitDeny by resource-policy: KMS-CROSS-ACCOUNT',
    { of: 'key', abroad: true },
    { of: 'key', abroad: true, caller: 'root' },
  ],
  [
    'implicitDeny by identity-policy: KMS-CROSS-ACCOUNT',
    { of: 'key', abroad: true, reach: 2, silent: ALL_LIMITS },
    { of: 'key', abroad: true, reach: 3, grant: 1, silent: IDENTITY },
  ],
  [
    'allowed by grant: KMS-GRANT-ALLOWS',
    { of: 'key', grant: 3, silent: ALL_LIMITS },
    { of: 'key', grant: 3, abroad: true, silent: ALL_LIMITS },
    { of: 'key', grant: 3, caller: 'service', abroad: true },
    { of: 'key', grant: 3, reach: 1, silent: ALL_LIMITS },
  ],
  [
    'allowed by grant: KMS-GRANT-ALLOWS KMS-GRANT-LIMITS',
    { of: 'key', grant: 2, silent: IDENTITY },
    { of: 'key', grant: 1 },
    { of: 'key', grant: 1, caller: 'root', silent: IDENTITY },
    { of: 'key', grant: 2, reach: 1, silent: IDENTITY },
  ],
];

describe('an outcome and its rules', () => {
  it.each(ENDS.map(([outcome, ...all]) => ({ outcome, all })))('$outcome', ({ outcome, all }) => {
    for (const answers of all)
      expect([answers, nameOf(combine(answersOf(answers)))]).toEqual([answers, outcome]);
  });

  it('is one of these, in this order', () => {
    expect(OUTCOMES.map(nameOf)).toEqual(ENDS.map(([outcome]) => outcome));
    expect(OUTCOMES.map(({ index }) => index)).toEqual(ENDS.map((_, at) => at));
    expect(Object.isFrozen(OUTCOMES)).toBe(true);
    for (const outcome of OUTCOMES) expect([outcome, outcome.rules].every(Object.isFrozen)).toBe(true);
  });
});

describe('what refuses, one after the other', () => {
  const layersOf = (answers: Answers): readonly string[] =>
    refusingOutcomes(answersOf(answers)).map(({ decision, layer }) => `${decision} ${layer}`);
  it.each<readonly [string, Answers, readonly string[]]>([
    ['nothing', {}, []],
    [
      'everything, in one account',
      { denies: [...DENY_ORDER], silent: ['vpc-endpoint-policy', 'scp', ...ALL_LIMITS] },
      [
        ...DENY_ORDER.map((layer) => `explicitDeny ${layer}`),
        ...['vpc-endpoint-policy', 'scp', 'identity-policy', 'permissions-boundary', 'session-policy'].map(
          (layer) => `implicitDeny ${layer}`,
        ),
      ],
    ],
    [
      'everything, across accounts',
      { abroad: true, denies: [...DENY_ORDER], silent: ['vpc-endpoint-policy', 'scp', ...ALL_LIMITS] },
      [
        ...DENY_ORDER.map((layer) => `explicitDeny ${layer}`),
        ...[
          'vpc-endpoint-policy',
          'scp',
          'resource-policy',
          'identity-policy',
          'permissions-boundary',
          'session-policy',
        ].map((layer) => `implicitDeny ${layer}`),
      ],
    ],
    [
      'what cannot be shared, last',
      { abroad: true, unshareable: true, silent: ['scp', ...ALL_LIMITS] },
      ['implicitDeny scp', 'implicitDeny cross-account-exclusion'],
    ],
    [
      'what nobody anonymous may, last',
      { caller: 'anonymous', of: 'key', abroad: true, silent: ['vpc-endpoint-policy'] },
      ['implicitDeny vpc-endpoint-policy', 'implicitDeny resource-policy'],
    ],
    [
      'a key policy that does not speak, and no more: repaired it allows directly',
      { of: 'key', silent: ALL_LIMITS },
      ['implicitDeny resource-policy'],
    ],
    [
      'a trust policy that does not speak',
      { of: 'role', silent: ALL_LIMITS },
      ['implicitDeny resource-policy'],
    ],
    [
      'a grant that needs the caller’s own policies',
      { of: 'key', grant: 1, silent: IDENTITY },
      ['implicitDeny identity-policy'],
    ],
  ])('%s', (_title, answers, refusals) => expect(layersOf(answers)).toEqual(refusals));
});

describe('layers as a set', () => {
  it('is the sum of their bits', () => {
    expect([maskOf([]), maskOf(['rcp']), maskOf(['grant', 'scp', 'rcp', 'scp'])]).toEqual([0, 1, 131]);
  });
});
