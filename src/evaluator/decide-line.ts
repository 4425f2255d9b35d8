import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import { type PolicyOptions, parsePolicy, policyFromNode } from '../policy/parse-policy.js';
import type { Policy, PolicyType, PrincipalEntry } from '../policy/policy.js';
import { readPrincipal } from '../policy/principal-element.js';
import {
  child,
  complain,
  type Element,
  isArray,
  isObject,
  items,
  kindName,
  member,
  pointerOf,
  type Reader,
  text,
} from '../policy/reader.js';
import { excerpt } from '../syntax/excerpt.js';
import { scalarText } from '../syntax/scalar.js';
import type { ObjectNode, Source } from '../syntax/source.js';
import { didYouMean } from '../syntax/suggest.js';
import type { Grant } from './request.js';

/** Reads the parts of one `decide` line out of its tree. Each function complains about what it cannot use. */
export interface LineReader extends Reader {
  readonly source: Source;
}

export function noteUnknownMembers(
  reader: LineReader,
  at: Element<ObjectNode>,
  known: readonly string[],
): void {
  for (const { key, value } of at.node.members) {
    if (known.includes(key) || NOTES.has(key)) continue;
    complain(reader, child(at, key, value), {
      code: 'unknown-element',
      severity: 'note',
      message: `${excerpt(key)} is ignored`,
      help: () => didYouMean(key, known),
    });
  }
}

/** Members that describe a case to people and carry nothing to decide. */
const NOTES = new Set([
  'doc',
  'situation',
  'why',
  'expect',
  'confidence',
  'title',
  'evidence',
  'note',
  'source',
  'resourceAccountScps',
]);

export function flag(reader: LineReader, at: Element<ObjectNode>, name: string): boolean | undefined {
  const found = member(at, name);
  if (found === undefined) return undefined;
  if (found.node.kind === 'boolean') return found.node.value;
  complain(reader, found, {
    code: 'wrong-type',
    message: `${name} is ${kindName(found.node)}`,
    expected: '`true` or `false`',
  });
  return undefined;
}

export function policyAt(
  reader: LineReader,
  at: Element,
  type: PolicyType,
  name: string,
): Policy | undefined {
  const options: PolicyOptions = { name };
  const result =
    at.node.kind === 'string'
      ? parsePolicy({ name, text: at.node.value }, type, options)
      : policyFromNode(reader.source, at.node, type, options, [], pointerOf(at));
  reader.issues.push(...result.issues);
  return result.ok ? result.value : undefined;
}

export function policiesAt(
  reader: LineReader,
  at: Element,
  type: PolicyType,
  name: string,
): readonly Policy[] {
  return items(at).flatMap((item, index) => policyAt(reader, item, type, `${name} ${index + 1}`) ?? []);
}

/** Levels from the organization's root down, each a list of policies. */
export function levelsAt(
  reader: LineReader,
  at: Element,
  type: PolicyType,
  name: string,
): readonly (readonly Policy[])[] {
  if (!isArray(at)) {
    complain(reader, at, {
      code: 'wrong-type',
      message: `${name} is ${kindName(at.node)}`,
      expected: 'a list of levels from the root of the organization down, each a list of policies',
    });
    return [];
  }
  return items(at).map((level, index) =>
    policiesAt(reader, level, type, `${name} of level ${index + 1}, policy`),
  );
}

/** Context values: text, a list of texts, or `{"unknown": true}`. Two spellings of one key are an issue. */
export function contextAt(reader: LineReader, at: Element): readonly (readonly [string, ContextValue])[] {
  if (!isObject(at)) {
    complain(reader, at, {
      code: 'wrong-type',
      message: `context is ${kindName(at.node)}`,
      expected: 'an object from condition keys to values',
    });
    return [];
  }
  const seen = new Map<string, string>();
  return at.node.members.flatMap(({ key, value }) => {
    const item = child(at, key, value);
    const twin = seen.get(key.toLowerCase());
    if (twin !== undefined) {
      complain(reader, item, {
        code: 'condition-key-letter-case',
        message: `${excerpt(key)} and ${excerpt(twin)} are the same condition key`,
        help: 'condition keys are compared without regard to letter case: give one value',
      });
    }
    seen.set(key.toLowerCase(), key);
    const given = contextValue(reader, item);
    return given === undefined ? [] : [[key, given] as const];
  });
}

function contextValue(reader: LineReader, at: Element): ContextValue | undefined {
  const { node } = at;
  if (isObject(at)) {
    const unknown = member(at, 'unknown');
    if (unknown?.node.kind === 'boolean' && unknown.node.value && at.node.members.length === 1)
      return UNKNOWN;
  }
  if (isArray(at)) return items(at).flatMap((item) => scalarText(item.node) ?? refuse(reader, item));
  return scalarText(node) ?? refuse(reader, at)[0];
}

function refuse(reader: LineReader, at: Element): readonly never[] {
  complain(reader, at, {
    code: 'wrong-type',
    message: `the context value is ${kindName(at.node)}`,
    expected: 'a string, a list of strings, or {"unknown": true}',
  });
  return [];
}

