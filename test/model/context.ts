import type { Facts } from './facts.js';
import type { Caller } from './principal.js';
import { type Line, listOf, type OneOrMany } from './request.js';
import { literalTokens, splitArn, type Token, wildcardTokens } from './wildcard.js';

export interface ContextValue {
  /** The key as it is written; without it, as it is looked up. */
  readonly name?: string;
  readonly values: readonly string[];
  /** Lists are multivalued keys, whatever their length. */
  readonly multivalued: boolean;
}

export type Context = ReadonlyMap<string, ContextValue>;

export function foldKey(key: string, facts: Facts): string {
  return facts['keys-ignore-case'] ? key.toLowerCase() : key;
}

/** What a statement is judged against; `variables` says whether the policy's language has them. */
export interface Scope {
  readonly context: Context;
  /** Where a text stands whose variables are expanded; a condition value unless said. */
  readonly element?: 'Resource';
  readonly variables: boolean;
  readonly facts: Facts;
}

/** The keys of the request; those that principal and resource imply are added unless the context is complete. */
export function contextOf(line: Line, caller: Caller, owner: string | undefined, facts: Facts): Context {
  const derived = line.contextIsComplete === true ? {} : derivedKeys(line, caller, owner, facts);
  const context = new Map<string, ContextValue>();
  for (const [key, value] of [...Object.entries(derived), ...Object.entries(line.request.context ?? {})]) {
    const values = listOf(value);
    context.delete(foldKey(key, facts));
    if (values.length > 0)
      context.set(foldKey(key, facts), { name: key, values, multivalued: Array.isArray(value) });
  }
  return context;
}

type Keys = Readonly<Record<string, OneOrMany<string> | undefined>>;

function derivedKeys(line: Line, caller: Caller, owner: string | undefined, facts: Facts): Keys {
  const { action, resource, encryptionContext = {} } = line.request;
  const service = action.split(':')[0]?.toLowerCase();
  const region = splitArn(resource)?.[3] || undefined;
  const account = 'account' in caller ? caller.account : undefined;
  const pairs = Object.entries(encryptionContext).map(([name, value]) => [
    `kms:EncryptionContext:${name}`,
    value,
  ]);
  const ofKey = { 'kms:CallerAccount': account, 'kms:EncryptionContextKeys': Object.keys(encryptionContext) };
  return {
    ...(facts['context-of-principal'] ? keysOfCaller(caller, region) : {}),
    'aws:ResourceAccount': facts['context-of-resource'] ? owner : undefined,
    'aws:RequestedRegion': region,
    // Section 5.2: always present; a line describes a call of the caller's own, over TLS.
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    ...(service === 'kms' && facts['context-of-kms-call'] ? { ...ofKey, ...Object.fromEntries(pairs) } : {}),
    ...(service === 'sns' && facts['context-of-sns-call'] ? { 'aws:SourceOwner': account } : {}),
  };
}

const TYPES = { user: 'User', session: 'AssumedRole', federated: 'FederatedUser', root: 'Account' } as const;

function keysOfCaller(caller: Caller, region: string | undefined): Keys {
  if (caller.kind === 'anonymous') {
    return {
      'aws:PrincipalAccount': 'anonymous',
      'aws:PrincipalType': 'Anonymous',
      'aws:userid': 'anonymous',
    };
  }
  if (caller.kind === 'service') {
    const names = [caller.host];
    if (region !== undefined && caller.host.split('.').length === 3)
      names.push(caller.host.replace('.', `.${region}.`));
    const service = { 'aws:PrincipalServiceName': caller.host, 'aws:PrincipalServiceNamesList': names };
    return { ...service, 'aws:PrincipalIsAWSService': 'true' };
  }
  const { kind, arn, account, userid } = caller;
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': TYPES[kind],
    'aws:userid': userid,
    'aws:username': kind === 'user' ? arn.slice(arn.lastIndexOf('/') + 1) : undefined,
    'aws:PrincipalIsAWSService': 'false',
  };
}

/** Policies of resources, organizations' resource policies and those of endpoints see neither of these two keys. */
export function contextOfResourcePolicy(context: Context, facts: Facts): Context {
  const hidden = new Set<string>();
  if (facts['source-function-not-in-resource-policies']) hidden.add('lambda:sourcefunctionarn');
  if (facts['resource-aliases-not-in-key-policies']) hidden.add('kms:resourcealiases');
  return new Map([...context].filter(([key]) => !hidden.has(key.toLowerCase())));
}

/**
 * Replaces `${key}` and `${key, 'default'}`, from the given position on; `${*}`, `${?}` and `${$}` are those characters.
 * `undefined` when a variable has no single value and no default. Replacements are literal text.
 */
export function expandVariables(text: string, from: number, scope: Scope): readonly Token[] | undefined {
  const { facts } = scope;
  const start = scope.variables && facts['variables-replaced'] ? text.indexOf('${', from) : -1;
  const plainEnd = text.indexOf('}', start);
  const quoted = text.indexOf(", '", start);
  const hasDefault = quoted >= 0 && quoted < plainEnd;
  const end = hasDefault ? text.indexOf("'}", quoted + 3) : plainEnd;
  if (start < 0 || end < 0) return wildcardTokens(text);
  const name = text.slice(start + 2, hasDefault ? quoted : end);
  // V-1, V-5: a default stands in for a key that is absent, and a multivalued one is present.
  const isMany = scope.context.get(foldKey(name, facts))?.multivalued && facts['variables-single-valued'];
  const fallback =
    hasDefault && !isMany && facts['variable-defaults'] ? text.slice(quoted + 3, end) : undefined;
  const special = ['*', '?', '$'].includes(name);
  const value = special ? name : (singleValue(name, scope) ?? fallback);
  const after = expandVariables(text.slice(end + (hasDefault ? 2 : 1)), 0, scope);
  const nothing =
    scope.element === 'Resource' ? 'variables-unresolved-name-nothing' : 'variables-unresolved-match-nothing';
  if (after === undefined || (value === undefined && facts[nothing])) return undefined;
  const literal = facts[special ? 'special-variables' : 'variables-are-literal'];
  const tokens = literal ? literalTokens(value ?? '') : wildcardTokens(value ?? '');
  return [...wildcardTokens(text.slice(0, start)), ...tokens, ...after];
}

function singleValue(name: string, { context, facts }: Scope): string | undefined {
  const found = context.get(foldKey(name, facts));
  if (found?.name !== undefined && found.name !== name && !facts['variable-names-ignore-case'])
    return undefined;
  return found?.multivalued && facts['variables-single-valued'] ? undefined : found?.values[0];
}
