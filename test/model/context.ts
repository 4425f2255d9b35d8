import type { Facts } from './facts.js';
import type { Caller } from './principal.js';
import { folded, type Line, listOf, type OneOrMany } from './request.js';
import { literalTokens, splitArn, type Token, wildcardTokens } from './wildcard.js';

export interface ContextValue {
  /** The key as it is written; without it, as it is looked up. */
  readonly name?: string;
  readonly values: readonly string[];
  /** Lists are multivalued keys, whatever their length (C-4). */
  readonly multivalued: boolean;
}

export type Context = ReadonlyMap<string, ContextValue>;

/** What a statement is judged against; `variables` says whether the policy's language has them. */
export interface Scope {
  readonly context: Context;
  /** Where a text stands whose variables are expanded; a condition value unless said. */
  readonly element?: 'Resource';
  readonly variables: boolean;
  readonly facts: Facts;
}

export function foldKey(key: string, facts: Facts): string {
  return folded(key, facts['keys-ignore-case']);
}

/** The keys of the request; those that caller and resource imply are added unless the context is complete. */
export function contextOf(line: Line, caller: Caller, owner: string | undefined, facts: Facts): Context {
  const derived = line.contextIsComplete === true ? {} : derivedKeys(line, caller, owner, facts);
  const context = new Map<string, ContextValue>();
  for (const [name, value] of [...Object.entries(derived), ...Object.entries(line.request.context ?? {})]) {
    const values = listOf(value);
    if (values.length === 0) context.delete(foldKey(name, facts));
    else context.set(foldKey(name, facts), { name, values, multivalued: Array.isArray(value) });
  }
  return context;
}

type Keys = Readonly<Record<string, OneOrMany<string> | undefined>>;

/** Sections 5.1 and 5.2, G-A9, kms.md section 9. A line describes a call of the caller's own, over TLS. */
function derivedKeys(line: Line, caller: Caller, owner: string | undefined, facts: Facts): Keys {
  const { action, resource, encryptionContext = {} } = line.request;
  const service = action.split(':')[0]?.toLowerCase();
  const region = splitArn(resource)?.[3] || undefined;
  const ofKmsCall: Record<string, OneOrMany<string> | undefined> = {
    'kms:CallerAccount': caller.account,
    'kms:EncryptionContextKeys': Object.keys(encryptionContext),
  };
  for (const [name, value] of Object.entries(encryptionContext))
    ofKmsCall[`kms:EncryptionContext:${name}`] = value;
  return {
    ...(facts['context-of-principal'] ? keysOfCaller(caller, region) : {}),
    'aws:ResourceAccount': facts['context-of-resource'] ? owner : undefined,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    ...(service === 'kms' && facts['context-of-kms-call'] ? ofKmsCall : {}),
    ...(service === 'sns' && facts['context-of-sns-call'] ? { 'aws:SourceOwner': caller.account } : {}),
  };
}

/** Section 5.1, row by row. A service's names include its regional one (PR-5). */
function keysOfCaller({ kind, host, arn, account, userid }: Caller, region: string | undefined): Keys {
  const [isService, isAnonymous] = [kind === 'Service', kind === 'Anonymous'];
  const hasRegional = host?.split('.').length === 3 && region !== undefined;
  return {
    'aws:PrincipalArn': arn,
    'aws:PrincipalAccount': isAnonymous ? 'anonymous' : account,
    'aws:PrincipalType': isService ? undefined : kind,
    'aws:userid': userid,
    'aws:username': kind === 'User' ? arn?.split('/').at(-1) : undefined,
    'aws:PrincipalIsAWSService': isAnonymous ? undefined : `${isService}`,
    'aws:PrincipalServiceName': host,
    'aws:PrincipalServiceNamesList': host && [
      host,
      ...(hasRegional ? [host.replace('.', `.${region}.`)] : []),
    ],
  };
}

/** Policies of resources, RCPs and endpoint policies see neither of these two keys (section 5.2, kms.md section 9). */
export function contextOfResourcePolicy(context: Context, facts: Facts): Context {
  const unseen = [
    facts['source-function-not-in-resource-policies'] ? 'lambda:sourcefunctionarn' : '',
    facts['resource-aliases-not-in-key-policies'] ? 'kms:resourcealiases' : '',
  ];
  return new Map([...context].filter(([key]) => !unseen.includes(key.toLowerCase())));
}

/**
 * V-1: replaces `${key}` and `${key, 'default'}`, from the given position on; `${*}`, `${?}` and `${$}` are those
 * characters. Replacements are literal text (V-7). `undefined` when a variable has no value (V-6).
 */
export function expandVariables(text: string, from: number, scope: Scope): readonly Token[] | undefined {
  const { facts } = scope;
  const start = scope.variables && facts['variables-replaced'] ? text.indexOf('${', from) : -1;
  const close = text.indexOf('}', start);
  const comma = text.slice(0, close).indexOf(", '", start);
  const end = comma < 0 ? close : text.indexOf("'}", comma + 3);
  if (start < 0 || end < 0) return wildcardTokens(text);
  const name = text.slice(start + 2, comma < 0 ? end : comma);
  const isSpecial = ['*', '?', '$'].includes(name);
  const fallback = comma < 0 ? undefined : text.slice(comma + 3, end);
  const value = isSpecial ? name : valueOfVariable(name, fallback, scope);
  const after = expandVariables(text.slice(comma < 0 ? end + 1 : end + 2), 0, scope);
  const unresolved = scope.element === 'Resource' ? 'name' : 'match';
  if (after === undefined || (value === undefined && facts[`variables-unresolved-${unresolved}-nothing`])) {
    return undefined;
  }
  const tokensOf = facts[isSpecial ? 'special-variables' : 'variables-are-literal']
    ? literalTokens
    : wildcardTokens;
  return [...wildcardTokens(text.slice(0, start)), ...tokensOf(value ?? ''), ...after];
}

/** V-5: the single value of the key. A default stands in for a key that is absent, and a multivalued one is present. */
function valueOfVariable(
  name: string,
  fallback: string | undefined,
  { context, facts }: Scope,
): string | undefined {
  const found = context.get(foldKey(name, facts));
  if (found?.multivalued && facts['variables-single-valued']) return undefined;
  const isNamed = found?.name === undefined || found.name === name || facts['variable-names-ignore-case'];
  return (isNamed ? found?.values[0] : undefined) ?? (facts['variable-defaults'] ? fallback : undefined);
}
