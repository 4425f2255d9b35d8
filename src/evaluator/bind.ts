import type { Policy } from '../policy/policy.js';
import { type ActionView, viewAction } from './action-view.js';
import { type CompiledStatement, compileOnce, compilePolicy } from './compile.js';
import type { ApplicablePolicies, Grant, Layered } from './request.js';
import { emptyMemo, type VerdictMemo } from './verdict.js';

/** The statements of one level of one layer that can speak about an action. */
export interface Candidates {
  readonly denies: readonly CompiledStatement[];
  readonly allows: readonly CompiledStatement[];
}

/**
 * The union of the policies at one level of one layer, with an index from action to the statements that match it:
 * statements about other actions cost nothing.
 */
export interface BoundLevel {
  readonly statements: readonly CompiledStatement[];
  readonly candidates: (action: string, lowerCased: string) => Candidates;
}

export interface BoundLayer {
  readonly levels: readonly BoundLevel[];
}

/** Policies compiled and indexed for deciding many requests. */
export interface BoundPolicies {
  readonly identity: Layered<BoundLayer> | undefined;
  readonly resource: Layered<BoundLayer> | undefined;
  readonly permissionsBoundary: Layered<BoundLayer> | undefined;
  readonly session: Layered<BoundLayer> | undefined;
  readonly scp: Layered<BoundLayer> | undefined;
  readonly rcp: Layered<BoundLayer> | undefined;
  readonly vpcEndpoint: Layered<BoundLayer> | undefined;
  readonly grants: Layered<readonly Grant[]> | undefined;
  readonly awsManagedKey: boolean;
  readonly principalInManagementAccount: boolean;
  readonly resourceInManagementAccount: boolean;
  /** Verdicts without a deciding statement. */
  readonly verdicts: VerdictMemo;
  /** What the policies can say about an action, worked out once for each. */
  readonly about: (action: string) => ActionView;
}

const bound = new WeakMap<ApplicablePolicies, BoundPolicies>();
const boundLevels = new WeakMap<readonly Policy[], BoundLevel>();
const boundSingles = new WeakMap<Policy, BoundLayer>();

/** Whole series of requests are decided under the same policies, and a look-up in a WeakMap is dear beside the rest. */
let last: ApplicablePolicies | undefined;
let lastBound: BoundPolicies | undefined;

/** Compiles and indexes; memoised by the object given, which must not be changed afterwards. */
export function bindPolicies(policies: ApplicablePolicies): BoundPolicies {
  if (policies === last && lastBound !== undefined) return lastBound;
  let made = bound.get(policies);
  if (made === undefined) {
    made = bindAnew(policies, REMEMBERING);
    bound.set(policies, made);
  }
  last = policies;
  lastBound = made;
  return made;
}

/**
 * The same without remembering, for policies that are asked once: a WeakMap keeps what it was given alive through several
 * collections, and copying that about takes longer than deciding.
 */
export function bindOnce(policies: ApplicablePolicies): BoundPolicies {
  return bindAnew(policies, { one: (policy) => makeLayer(policy, compileOnce), level: levelOnce });
}

/** How one policy becomes a layer, and how a list of them becomes a level. */
interface Binder {
  readonly one: (policy: Policy) => BoundLayer;
  readonly level: (policies: readonly Policy[]) => BoundLevel;
}

const REMEMBERING: Binder = { one: bindSingle, level: bindLevel };

function bindAnew(policies: ApplicablePolicies, binder: Binder): BoundPolicies {
  const views = new Map<string, ActionView>();
  const made: BoundPolicies = {
    identity: bindList(policies.identity, binder),
    resource: bindOne(policies.resource, binder),
    permissionsBoundary: bindOne(policies.permissionsBoundary, binder),
    session: bindList(policies.session?.length === 0 ? 'none' : policies.session, binder),
    scp: bindLevels(policies.scp, binder),
    rcp: bindLevels(policies.rcp, binder),
    vpcEndpoint: bindOne(policies.vpcEndpoint, binder),
    grants: policies.grants,
    awsManagedKey: policies.keyManager === 'aws',
    principalInManagementAccount: policies.principalInManagementAccount ?? false,
    resourceInManagementAccount: policies.resourceInManagementAccount ?? false,
    verdicts: emptyMemo(),
    about: (action) => {
      const known = views.get(action);
      if (known !== undefined) return known;
      const view = viewAction(made, action);
      if (views.size >= INDEX_LIMIT) views.clear();
      views.set(action, view);
      return view;
    },
  };
  return made;
}

function bindOne(policy: Layered<Policy> | undefined, { one }: Binder): Layered<BoundLayer> | undefined {
  return policy === undefined || typeof policy === 'string' ? policy : one(policy);
}

function bindSingle(policy: Policy): BoundLayer {
  const known = boundSingles.get(policy);
  if (known !== undefined) return known;
  const layer = makeLayer(policy, compilePolicy);
  boundSingles.set(policy, layer);
  return layer;
}

function makeLayer(policy: Policy, compile: Compile): BoundLayer {
  return { levels: [makeLevel([policy], compile)] };
}

function bindList(
  policies: Layered<readonly Policy[]> | undefined,
  { level }: Binder,
): Layered<BoundLayer> | undefined {
  if (policies === undefined || typeof policies === 'string') return policies;
  return { levels: [level(policies)] };
}

function bindLevels(
  levels: Layered<readonly (readonly Policy[])[]> | undefined,
  { level }: Binder,
): Layered<BoundLayer> | undefined {
  if (levels === undefined || typeof levels === 'string') return levels;
  return { levels: levels.map(level) };
}

function bindLevel(policies: readonly Policy[]): BoundLevel {
  const known = boundLevels.get(policies);
  if (known !== undefined) return known;
  const level = makeLevel(policies, compilePolicy);
  boundLevels.set(policies, level);
  return level;
}

/** Bounds the index where actions are user text. */
const INDEX_LIMIT = 1024;

type Compile = (policy: Policy) => readonly CompiledStatement[];

function levelOnce(policies: readonly Policy[]): BoundLevel {
  return makeLevel(policies, compileOnce);
}

function makeLevel(policies: readonly Policy[], compile: Compile): BoundLevel {
  const statements = policies.flatMap(compile);
  const index = new Map<string, Candidates>();
  return {
    statements,
    candidates: (action, lowerCased) => {
      const known = index.get(action);
      if (known !== undefined) return known;
      const matching = statements.filter((statement) => statement.matchesAction(lowerCased));
      const found: Candidates = {
        denies: matching.filter(({ source }) => source.effect === 'Deny'),
        allows: matching.filter(({ source }) => source.effect === 'Allow'),
      };
      if (index.size >= INDEX_LIMIT) index.clear();
      index.set(action, found);
      return found;
    },
  };
}
