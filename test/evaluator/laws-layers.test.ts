import { describe } from 'vitest';
import { authorize } from '../../src/evaluator/authorize.js';
import { KEYS } from './generated-keys.js';
import { law, neverBetter, neverWorse } from './law.js';
import { withLayers } from './law-changes.js';
import { policiesOf, requestOf } from './law-decide.js';
import { GRANTEES, permissive, pick } from './law-scenes.js';
import type { PolicyText, Scene, StatementText } from './law-texts.js';

const hasNotPrincipal = (scene: Scene): boolean => JSON.stringify(scene.layers).includes('NotPrincipal');
const isIdentity = ({ caller }: Scene): boolean => caller.startsWith('arn:');

describe('layers that can only limit', () => {
  law('a boundary that allows everything equals none, but for denies with NotPrincipal', (scene) => {
    if (scene.layers.permissionsBoundary !== undefined || hasNotPrincipal(scene)) return undefined;
    return withLayers(scene, { permissionsBoundary: permissive('permissions-boundary') });
  });

  neverBetter(
    'under denies with NotPrincipal, a boundary that allows everything can only take away',
    (scene) => {
      if (scene.layers.permissionsBoundary !== undefined || !hasNotPrincipal(scene)) return undefined;
      return withLayers(scene, { permissionsBoundary: permissive('permissions-boundary') });
    },
  );

  law('a session policy that allows everything equals none, but for a federated user', (scene) => {
    if (scene.layers.session !== undefined || scene.caller.includes('federated-user')) return undefined;
    return withLayers(scene, { session: [permissive('session')] });
  });

  neverWorse(
    'a federated user without a session policy can only gain by one that allows everything',
    (scene) => {
      if (scene.layers.session !== undefined || !scene.caller.includes('federated-user')) return undefined;
      return withLayers(scene, { session: [permissive('session')] });
    },
  );

  law('an endpoint policy that allows everything equals none', (scene) => {
    if (scene.layers.vpcEndpoint !== undefined) return undefined;
    return withLayers(scene, { vpcEndpoint: permissive('vpc-endpoint') });
  });

  law('a level of SCPs with FullAWSAccess alone changes nothing', (scene) =>
    withLayers(scene, { scp: [...(scene.layers.scp ?? []), [permissive('scp')]] }),
  );

  law('a level of RCPs with RCPFullAWSAccess alone, which says nothing, changes nothing', (scene) =>
    withLayers(scene, { rcp: [...(scene.layers.rcp ?? []), []] }),
  );

  law('a level of SCPs or RCPs said twice changes nothing', (scene) => {
    const { scp, rcp } = scene.layers;
    if (scp === undefined && rcp === undefined) return undefined;
    return withLayers(scene, {
      ...(scp && { scp: [...scp, ...scp] }),
      ...(rcp && { rcp: [...rcp, ...rcp] }),
    });
  });

  neverBetter('FullAWSAccess moved to a level of its own can only take away', (scene) => {
    const [level, ...others] = scene.layers.scp ?? [];
    if (level === undefined) return undefined;
    const shared = withLayers(scene, { scp: [[...level, permissive('scp')], ...others] });
    return { before: shared, after: scene };
  });

  law(
    'a boundary and a session policy can change places for a role session',
    (scene) => {
      const { permissionsBoundary, session } = scene.layers;
      const [only, ...others] = session ?? [];
      if (permissionsBoundary === undefined || only === undefined || others.length > 0) return undefined;
      if (!scene.caller.includes(':assumed-role/')) return undefined;
      return withLayers(scene, { permissionsBoundary: { ...only }, session: [{ ...permissionsBoundary }] });
    },
    (before, after) => before.decision === after.decision,
  );
});

describe('whom a layer concerns', () => {
  law('neither SCPs nor policies of identities concern services and anonymous callers', (scene) => {
    const { scp, identity, permissionsBoundary, session, ...others } = scene.layers;
    const given = [scp, identity, permissionsBoundary, session].some((layer) => layer !== undefined);
    return given && !isIdentity(scene) ? { ...scene, layers: others } : undefined;
  });

  law('no policy attached to identities concerns the root user', (scene) => {
    if (!scene.caller.endsWith(':root')) return undefined;
    const { identity, permissionsBoundary, session, ...others } = scene.layers;
    return { ...scene, layers: others };
  });

  law(
    'an RCP that denies refuses services and anonymous callers too',
    (scene) => {
      if (isIdentity(scene) || scene.inManagement || scene.action === 'kms:RetireGrant') return undefined;
      const actions = ['sqs:*', 'kms:*'];
      const deny: StatementText = { Effect: 'Deny', Principal: '*', Action: actions, Resource: ['*'] };
      const policy: PolicyText = { Version: '2012-10-17', Statement: [deny] };
      return withLayers(scene, { rcp: [...(scene.layers.rcp ?? []), [policy]] });
    },
    (_before, after) => after.decision === 'explicitDeny' && after.decidedBy === 'rcp',
  );

  law('SCPs and RCPs do not limit management accounts', (scene) => {
    if (scene.inManagement !== true) return undefined;
    const { scp, rcp, ...others } = scene.layers;
    return scp === undefined && rcp === undefined ? undefined : { ...scene, layers: others };
  });

  law('RCPs do not concern RetireGrant', (scene) => {
    if (scene.action !== 'kms:RetireGrant') return undefined;
    const { rcp: _rcp, ...others } = scene.layers;
    return { ...scene, layers: others };
  });

  neverWorse('a grant only adds', (scene, random) =>
    scene.resource.includes(':kms:')
      ? { ...scene, grants: [...(scene.grants ?? []), pick(random, GRANTEES)] }
      : undefined,
  );

  law('a grant said twice says nothing more', (scene) =>
    scene.grants === undefined ? undefined : { ...scene, grants: [...scene.grants, ...scene.grants] },
  );

  law('a grant on a key says nothing about a queue', (scene, random) =>
    scene.resource.includes(':sqs:') ? { ...scene, grants: [pick(random, GRANTEES)] } : undefined,
  );
});

describe('what is not known', () => {
  law(
    'the decision is among those that are possible when two of the request’s keys are not known',
    (scene, random) => {
      const open = [pick(random, KEYS).name, pick(random, KEYS).name];
      return authorize(requestOf(scene, open), policiesOf(scene));
    },
    (before, after) => after.possible.some((decision) => decision === before.decision),
  );

  law(
    'the decision is among those that are possible when one of the layers is not known',
    (scene, random) => {
      const layer = pick(random, LAYERS);
      return authorize(requestOf(scene), { ...policiesOf(scene), [layer]: 'unknown' });
    },
    (before, after) => after.possible.some((decision) => decision === before.decision),
  );

  law('a key that nobody asks about may well be not known', (scene) =>
    authorize(requestOf(scene, ['my:Unasked']), policiesOf(scene)),
  );
});

const LAYERS = [
  'identity',
  'resource',
  'permissionsBoundary',
  'session',
  'scp',
  'rcp',
  'vpcEndpoint',
  'grants',
];
