import { describe, expect, it } from 'vitest';
import {
  type AllowingLayer,
  combine,
  type DecidingLayer,
  type Decision,
  type DenyingLayer,
  type LayerAnswers,
  OUTCOMES,
  refusingOutcomes,
} from '../../src/evaluator/combine.js';
import type { Reach } from '../../src/evaluator/reach.js';
import type { CallerKind } from '../../src/evaluator/request.js';

const KINDS: readonly CallerKind[] = ['user', 'session', 'federatedUser', 'root', 'service', 'anonymous'];
/** Explicit denies are named in this order. */
const DENYING: readonly DenyingLayer[] = [
  'rcp',
  'scp',
  'vpc-endpoint-policy',
  'resource-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
];
const ALLOWING: readonly AllowingLayer[] = [
  'vpc-endpoint-policy',
  'scp',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
];
const REACHES = ['none', 'account', 'role', 'direct'] as const;

/** All answers of all layers to one request, as bits and small numbers. */
class Vector implements LayerAnswers {
  callerKind: CallerKind = 'user';
  sameAccount = false;
  keyPolicyRule = false;
  trustPolicyRule = false;
  shareable = false;
  reach: Reach = 0;
  grant: Reach = 0;
  denyBits = 0;
  allowBits = 0;
  denies(layer: DenyingLayer): boolean {
    return (this.denyBits & (1 << DENYING.indexOf(layer))) !== 0;
  }
  allows(layer: AllowingLayer): boolean {
    return (this.allowBits & (1 << ALLOWING.indexOf(layer))) !== 0;
  }
  resourceReach(): Reach {
    return this.reach;
  }
  grantReach(): Reach {
    return this.grant;
  }
}

const isCallerReach = (at: number): at is Reach => at >= 0 && at <= 3;

/** Vectors as numbers: deny bits, then allow bits, grant, reach, flags, caller. */
const ALLOW_AT = 1 << 7;
const GRANT_AT = ALLOW_AT << 5;
const REACH_AT = GRANT_AT << 2;
const SHARE_AT = REACH_AT << 2;
const KEY_AT = SHARE_AT << 1;
const TRUST_AT = KEY_AT << 1;
const SAME_AT = TRUST_AT << 1;
const KIND_AT = SAME_AT << 1;
const ALL = KIND_AT * KINDS.length;

function readVector(at: number, vector: Vector): Vector {
  const reach = (at / REACH_AT) & 3;
  const grant = (at / GRANT_AT) & 3;
  vector.callerKind = KINDS[Math.floor(at / KIND_AT)] ?? 'user';
  vector.sameAccount = (at & SAME_AT) !== 0;
  vector.keyPolicyRule = (at & KEY_AT) !== 0;
  vector.trustPolicyRule = (at & TRUST_AT) !== 0;
  vector.shareable = (at & SHARE_AT) !== 0;
  if (isCallerReach(reach)) vector.reach = reach;
  if (isCallerReach(grant)) vector.grant = grant;
  vector.allowBits = (at / ALLOW_AT) & 31;
  vector.denyBits = at & 127;
  return vector;
}

function story(at: number): string {
  const vector = readVector(at, new Vector());
  return [
    vector.callerKind,
    vector.sameAccount ? 'same account' : 'other account',
    vector.keyPolicyRule ? 'key' : vector.trustPolicyRule ? 'role' : 'queue',
    vector.shareable ? 'shareable' : 'not shareable',
    `reach ${REACHES[vector.reach]}`,
    `grant ${REACHES[vector.grant]}`,
    `denies [${DENYING.filter((layer) => vector.denies(layer)).join()}]`,
    `allows [${ALLOWING.filter((layer) => vector.allows(layer)).join()}]`,
  ].join(', ');
}

interface CallerTraits {
  /** The layers that never apply to such a caller: they deny nothing, and those that can only limit allow. */
  readonly without: readonly (DenyingLayer & AllowingLayer)[];
  readonly reaches: readonly Reach[];
  readonly grants: readonly Reach[];
  readonly account: boolean;
}

