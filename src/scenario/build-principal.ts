import { readCaller } from '../evaluator/caller.js';
import type { Caller } from '../evaluator/request.js';
import { parseArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Principal, SessionTraits } from '../world/world.js';
import { arnOf, type Home } from './home.js';
import type { Loader } from './loader.js';
import type { Read } from './shape.js';
import { refuse } from './spot.js';
import type { principal, session } from './world-format.js';

type ReadPrincipal = Read<typeof principal>;
type ReadSession = Read<typeof session>;

/** A principal as the file defines it. Rule of the format: the name is the role's or user's name unless `arn` is given. */
export function buildPrincipal(
  loader: Loader,
  home: Home,
  name: string,
  read: ReadPrincipal,
): Principal | undefined {
  const caller = callerOf(loader, home, name, read);
  if (caller === undefined) return undefined;
  const identity = (read.policies ?? []).flatMap(
    (spot, index) => loader.policyAt(spot, 'identity', `policy ${index + 1} of ${name}`) ?? [],
  );
  const boundary =
    read.boundary === undefined
      ? undefined
      : loader.policyAt(read.boundary, 'permissions-boundary', `boundary of ${name}`);
  const made = read.session === undefined ? undefined : buildSession(loader, read.session, name);
  return {
    name,
    caller,
    identity: Object.freeze(identity),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    ...(made === undefined ? {} : { session: made }),
    tags: read.tags ?? new Map(),
  };
}

export function buildSession(loader: Loader, read: ReadSession, name: string): SessionTraits {
  const policies = read.policies?.flatMap(
    (spot, index) => loader.policyAt(spot, 'session', `session policy ${index + 1} of ${name}`) ?? [],
  );
  return {
    ...(read.name === undefined ? {} : { name: read.name.value }),
    ...(policies === undefined ? {} : { policies: Object.freeze(policies) }),
    ...(read.tags === undefined ? {} : { tags: read.tags }),
    ...(read.mfa === undefined ? {} : { mfa: read.mfa }),
  };
}

function callerOf(loader: Loader, home: Home, name: string, read: ReadPrincipal): Caller | undefined {
  const type = read.type ?? 'role';
  const service = type === 'federated-user' ? 'sts' : 'iam';
  const arn = arnOf(
    loader,
    home,
    read,
    read.arn === undefined ? service : (parseArn(read.arn.value)?.service ?? service),
    RESOURCE[type](name),
    false,
  );
  if (arn === undefined) return undefined;
  const user =
    read.user === undefined
      ? undefined
      : (parseArn(read.user.value)?.text ??
        `arn:${arn.partition}:iam::${arn.account}:user/${read.user.value}`);
  const details = {
    ...(read.id === undefined ? {} : { id: read.id.value }),
    ...(user === undefined ? {} : { user }),
  };
  const caller = readCaller(arn.text, details);
  if (caller === undefined) {
    return refuse(loader, read.arn?.spot ?? read.spot, {
      code: 'bad-arn',
      message: `${excerpt(arn.text)} is no principal`,
      expected: 'the ARN of a role, user, session, federated user or account root',
    });
  }
  return nameSession(caller, read.session?.name?.value);
}

const RESOURCE: Readonly<Record<NonNullable<ReadPrincipal['type']>, (name: string) => string>> = {
  role: (name) => `role/${name}`,
  user: (name) => `user/${name}`,
  root: () => 'root',
  'federated-user': (name) => `federated-user/${name}`,
};

/** Gives a session the name that its definition, or the step, says. */
export function nameSession(caller: Caller, sessionName: string | undefined): Caller {
  if (caller.kind !== 'session' || sessionName === undefined) return caller;
  const [, role = ''] = caller.arn.resource.split('/');
  const arn = parseArn(
    `arn:${caller.arn.partition}:sts::${caller.arn.account}:assumed-role/${role}/${sessionName}`,
  );
  return arn === undefined ? caller : { ...caller, arn };
}
