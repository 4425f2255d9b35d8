import { principalArn } from '../evaluator/derive-context.js';
import type { Grant } from '../evaluator/request.js';
import type { Listed, Policy, PrincipalEntry, Statement } from '../policy/policy.js';
import { isOfRole } from './known-principals.js';
import type { Principal, World } from './world.js';

/**
 * The world without a user or role. What policies and grants said of it when they were saved, they say of its unique id
 * from now on: that matches nobody, also not somebody who is made again under the same name. Policies that did not name
 * it stay the same objects.
 * Page: IAM User Guide, AWS JSON policy elements: Principal. Rule: PRINCIPAL-UNIQUE-ID
 */
export function deletePrincipal(world: World, name: string): World {
  const { estate } = world;
  const deleted = estate.principals.get(name);
  if (deleted === undefined) return world;
  const principals = new Map(estate.principals);
  principals.delete(name);
  const orphaned = orphan(deleted);
  const withPolicy = <T extends { readonly policy?: Policy }>(thing: T): T => ({
    ...thing,
    ...(thing.policy === undefined ? {} : { policy: orphaned.policy(thing.policy) }),
  });
  return {
    ...world,
    estate: {
      ...estate,
      principals,
      keys: each(estate.keys, (key) => ({ ...withPolicy(key), grants: orphaned.grants(key.grants) })),
      queues: each(estate.queues, withPolicy),
      topics: each(estate.topics, withPolicy),
      buckets: each(estate.buckets, withPolicy),
      rules: each(estate.rules, (rule) => ({
        ...rule,
        ...(rule.busPolicy === undefined ? {} : { busPolicy: orphaned.policy(rule.busPolicy) }),
      })),
    },
  };
}

function each<T>(things: ReadonlyMap<string, T>, change: (thing: T) => T): ReadonlyMap<string, T> {
  return new Map([...things].map(([name, thing]) => [name, change(thing)]));
}

/** How policies and grants go on that named a principal. */
function orphan({ caller }: Principal): {
  readonly policy: (policy: Policy) => Policy;
  readonly grants: (grants: readonly Grant[]) => readonly Grant[];
} {
  const arn = principalArn(caller);
  const id = 'id' in caller ? caller.id : undefined;
  const text = id ?? (caller.kind === 'user' ? 'AIDADELETEDUSER' : 'AROADELETEDROLE');
  // Not the id alone: a file may give the same one again, and AWS never does.
  const nobody: PrincipalEntry = Object.freeze({ kind: 'uniqueId', text, id: `${text}, deleted` });
  const isIt = (entry: PrincipalEntry): boolean =>
    ((entry.kind === 'user' || entry.kind === 'role') && entry.arn.text === arn) ||
    (entry.kind === 'session' && caller.kind === 'session' && isOfRole(entry.arn, caller.role));
  const listed = (list: Listed<PrincipalEntry>): Listed<PrincipalEntry> =>
    Object.freeze({ ...list, entries: list.entries.map((entry) => (isIt(entry) ? nobody : entry)) });
  const statement = (of: Statement): Statement =>
    of.principal?.entries.some(isIt) === true
      ? Object.freeze({ ...of, principal: listed(of.principal) })
      : of;
  return {
    policy: (policy) =>
      policy.statements.some(({ principal }) => principal?.entries.some(isIt))
        ? Object.freeze({ ...policy, statements: Object.freeze(policy.statements.map(statement)) })
        : policy,
    grants: (grants) =>
      grants.some((grant) => isIt(grant.grantee) || (grant.retiring !== undefined && isIt(grant.retiring)))
        ? grants.map((grant) => ({
            ...grant,
            grantee: isIt(grant.grantee) ? nobody : grant.grantee,
            ...(grant.retiring === undefined
              ? {}
              : { retiring: isIt(grant.retiring) ? nobody : grant.retiring }),
          }))
        : grants,
  };
}