const TRAITS: Readonly<Record<CallerKind, CallerTraits>> = {
  // A user acts without a session, and no principal stands between its account and itself.
  user: { without: ['session-policy'], reaches: [0, 1, 3], grants: [0, 1, 3], account: true },
  session: { without: [], reaches: [0, 1, 2, 3], grants: [0, 1, 2, 3], account: true },
  federatedUser: { without: [], reaches: [0, 1, 2, 3], grants: [0, 1, 2, 3], account: true },
  // Nothing can be attached to the root user; it is its account, or everyone.
  root: {
    without: ['identity-policy', 'permissions-boundary', 'session-policy'],
    reaches: [0, 1, 3],
    grants: [0, 1],
    account: true,
  },
  // A service principal has no account, no policies of its own, and comes through no endpoint of a customer.
  service: {
    without: ['scp', 'vpc-endpoint-policy', 'identity-policy', 'permissions-boundary', 'session-policy'],
    reaches: [0, 3],
    grants: [0, 3],
    account: false,
  },
  // An anonymous caller is reached as part of everyone, and no grant names everyone.
  anonymous: {
    without: ['scp', 'identity-policy', 'permissions-boundary', 'session-policy'],
    reaches: [0, 3],
    grants: [0],
    account: false,
  },
};

function isPossible(vector: Vector): boolean {
  const { without, reaches, grants, account } = TRAITS[vector.callerKind];
  if (!reaches.includes(vector.reach) || !grants.includes(vector.grant)) return false;
  if (vector.sameAccount && !account) return false;
  if (vector.keyPolicyRule && vector.trustPolicyRule) return false;
  // Grants are on keys.
  if (vector.grant !== 0 && !vector.keyPolicyRule) return false;
  return without.every(
    (layer) => !vector.denies(layer) && vector.allows(layer) === (layer !== 'identity-policy'),
  );
}

/** What a way of being allowed still asks of the caller's side; `closed` is no way at all. */
type Way = 'closed' | 'identity' | 'limits' | 'open';
const LEAST_LAST: readonly Way[] = ['closed', 'identity', 'limits', 'open'];

/** By how far the allow reaches: not at all, the account, the role (or federating user), the caller. */
const WAYS = {
  queueInOneAccount: ['identity', 'identity', 'limits', 'open'],
  queueAcrossAccounts: ['closed', 'identity', 'identity', 'identity'],
  /** Key policies and the trust policies of roles must allow even in one account. */
  keyInOneAccount: ['closed', 'identity', 'limits', 'open'],
  roleInOneAccount: ['closed', 'identity', 'limits', 'open'],
  keyAcrossAccounts: ['closed', 'identity', 'identity', 'identity'],
  roleAcrossAccounts: ['closed', 'identity', 'identity', 'identity'],
  grant: ['closed', 'identity', 'limits', 'open'],
} as const satisfies Record<string, readonly Way[]>;

type Answer = readonly [Decision, DecidingLayer];

/** The decision procedure as AWS's pages tell it: a list of ways, each with what it needs. */
function decide(vector: Vector): Answer {
  const { callerKind, sameAccount, keyPolicyRule, reach, grant } = vector;
  for (const layer of DENYING) if (vector.denies(layer)) return ['explicitDeny', layer];
  if (!vector.allows('vpc-endpoint-policy')) return ['implicitDeny', 'vpc-endpoint-policy'];
  if (!vector.allows('scp')) return ['implicitDeny', 'scp'];
  if (callerKind !== 'service' && !sameAccount && !vector.shareable)
    return ['implicitDeny', 'cross-account-exclusion'];
  if (callerKind === 'service' || callerKind === 'anonymous') {
    const unsigned = keyPolicyRule && callerKind === 'anonymous';
    if (reach === 3 && !unsigned) return ['allowed', 'resource-policy'];
    return keyPolicyRule && grant === 3 ? ['allowed', 'grant'] : ['implicitDeny', 'resource-policy'];
  }
  const what = keyPolicyRule ? 'key' : vector.trustPolicyRule ? 'role' : 'queue';
  const table = WAYS[`${what}${sameAccount ? 'InOneAccount' : 'AcrossAccounts'}`];
  const way: Way = table[reach];
  const granted: Way = WAYS.grant[grant];
  if (callerKind === 'root') {
    if (way !== 'closed')
      return ['allowed', sameAccount && what === 'queue' ? 'identity-policy' : 'resource-policy'];
    return granted === 'closed' ? ['implicitDeny', 'resource-policy'] : ['allowed', 'grant'];
  }
  if (lacking(way, vector) === undefined)
    return ['allowed', way === 'identity' ? 'identity-policy' : 'resource-policy'];
  if (lacking(granted, vector) === undefined) return ['allowed', 'grant'];
  // Of two ways that fail, the one that asks for less is told.
  const told = LEAST_LAST.indexOf(granted) > LEAST_LAST.indexOf(way) ? granted : way;
  return ['implicitDeny', lacking(told, vector) ?? 'resource-policy'];
}