export function pairsAt(reader: LineReader, at: Element, what: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (!isObject(at)) {
    complain(reader, at, {
      code: 'wrong-type',
      message: `${what} is ${kindName(at.node)}`,
      expected: 'an object from names to texts',
    });
    return pairs;
  }
  for (const { key, value } of at.node.members) {
    const item = text(reader, child(at, key, value), `the value of ${what}`);
    if (item !== undefined) pairs.set(key, item);
  }
  return pairs;
}

export function textsAt(reader: LineReader, at: Element, what: string): readonly string[] {
  return items(at).flatMap((item) => text(reader, item, what) ?? []);
}

/** `{id, granteePrincipal | granteeServicePrincipal, operations, constraints?, retiringPrincipal?, pending?, token?}` */
export function grantAt(reader: LineReader, at: Element, index: number): Grant | undefined {
  if (!isObject(at)) {
    complain(reader, at, {
      code: 'wrong-type',
      message: `the grant is ${kindName(at.node)}`,
      expected: 'an object',
    });
    return undefined;
  }
  checkGrantMembers(reader, at);
  const grantee =
    principalAt(reader, at, 'granteePrincipal', 'AWS') ??
    principalAt(reader, at, 'granteeServicePrincipal', 'Service');
  const operations = member(at, 'operations');
  if (grantee === undefined || operations === undefined) {
    complain(reader, at, {
      code: 'missing-element',
      message: 'the grant has no grantee or no operations',
      expected: 'granteePrincipal and operations',
    });
    return undefined;
  }
  const retiring =
    principalAt(reader, at, 'retiringPrincipal', 'AWS') ??
    principalAt(reader, at, 'retiringServicePrincipal', 'Service');
  const constraints = member(at, 'constraints');
  const token = member(at, 'token');
  const name = member(at, 'id');
  const tokenText = token === undefined ? undefined : text(reader, token, 'the grant token');
  return {
    id: name?.node.kind === 'string' ? name.node.value : `grant ${index + 1}`,
    grantee,
    operations: textsAt(reader, operations, 'the operation').map((each) =>
      each.startsWith('kms:') ? each.slice(4) : each,
    ),
    ...(constraints === undefined ? {} : constraintsAt(reader, constraints)),
    ...(retiring === undefined ? {} : { retiring }),
    ...(flag(reader, at, 'pending') === true ? { pending: true } : {}),
    ...(tokenText === undefined ? {} : { token: tokenText }),
  };
}

const GRANT_MEMBERS = [
  'id',
  'granteePrincipal',
  'granteeServicePrincipal',
  'retiringPrincipal',
  'retiringServicePrincipal',
  'operations',
  'constraints',
  'pending',
  'token',
];

function namedAlike(key: string): string | undefined {
  return GRANT_MEMBERS.find((name) => name.toLowerCase() === key.toLowerCase());
}

/** AWS prints grants with capitals. A constraint that is passed over would widen the grant, so that is no mere note. */
function checkGrantMembers(reader: LineReader, at: Element<ObjectNode>): void {
  const misspelt = at.node.members.filter(({ key }) => !GRANT_MEMBERS.includes(key) && namedAlike(key));
  for (const { key, value } of misspelt) {
    complain(reader, child(at, key, value), {
      code: 'unknown-element',
      message: `a grant has no member ${excerpt(key)}`,
      help: `write \`${namedAlike(key)}\``,
    });
  }
  noteUnknownMembers(reader, at, [...GRANT_MEMBERS, ...misspelt.map(({ key }) => key)]);
}

function principalAt(
  reader: LineReader,
  grant: Element<ObjectNode>,
  name: string,
  type: string,
): PrincipalEntry | undefined {
  const at = member(grant, name);
  if (at === undefined) return undefined;
  const node: ObjectNode = { kind: 'object', members: [{ key: type, value: at.node }] };
  const [entry] = readPrincipal(reader, { ...at, node });
  if (entry?.kind !== 'everyone') return entry;
  complain(reader, at, { code: 'bad-principal', message: `${name} is everyone`, expected: 'one ARN' });
  return undefined;
}

const CONSTRAINTS = ['EncryptionContextEquals', 'EncryptionContextSubset', 'SourceArn'];

type Constraints = Pick<Grant, 'encryptionContextEquals' | 'encryptionContextSubset' | 'sourceArn'>;

function constraintsAt(reader: LineReader, at: Element): Constraints {
  if (!isObject(at)) {
    complain(reader, at, {
      code: 'wrong-type',
      message: `constraints is ${kindName(at.node)}`,
      expected: 'an object',
    });
    return {};
  }
  for (const { key, value } of at.node.members) {
    if (CONSTRAINTS.includes(key)) continue;
    complain(reader, child(at, key, value), {
      code: 'unknown-element',
      message: `a grant has no constraint ${excerpt(key)}`,
      expected: CONSTRAINTS.join(', '),
    });
  }
  const equals = member(at, 'EncryptionContextEquals');
  const subset = member(at, 'EncryptionContextSubset');
  const source = member(at, 'SourceArn');
  const sourceArn = source === undefined ? undefined : text(reader, source, 'SourceArn');
  return {
    ...(equals === undefined
      ? {}
      : { encryptionContextEquals: pairsAt(reader, equals, 'EncryptionContextEquals') }),
    ...(subset === undefined
      ? {}
      : { encryptionContextSubset: pairsAt(reader, subset, 'EncryptionContextSubset') }),
    ...(sourceArn === undefined ? {} : { sourceArn }),
  };
}
