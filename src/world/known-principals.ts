import { principalArn } from '../evaluator/derive-context.js';
import { accountOf } from '../evaluator/principal.js';
import type { Policy, PrincipalEntry } from '../policy/policy.js';
import type { Arn } from '../syntax/arn.js';
import type { World } from './world.js';

/**
 * Users and roles that a policy names and that do not exist: the estate lists principals of their account, and they are
 * not among them. Of an account without any, nothing is known.
 */
export function unknownPrincipals(world: World, policy: Policy): readonly PrincipalEntry[] {
  const known = [...world.estate.principals.values()].map(({ caller }) => caller);
  const accounts = new Set(known.map(accountOf));
  const arns = new Set(known.map(principalArn));
  const exists = (arn: Arn): boolean =>
    !accounts.has(arn.account) ||
    arns.has(arn.text) ||
    (arn.service === 'sts' &&
      known.some((caller) => caller.kind === 'session' && isOfRole(arn, caller.role)));
  return policy.statements.flatMap(({ principal }) =>
    (principal?.entries ?? []).filter(
      (entry) =>
        (entry.kind === 'user' || entry.kind === 'role' || entry.kind === 'session') && !exists(entry.arn),
    ),
  );
}

/** Whether a session ARN is of a role: a session is named by the last part of its role's path. */
export function isOfRole(session: Arn, role: Arn): boolean {
  return (
    session.account === role.account &&
    session.resource.split('/')[1] === role.resource.slice(role.resource.lastIndexOf('/') + 1)
  );
}