function lacking(way: Way, vector: Vector): DecidingLayer | undefined {
  if (way === 'closed') return 'resource-policy';
  if (way === 'open') return undefined;
  if (way === 'identity' && !vector.allows('identity-policy')) return 'identity-policy';
  if (!vector.allows('permissions-boundary')) return 'permissions-boundary';
  return vector.allows('session-policy') ? undefined : 'session-policy';
}

const IMPOSSIBLE = 255;
const RANK: Readonly<Record<Decision, number>> = { explicitDeny: 0, implicitDeny: 1, allowed: 2 };

/** The outcome of every vector, by the vector's number. */
const outcomeAt = new Uint8Array(ALL).fill(IMPOSSIBLE);
const vectors: number[] = [];
const shared = new Vector();
for (let at = 0; at < ALL; at += 1) {
  if (!isPossible(readVector(at, shared))) continue;
  vectors.push(at);
  outcomeAt[at] = combine(shared).index;
}

const rankOfOutcome = OUTCOMES.map(({ decision }) => RANK[decision]);
function rankAt(at: number): number | undefined {
  return rankOfOutcome[outcomeAt[at] ?? IMPOSSIBLE];
}

/** The vectors that lose something by a step that should lose nothing; steps into impossible vectors do not count. */
function losers(step: (at: number) => number | undefined): readonly number[] {
  const found: number[] = [];
  for (const at of vectors) {
    const next = step(at);
    const after = next === undefined ? undefined : rankAt(next);
    if (after !== undefined && after < (rankAt(at) ?? 0)) found.push(at);
  }
  return found;
}
const told = (found: readonly number[]): readonly string[] => found.slice(0, 5).map(story);

const count = (of: (at: number) => boolean): number => vectors.filter(of).length;

