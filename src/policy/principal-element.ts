import { excerpt } from '../syntax/excerpt.js';
import { readAwsPrincipal } from './aws-principal.js';
import { frozenList } from './frozen-list.js';
import type { PrincipalEntry } from './policy.js';
import {
  child,
  complain,
  type Element,
  isObject,
  items,
  kindName,
  onlyMembers,
  type Reader,
  text,
} from './reader.js';

const TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
const PAGE = 'IAM User Guide, AWS JSON policy elements: Principal';
const EVERYONE = Object.freeze([Object.freeze({ kind: 'everyone' as const, text: '*' })]);
const NOBODY: readonly never[] = Object.freeze([]);
const FORMS = '`"*"`, or an object with AWS, Service, Federated or CanonicalUser';

/**
 * Reads the value of `Principal` or `NotPrincipal`, frozen. Entries that cannot name anybody are complained about and left out.
 * Page: IAM User Guide, AWS JSON policy elements: Principal. Rule: PRINCIPAL-NO-WILDCARD
 */
export function readPrincipal(reader: Reader, element: Element): readonly PrincipalEntry[] {
  if (!isObject(element)) return readBare(reader, element);
  onlyMembers(reader, element, TYPES, 'the principal');
  if (element.node.members.length === 0) {
    complain(reader, element, {
      code: 'bad-principal',
      message: 'the principal names nobody',
      expected: '`"*"`, or an object such as `{"AWS": "111122223333"}`',
      docs: PAGE,
    });
  }
  const entries: PrincipalEntry[] = [];
  for (const { key, value } of element.node.members)
    readType(reader, child(element, key, value), key, entries);
  return frozenList(entries);
}

function readBare(reader: Reader, element: Element): readonly PrincipalEntry[] {
  const { node } = element;
  if (node.kind === 'string' && node.value === '*') return EVERYONE;
  if (node.kind !== 'string') {
    complain(reader, element, {
      code: 'wrong-type',
      message: `the principal is ${kindName(node)}`,
      expected: FORMS,
      docs: PAGE,
    });
    return NOBODY;
  }
  const { value } = node;
  const type = value.endsWith('.amazonaws.com') ? 'Service' : 'AWS';
  complain(reader, element, {
    code: 'bad-principal',
    message:
      value === ''
        ? 'the principal is empty'
        : `the principal ${excerpt(value)} does not say of which type it is`,
    expected: FORMS,
    help: value === '' ? 'write `"*"` for everyone' : `put it into an object: \`{"${type}": …}\``,
    docs: PAGE,
  });
  return NOBODY;
}

function readType(reader: Reader, element: Element, type: string, into: PrincipalEntry[]): void {
  const values = items(element);
  if (values.length === 0) {
    complain(reader, element, {
      code: 'empty-list',
      message: `the list of ${excerpt(type)} principals is empty`,
      expected: 'at least one entry',
    });
  }
  for (const item of values) {
    const entry = readEntry(reader, item, type);
    if (entry !== undefined) into.push(Object.freeze(entry));
  }
}

function readEntry(reader: Reader, item: Element, type: string): PrincipalEntry | undefined {
  const value = text(reader, item, 'the principal');
  if (value === undefined) return undefined;
  switch (type) {
    case 'AWS':
      return readAwsPrincipal(reader, item, value);
    case 'Service':
      return readService(reader, item, value);
    case 'Federated':
      return isNamed(reader, item, value) ? { kind: 'federated', text: value, provider: value } : undefined;
    case 'CanonicalUser':
      return isNamed(reader, item, value) ? { kind: 'canonicalUser', text: value } : undefined;
    default:
      return undefined;
  }
}

function readService(reader: Reader, item: Element, value: string): PrincipalEntry | undefined {
  if (/^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/.test(value))
    return { kind: 'service', text: value, host: value };
  const isAws = value.startsWith('arn:') || /^[0-9]{12}$/.test(value);
  const isShortName = /^[A-Za-z0-9-]{1,40}$/.test(value);
  complain(reader, item, {
    code: 'bad-principal',
    message: `${excerpt(value)} is no service principal`,
    expected: 'a host name without wildcards, such as `sns.amazonaws.com`',
    help: isAws
      ? 'name accounts, users and roles under `AWS`'
      : isShortName
        ? `write \`${value.toLowerCase()}.amazonaws.com\``
        : undefined,
    docs: PAGE,
  });
  return undefined;
}

function isNamed(reader: Reader, item: Element, value: string): boolean {
  if (value !== '' && !value.includes('*') && !value.includes('?')) return true;
  complain(reader, item, {
    code: 'bad-principal',
    message: value === '' ? 'the principal is empty' : `the principal ${excerpt(value)} holds a wildcard`,
    expected: 'one whole name: of a provider under Federated, an id of 64 digits under CanonicalUser',
    docs: PAGE,
  });
  return false;
}
