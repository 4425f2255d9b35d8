import { type Arn, isAccountId, parseArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import { didYouMean } from '../syntax/suggest.js';
import type { PrincipalEntry } from './policy.js';
import { type Complaint, complain, type Element, type Reader } from './reader.js';

const PAGE = 'IAM User Guide, AWS JSON policy elements: Principal';

/**
 * Reads one value of the principal type `AWS`; `undefined` after a complaint for what names nobody: groups, instance
 * profiles, organizations, and anything with a wildcard.
 * Page: IAM User Guide, AWS JSON policy elements: Principal. Rule: PRINCIPAL-NO-WILDCARD, PRINCIPAL-UNIQUE-ID
 */
export function readAwsPrincipal(reader: Reader, item: Element, value: string): PrincipalEntry | undefined {
  if (value === '*') return { kind: 'everyone', text: value };
  if (isAccountId(value)) return { kind: 'account', text: value, account: value };
  if (isUniqueId(value)) return { kind: 'uniqueId', text: value, id: value };
  const arn = parseArn(value);
  const entry = arn === undefined || holdsPattern(value) ? undefined : entryOf(arn);
  if (entry === undefined) {
    const refusal = holdsPattern(value)
      ? refusePattern(value)
      : arn === undefined
        ? refuseText(value)
        : refuseArn(arn);
    complain(reader, item, { code: 'bad-principal', docs: PAGE, ...refusal });
  }
  return entry;
}

/** `AIDA…` (user) or `AROA…` (role): what a saved policy shows once the principal was deleted. */
function isUniqueId(value: string): boolean {
  return value.length >= 16 && value.length <= 128 && /^A(?:IDA|ROA)[A-Z0-9]*$/.test(value);
}

function holdsPattern(value: string): boolean {
  return value.includes('*') || value.includes('?') || value.includes('${');
}

function entryOf(arn: Arn): PrincipalEntry | undefined {
  const { text, partition, service, region, account, resource } = Object.freeze(arn);
  const [type = '', ...names] = resource.split('/');
  const isCloudFront = account === 'cloudfront' && type === 'user';
  if (partition === '' || region !== '' || !(isAccountId(account) || isCloudFront)) return undefined;
  if (service === 'iam' && resource === 'root') return { kind: 'account', text, account, partition };
  if (names.length === 0 || names.at(-1) === '') return undefined;
  switch (`${service}:${type}`) {
    case 'iam:user':
      return { kind: 'user', text, arn };
    case 'iam:role':
      return { kind: 'role', text, arn };
    case 'sts:assumed-role':
      return names.length === 2 && names[0] !== '' ? { kind: 'session', text, arn } : undefined;
    case 'sts:federated-user':
      return names.length === 1 ? { kind: 'federatedUser', text, arn } : undefined;
    default:
      return undefined;
  }
}

type Refusal = Pick<Complaint, 'message' | 'expected' | 'help'>;

function refusePattern(value: string): Refusal {
  return {
    message: `the principal ${excerpt(value)} holds a ${value.includes('${') ? 'policy variable' : 'wildcard'}`,
    expected: 'a whole ARN, an account id, or the lone `*`',
    help: 'name the principal, or use `"*"` with a condition `ArnLike` on `aws:PrincipalArn`',
  };
}

function refuseText(value: string): Refusal {
  return {
    message: value === '' ? 'the principal is empty' : `${excerpt(value)} is no principal`,
    expected: 'a 12-digit account id, or the ARN of a user, role, session or account root',
    help: helpForText(value),
  };
}

const NOT_PRINCIPALS: ReadonlyMap<string, string> = new Map([
  ['AGPA', 'this is the id of a group: name its users or roles'],
  ['AIPA', 'this is the id of an instance profile: name its role'],
  ['AKIA', 'this is an access key id: name its user'],
  ['ASIA', 'this is an access key id: name its role'],
]);

function helpForText(value: string): string | undefined {
  if (value.endsWith('.amazonaws.com')) return 'name services under `Service`';
  if (/^o-[a-z0-9]{10,32}$/.test(value)) return 'use `"*"` with a condition on `aws:PrincipalOrgID`';
  if (/^[0-9]{4}-[0-9]{4}-[0-9]{4}$/.test(value)) return `write \`${value.replaceAll('-', '')}\``;
  if (/^[0-9]{9,11}$/.test(value))
    return 'an account id has 12 digits: perhaps zeros at its beginning were lost';
  return value.length >= 16 ? NOT_PRINCIPALS.get(value.slice(0, 4)) : undefined;
}

const OTHER_ARNS: ReadonlyMap<string, string> = new Map([
  ['iam:group', 'name its users or roles'],
  ['iam:instance-profile', 'name its role'],
  ['iam:oidc-provider', 'name identity providers under `Federated`'],
  ['iam:saml-provider', 'name identity providers under `Federated`'],
  ['iam:assumed-role', 'the ARN of a session begins `arn:aws:sts:`'],
  ['iam:federated-user', 'the ARN of a federated user begins `arn:aws:sts:`'],
  [
    'sts:assumed-role',
    'write `assumed-role/role-name/session-name`, or name the role: `arn:aws:iam::…:role/…`',
  ],
  ['sts:role', 'the ARN of a role begins `arn:aws:iam:`'],
  ['organizations:organization', 'use `"*"` with a condition on `aws:PrincipalOrgID`'],
  ['organizations:ou', 'use `"*"` with a condition on `aws:PrincipalOrgPaths`'],
]);

function refuseArn({ text, service, region, account, resource }: Arn): Refusal {
  const [type = ''] = resource.split('/', 1);
  const isIdentity = service === 'iam' || service === 'sts';
  if (isIdentity && !isAccountId(account)) {
    return { message: `${excerpt(account)} in ${excerpt(text)} is no account id`, expected: '12 digits' };
  }
  const help =
    isIdentity && region !== ''
      ? `leave the Region ${excerpt(region)} out: these ARNs have none`
      : OTHER_ARNS.get(`${service}:${type}`);
  return {
    message: `${excerpt(text)} cannot be a principal`,
    expected: 'the ARN of a user, role, session or account root',
    help: help ?? didYouMean(type, ['user', 'role', 'assumed-role', 'federated-user', 'root']),
  };
}
