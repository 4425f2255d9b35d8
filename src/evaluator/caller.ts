import { isAccountId, parseArn } from '../syntax/arn.js';
import type { Caller } from './request.js';

export interface CallerDetails {
  /** The role of a session, with its path: one of the session's account and role name. By default without a path. */
  readonly role?: string;
  /** The user that federated a federated-user session. */
  readonly user?: string;
  /** The unique id of the user or role (`AIDA…`, `AROA…`). */
  readonly id?: string;
  /** A service-linked role; by default known by its path `/aws-service-role/`. */
  readonly serviceLinked?: boolean;
}

/**
 * Reads who calls, as AWS prints it: the ARN of a user, session, federated user or account root, a service principal's
 * host name, or `anonymous`. A role ARN means a session of that role with an unspecified name.
 * Gives `undefined` for anything else.
 */
export function readCaller(text: string, details: CallerDetails = {}): Caller | undefined {
  const id = details.id === undefined ? {} : { id: details.id };
  if (text === 'anonymous') return { kind: 'anonymous' };
  const arn = parseArn(text);
  if (arn === undefined) return isServiceHost(text) ? { kind: 'service', host: text } : undefined;
  if (!isAccountId(arn.account)) return undefined;
  if (arn.service === 'iam' && arn.resource === 'root') {
    return { kind: 'root', account: arn.account, partition: arn.partition };
  }
  const [type, first, ...more] = arn.resource.split('/');
  if (first === undefined || first === '' || more.includes('')) return undefined;
  if (arn.service === 'iam' && type === 'user') return { kind: 'user', arn, ...id };
  if (arn.service === 'sts' && type === 'federated-user') {
    const user = details.user === undefined ? undefined : parseArn(details.user);
    return { kind: 'federatedUser', arn, ...(user === undefined ? {} : { user }) };
  }
  const isRole = arn.service === 'iam' && type === 'role';
  if (!isRole && !(arn.service === 'sts' && type === 'assumed-role')) return undefined;
  const name = isRole ? (more.at(-1) ?? first) : first;
  const roles = `arn:${arn.partition}:iam::${arn.account}:role/`;
  const role = parseArn(isRole ? text : (details.role ?? roles + name));
  const session = isRole ? parseArn(`arn:${arn.partition}:sts::${arn.account}:assumed-role/${name}`) : arn;
  if (role === undefined || session === undefined || !isRoleNamed(role.text, roles, name)) return undefined;
  const serviceLinked = details.serviceLinked ?? role.resource.startsWith('role/aws-service-role/');
  return { kind: 'session', arn: session, role, serviceLinked, ...id };
}

/** Whether a role's ARN is that of the named role of the account, whatever its path. */
function isRoleNamed(role: string, roles: string, name: string): boolean {
  return role.startsWith(roles) && (role === roles + name || role.endsWith(`/${name}`));
}

/** `sns.amazonaws.com`, `sns.us-east-1.amazonaws.com`, `states.cn-north-1.amazonaws.com.cn`. */
export function isServiceHost(text: string): boolean {
  if (text.length > 255 || !text.includes('.') || text.includes(':') || text.includes('/')) return false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const letter = unit >= 97 && unit <= 122;
    const digit = unit >= 48 && unit <= 57;
    if (!letter && !digit && unit !== 46 && unit !== 45) return false;
  }
  return true;
}
