import { type ContextValue, UNKNOWN } from '../../src/conditions/context.js';
import { authorize } from '../../src/evaluator/authorize.js';
import { readCaller } from '../../src/evaluator/caller.js';
import { contextFrom, principalEntries, resourceEntries } from '../../src/evaluator/derive-context.js';
import type { ApplicablePolicies, AuthorizationRequest, Grant } from '../../src/evaluator/request.js';
import type { Verdict } from '../../src/evaluator/verdict.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { type ReadPolicy, readOnce } from './law-readings.js';
import { resourceType } from './law-scenes.js';
import type { PolicyText, Scene } from './law-texts.js';

export function policiesOf(scene: Scene, read: ReadPolicy = readOnce): ApplicablePolicies {
  const { layers } = scene;
  const list = (texts: readonly PolicyText[], type: PolicyType): readonly Policy[] =>
    texts.map((text) => read(text, type));
  return {
    ...(layers.identity && { identity: list(layers.identity, 'identity') }),
    ...(layers.resource && { resource: read(layers.resource, resourceType(scene)) }),
    ...(layers.permissionsBoundary && {
      permissionsBoundary: read(layers.permissionsBoundary, 'permissions-boundary'),
    }),
    ...(layers.session && { session: list(layers.session, 'session') }),
    ...(layers.scp && { scp: layers.scp.map((level) => list(level, 'scp')) }),
    ...(layers.rcp && { rcp: layers.rcp.map((level) => list(level, 'rcp')) }),
    ...(layers.vpcEndpoint && { vpcEndpoint: read(layers.vpcEndpoint, 'vpc-endpoint') }),
    ...(scene.grants && { grants: scene.grants.map(({ type, to }) => grantTo(type, to)) }),
    keyManager: 'customer',
    ...(scene.inManagement && { resourceInManagementAccount: true, principalInManagementAccount: true }),
  };
}

function grantTo(type: 'user' | 'role' | 'account', to: string): Grant {
  const operations = ['Decrypt', 'Encrypt', 'RetireGrant'];
  if (type === 'account') return { id: 'one', grantee: { kind: type, text: to, account: to }, operations };
  const grantee = readCaller(to);
  if (grantee?.kind === 'user')
    return { id: 'one', grantee: { kind: 'user', text: to, arn: grantee.arn }, operations };
  if (grantee?.kind !== 'session') throw new Error(to);
  return { id: 'one', grantee: { kind: 'role', text: to, arn: grantee.role }, operations };
}

/** The request; `open` names keys whose values are not known. */
export function requestOf(scene: Scene, open: readonly string[] = []): AuthorizationRequest {
  const { federatedBy, action, owner } = scene;
  const caller = readCaller(scene.caller, federatedBy === undefined ? {} : { user: federatedBy });
  if (caller === undefined) throw new Error(scene.caller);
  const resource = { arn: scene.resource, ...(owner === undefined ? {} : { account: owner }) };
  const unknown = open.map((key): readonly [string, ContextValue] => [key, UNKNOWN]);
  const context = contextFrom(principalEntries(caller), resourceEntries(resource), scene.context, unknown);
  return { caller, action, resource, context };
}

export function decide(scene: Scene, read: ReadPolicy = readOnce): Verdict {
  return authorize(requestOf(scene), policiesOf(scene, read));
}
