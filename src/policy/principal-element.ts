import { isAccountId, parseArn } from '../syntax/arn.js';
import { didYouMean } from '../syntax/suggest.js';
import type { PrincipalEntry } from './policy.js';
import { child, complain, type Element, helpFor, isObject, items, kindName, onlyMembers, type Reader, text } from './reader.js';

const TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
const PAGE = 'IAM User Guide, AWS JSON policy elements: Principal';

/**
 * Reads the value of `Principal` or `NotPrincipal`. Entries that cannot name anybody are complained about and left out.
 * Page: IAM User Guide, AWS JSON policy elements: Principal. Rule: PRINCIPAL-NO-WILDCARD
 */
export function readPrincipal(reader: Reader, element: Element): readonly PrincipalEntry[] {
  const before = reader.issues.length;
  const entries = isObject(element) ? readTypes(reader, element) : readBare(reader, element);
  if (entries.length === 0 && reader.issues.length === before) {
    complain(reader, element, {
      code: 'bad-principal',
      message: 'the principal names nobody',
      expected: '`"*"`, or an object such as `{"AWS": "111122223333"}`',
      docs: PAGE,
    });
  }
  return entries;
}

function readBare(reader: Reader, element: Element): readonly PrincipalEntry[] {
  if (element.node.kind !== 'string') {
    complain(reader, element, {
      code: 'wrong-type',
      message: `the principal is ${kindName(element.node)}`,
      expected: '`"*"`, or an object with AWS, Service, Federated or CanonicalUser',
    });
    return [];
  }
  const value = element.node.value;
  if (value === '*') return [{ kind: 'everyone', text: '*' }];
  complain(reader, element, {
    code: 'bad-principal',
    message: value === '' ? 'the principal is empty' : `the principal \`${value}\` does not say of which type it is`,
    expected: '`"*"`, or an object with AWS, Service, Federated or CanonicalUser',
    help: value === '' ? 'write `"*"` for everyone' : `write \`{"${value.endsWith('.amazonaws.com') ? 'Service' : 'AWS'}": "${value}"}\``,
    docs: PAGE,
  });
  if (value.startsWith('arn:')) readAws(reader, element, value);
  return [];
}

function readTypes(reader: Reader, element: Element & { node: { kind: 'object' } }): readonly PrincipalEntry[] {
  onlyMembers(reader, element, TYPES, 'the principal');
  const entries: PrincipalEntry[] = [];
  for (const { key, value } of element.node.members) {
    for (const item of items(child(element, key, value))) {
      const entry = readEntry(reader, item, key);
      if (entry !== undefined) entries.push(entry);
    }
  }
  return entries;
}

function readEntry(reader: Reader, item: Element, type: string): PrincipalEntry | undefined {
  const value = text(reader, item, 'the principal');
  if (value === undefined) return undefined;
  switch (type) {
    case 'AWS':
      return readAws(reader, item, value);
    case 'Service':
      return readService(reader, item, value);
    case 'Federated':
      return { kind: 'federated', text: value, provider: value };
    case 'CanonicalUser':
      return { kind: 'canonicalUser', text: value };
    default:
      return undefined;
  }
}

function readService(reader: Reader, item: Element, value: string): PrincipalEntry | undefined {
  const bad = value.includes('*') || value.includes('?') || !value.includes('.') || value.includes(' ');
  if (!bad) return { kind: 'service', text: value, host: value };
  complain(reader, item, {
    code: 'bad-principal',
    message: `\`${value}\` is no service principal`,
    expected: 'a host name without wildcards, such as `sns.amazonaws.com`',
    help: value.includes('.') ? undefined : `write \`${value.toLowerCase()}.amazonaws.com\``,
    docs: PAGE,
  });
  return undefined;
}

function readAws(reader: Reader, item: Element, value: string): PrincipalEntry | undefined {
  if (value === '*') return { kind: 'everyone', text: value };
  if (isAccountId(value)) return { kind: 'account', text: value, account: value };
  if (isUniqueId(value)) return { kind: 'uniqueId', text: value, id: value };
  const refuse = (message: string, expected?: string, help?: string): undefined => {
    complain(reader, item, { code: 'bad-principal', message, expected, help, docs: PAGE });
    return undefined;
  };
  if (value.includes('*') || value.includes('?')) {
    refuse(
      `the principal \`${value}\` holds a wildcard`,
      'a whole ARN, an account id, or the lone `*`',
      'name the principal, or allow `"*"` with a condition `ArnLike` on `aws:PrincipalArn`',
    );
  }
  const arn = parseArn(value);
  if (arn === undefined) {
    return refuse(
      `\`${value}\` is no principal`,
      'a 12-digit account id, or the ARN of a user, role, session or account root',
      value.endsWith('.amazonaws.com') ? `write \`{"Service": "${value}"}\`` : undefined,
    );
  }
  if (!isAccountId(arn.account) && arn.account !== 'cloudfront' && arn.account !== 'aws') {
    return refuse(`\`${arn.account}\` in \`${value}\` is no account id`, '12 digits');
  }
  if (value.includes('*') || value.includes('?')) return undefined;
  if (arn.service === 'iam' && arn.resource === 'root') {
    return { kind: 'account', text: value, account: arn.account, partition: arn.partition };
  }
  const [type = ''] = arn.resource.split('/', 1);
  const names = arn.resource.length > type.length + 1;
  if (names && arn.service === 'iam' && type === 'user') return { kind: 'user', text: value, arn };
  if (names && arn.service === 'iam' && type === 'role') return { kind: 'role', text: value, arn };
  if (names && arn.service === 'sts' && type === 'assumed-role') return { kind: 'session', text: value, arn };
  if (names && arn.service === 'sts' && type === 'federated-user') return { kind: 'federatedUser', text: value, arn };
  if (arn.service === 'iam' && type === 'group') {
    return refuse(`the group \`${value}\` cannot be a principal`, undefined, 'name its users or roles');
  }
  return refuse(
    `\`${value}\` cannot be a principal`,
    'the ARN of a user, role, session or account root',
    helpFor(didYouMean(type, ['user', 'role', 'assumed-role', 'federated-user', 'root'])).help,
  );
}

/** `AIDA…` (user) or `AROA…` (role): what a saved policy shows once the principal was deleted. Rule: PRINCIPAL-UNIQUE-ID */
function isUniqueId(value: string): boolean {
  if (value.length < 16 || value.length > 128) return false;
  if (!value.startsWith('AIDA') && !value.startsWith('AROA')) return false;
  for (let i = 4; i < value.length; i += 1) {
    const unit = value.charCodeAt(i);
    const isDigit = unit >= 48 && unit <= 57;
    const isCapital = unit >= 65 && unit <= 90;
    if (!isDigit && !isCapital) return false;
  }
  return true;
}
