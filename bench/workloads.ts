import { authorize } from '../src/evaluator/authorize.js';
import { readCaller } from '../src/evaluator/caller.js';
import { contextFrom } from '../src/evaluator/derive-context.js';
import type { ApplicablePolicies, AuthorizationRequest } from '../src/evaluator/request.js';
import type { Verdict } from '../src/evaluator/verdict.js';
import { policyFrom } from '../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../src/policy/policy.js';

export const WORKLOAD_NAMES = ['S', 'M', 'L'] as const;
export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

/** One request that is ready to be decided, and the decision that it must get. */
export interface PreparedQuestion {
  readonly request: AuthorizationRequest;
  readonly policies: ApplicablePolicies;
  readonly expected: Verdict['decision'];
}

export type Workloads = Readonly<Record<WorkloadName, readonly PreparedQuestion[]>>;

interface NamedPolicy {
  readonly name: string;
  readonly policy: unknown;
}

interface Level {
  readonly policies: readonly NamedPolicy[];
}

interface WorkloadDocument {
  readonly policies: {
    readonly identity: readonly NamedPolicy[];
    readonly resource: unknown;
    readonly boundary?: readonly NamedPolicy[];
    readonly session?: unknown;
    readonly scps?: readonly Level[];
    readonly rcps?: readonly Level[];
  };
  readonly requests: readonly {
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount: string;
    readonly context: Readonly<Record<string, string | readonly string[]>>;
    readonly noResourcePolicy?: boolean;
    readonly expect: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';
  }[];
}

const DECISION = {
  Allowed: 'allowed',
  ImplicitlyDenied: 'implicitDeny',
  ExplicitlyDenied: 'explicitDeny',
} as const;
const RESOURCE_POLICY: Readonly<Record<WorkloadName, PolicyType>> = { S: 'key', M: 'queue', L: 'key' };

/** Reads `perf-workloads.json`. Everything is prepared once: policies parsed and bound, requests and contexts built. */
export function readWorkloads(text: string): Workloads {
  const { workloads } = JSON.parse(text) as { readonly workloads: Record<WorkloadName, WorkloadDocument> };
  const prepared = (name: WorkloadName): readonly PreparedQuestion[] =>
    prepare(workloads[name], RESOURCE_POLICY[name]);
  return { S: prepared('S'), M: prepared('M'), L: prepared('L') };
}

/** A key policy of nearly 32 KB without blanks, the most that KMS takes: the statements of workload L over and over. */
export function largePolicyText(text: string): string {
  const { workloads } = JSON.parse(text) as { readonly workloads: Record<WorkloadName, WorkloadDocument> };
  const { Statement: statements } = workloads.L.policies.resource as {
    readonly Statement: readonly object[];
  };
  const repeated: object[] = [];
  for (let length = 0; length < 31.5 * 1024; ) {
    const statement = { ...statements[repeated.length % statements.length], Sid: `S${repeated.length}` };
    repeated.push(statement);
    length += JSON.stringify(statement).length + 1;
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: repeated });
}

/** The requests of a workload as lines for `decide`, each with all the policies that apply. */
export function linesOf(text: string, name: WorkloadName): readonly string[] {
  const { workloads } = JSON.parse(text) as { readonly workloads: Record<WorkloadName, WorkloadDocument> };
  const { policies, requests } = workloads[name];
  const documents = (named: readonly NamedPolicy[]) => named.map(({ policy }) => policy);
  return requests.map(({ principal, action, resource, resourceAccount, context, noResourcePolicy }) =>
    JSON.stringify({
      request: {
        principal,
        roleArn: context['aws:PrincipalArn'],
        action,
        resource,
        resourceAccount,
        context,
      },
      identity: documents(policies.identity),
      resourcePolicy: noResourcePolicy === true ? null : policies.resource,
      boundary: policies.boundary?.[0]?.policy,
      sessionPolicy: policies.session,
      scps: policies.scps?.map((level) => documents(level.policies)),
      rcps: policies.rcps?.map((level) => documents(level.policies)),
    }),
  );
}

function prepare(
  { policies, requests }: WorkloadDocument,
  resourceType: PolicyType,
): readonly PreparedQuestion[] {
  const { identity, boundary = [], session, scps, rcps } = policies;
  const [permissionsBoundary] = boundary.map(({ name, policy }) =>
    read(policy, 'permissions-boundary', name),
  );
  const levels = (given: readonly Level[], type: PolicyType) =>
    given.map((level) => level.policies.map(({ name, policy }) => read(policy, type, name)));
  const others: ApplicablePolicies = {
    identity: identity.map(({ name, policy }) => read(policy, 'identity', name)),
    permissionsBoundary: permissionsBoundary ?? 'none',
    session: session === undefined ? 'none' : [read(session, 'session', 'session')],
    scp: scps === undefined ? 'none' : levels(scps, 'scp'),
    rcp: rcps === undefined ? 'none' : levels(rcps, 'rcp'),
    vpcEndpoint: 'none',
    grants: 'none',
  };
  const withResource: ApplicablePolicies = {
    ...others,
    resource: read(policies.resource, resourceType, 'resource'),
  };
  const withoutResource: ApplicablePolicies = { ...others, resource: 'none' };
  return requests.map(
    ({ principal, action, resource, resourceAccount, context, noResourcePolicy, expect }) => {
      const role = context['aws:PrincipalArn'];
      const caller = readCaller(principal, typeof role === 'string' ? { role } : {});
      if (caller === undefined) throw new Error(`no caller: ${principal}`);
      return {
        request: {
          caller,
          action,
          resource: { arn: resource, account: resourceAccount },
          context: contextFrom(Object.entries(context)),
        },
        policies: noResourcePolicy === true ? withoutResource : withResource,
        expected: DECISION[expect],
      };
    },
  );
}

function read(document: unknown, type: PolicyType, name: string): Policy {
  const checked = policyFrom(document, type, { name });
  if (!checked.ok) throw new Error(`${name}: ${checked.issues.map(({ message }) => message).join('; ')}`);
  return checked.value;
}

/** Says which decisions differ from the expected ones; a fast wrong answer is worth nothing. */
export function wrongDecisions(workloads: Workloads): readonly string[] {
  return WORKLOAD_NAMES.flatMap((name) =>
    workloads[name].flatMap(({ request, policies, expected }, index) => {
      const { decision } = authorize(request, policies);
      return decision === expected ? [] : [`${name} request ${index + 1}: ${decision}, not ${expected}`];
    }),
  );
}