describe('every vector of definite answers', () => {
  it('is decided, and by the layer, that the procedure told way by way names', () => {
    const wrong: string[] = [];
    for (const at of vectors) {
      const [decision, layer] = decide(readVector(at, shared));
      const outcome = OUTCOMES[outcomeAt[at] ?? IMPOSSIBLE];
      if (outcome?.decision === decision && outcome.layer === layer) continue;
      if (wrong.length < 5)
        wrong.push(`${story(at)}: ${decision} by ${layer}, not ${JSON.stringify(outcome)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('is one of a number that changes only with the kinds of callers and layers', () => {
    expect(vectors).toHaveLength(851_200);
    expect(count((at) => rankAt(at) === RANK.allowed)).toBeGreaterThan(500);
    expect(count((at) => rankAt(at) === RANK.implicitDeny)).toBeGreaterThan(1000);
  });

  it('ends in an outcome with rules, and every outcome is the end of some vector', () => {
    const reached = new Set<number>();
    for (const at of vectors) reached.add(outcomeAt[at] ?? IMPOSSIBLE);
    expect(OUTCOMES.filter(({ index }) => !reached.has(index))).toEqual([]);
    expect(OUTCOMES.filter(({ rules }) => rules.length === 0)).toEqual([]);
    expect(OUTCOMES.map(({ index }) => index)).toEqual(OUTCOMES.map((_, at) => at));
    expect(
      OUTCOMES.filter((outcome) => !Object.isFrozen(outcome) || !Object.isFrozen(outcome.rules)),
    ).toEqual([]);
  });

  it('is an explicit deny exactly when some layer denies', () => {
    const wrong = vectors.filter((at) => (rankAt(at) === RANK.explicitDeny) !== ((at & 127) !== 0));
    expect(told(wrong)).toEqual([]);
  });

  it.each(DENYING)('is never worse off when a deny falls away: %s', (layer) => {
    const bit = 1 << DENYING.indexOf(layer);
    expect(told(losers((at) => ((at & bit) === 0 ? undefined : at - bit)))).toEqual([]);
  });

  it.each(ALLOWING)('is never worse off when an allow comes in: %s', (layer) => {
    const bit = ALLOW_AT << ALLOWING.indexOf(layer);
    expect(told(losers((at) => ((at & bit) !== 0 ? undefined : at + bit)))).toEqual([]);
  });

  it('is never worse off when the resource policy, or a grant, reaches the caller further', () => {
    for (const unit of [REACH_AT, GRANT_AT]) {
      for (const by of [1, 2, 3]) {
        expect(told(losers((at) => (((at / unit) & 3) + by > 3 ? undefined : at + by * unit)))).toEqual([]);
      }
    }
  });

  it('gains nothing from a grant that the key policy with the caller’s own policies gives already', () => {
    const named = vectors.filter((at) => {
      const outcome = OUTCOMES[outcomeAt[at] ?? IMPOSSIBLE];
      const ungranted = rankAt(at - ((at / GRANT_AT) & 3) * GRANT_AT);
      return outcome?.layer === 'grant' && ungranted === RANK.allowed;
    });
    expect(told(named)).toEqual([]);
  });

  it('is never worse off in the account of the resource, nor for an operation that can be shared', () => {
    for (const flag of [SAME_AT, SHARE_AT]) {
      expect(told(losers((at) => ((at & flag) !== 0 ? undefined : at + flag)))).toEqual([]);
    }
  });

  it('is worse off as a key or a role than as a queue only where its policy is silent, or the caller anonymous', () => {
    for (const flag of [KEY_AT, TRUST_AT]) {
      const lost = losers((at) => ((at & flag) !== 0 ? undefined : at + flag));
      expect(lost.length).toBeGreaterThan(0);
      const wrong = lost.filter((at) => {
        const { reach, callerKind, sameAccount } = readVector(at, shared);
        return !(flag === KEY_AT && callerKind === 'anonymous') && !(reach === 0 && sameAccount);
      });
      expect(told(wrong)).toEqual([]);
    }
  });
});

describe('the layers that refuse', () => {
  const beyondRepair = (vector: Vector): boolean =>
    (callerIsForeign(vector) && !vector.shareable) ||
    (vector.callerKind === 'anonymous' && vector.keyPolicyRule);
  const callerIsForeign = ({ callerKind, sameAccount }: Vector): boolean =>
    callerKind !== 'service' && !sameAccount;

  it('begin with the one that decides, are named once each, and allow when all are repaired', () => {
    const wrong: string[] = [];
    const repaired = new Vector();
    for (const at of vectors) {
      const vector = readVector(at, shared);
      const refusals = refusingOutcomes(vector);
      readVector(at, repaired);
      for (const { decision, layer } of refusals) {
        if (layer === 'grant' || layer === 'cross-account-exclusion') continue;
        if (decision === 'explicitDeny') repaired.denyBits &= ~(1 << DENYING.indexOf(layer));
        else if (layer === 'resource-policy') repaired.reach = 3;
        else if (layer !== 'rcp') repaired.allowBits |= 1 << ALLOWING.indexOf(layer);
      }
      const first = refusals[0]?.index ?? outcomeAt[at];
      const right =
        first === outcomeAt[at] &&
        (refusals.length === 0) === (rankAt(at) === RANK.allowed) &&
        new Set(refusals).size === refusals.length &&
        (combine(repaired).decision === 'allowed') === !beyondRepair(vector);
      if (!right && wrong.length < 5)
        wrong.push(`${story(at)}: ${refusals.map((one) => `${one.decision} ${one.layer}`).join('; ')}`);
    }
    expect(wrong).toEqual([]);
  });
});
