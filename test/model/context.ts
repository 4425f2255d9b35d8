import type { Facts } from './facts.js';
import { readCaller } from './principal.js';
import { folded, type Line, listOf, type OneOrMany, type Optional, statedValue } from './request.js';
import { actionOf } from './services.js';
import { literalTokens, splitArn, type Token, wildcardTokens } from './wildcard.js';

export type ResourceLayer = 'queue-policy' | 'key-policy' | 'topic-policy' | 'resource-policy';
const LAYERS = Object.entries({ sqs: 'queue-policy', kms: 'key-policy', sns: 'topic-policy' } as const);

/** EV-15: other partitions are abroad. KR-4, RCP-5, KA-9: no resource is the caller's own matter. */
export function readLine(line: Line, facts: Facts) {
  const caller = readCaller(line);
  const { action, resourceAccount } = line.request;
  const [service = '', ...rest] = action.toLowerCase().split(':');
  const operation = rest.join(':');
  const [, resourceLayer] = LAYERS.find(([name]) => name === service) ?? [service, 'resource-policy'];
  const isKeyless = service === 'kms' && actionOf({ service, operation }).resource === '*';
  const resource = isKeyless ? '*' : line.request.resource;
  const arn = splitArn(resource);
  const stated = resourceAccount ?? (arn?.[4] || statedValue(line, 'aws:resourceaccount'));
  const owner = resource === '*' ? undefined : stated;
  const isAbroad = caller.partition !== undefined && caller.partition !== (arn?.[1] ?? caller.partition);
  const isOwners = caller.account !== undefined && caller.account === (owner ?? caller.account) && !isAbroad;
  return { line, facts, caller, service, operation, resource, arn, resourceLayer, owner, isAbroad, isOwners };
}
type Read = Readonly<ReturnType<typeof readLine>>;
export type Asked = Read & { readonly context: Context };

/** A key of the request, by the name it was given. Lists are multivalued, whatever their length (C-4). */
export type ContextValue = Optional<'name', string> &
  Readonly<{ values: readonly string[]; multivalued: boolean }>;
export type Context = ReadonlyMap<string, ContextValue>;
type Keys = Readonly<Record<string, OneOrMany<string> | undefined>>;
/** In what a text is read, a condition value unless the element is said. V-2: has its policy variables? */
export type Scope = Pick<Asked, 'context' | 'facts'> &
  Optional<'element', 'Resource'> & { readonly variables: boolean };

export const lookUp = (key: string, { context, facts }: Scope) =>
  context.get(folded(key, facts['keys-ignore-case']));

/** The keys of the request; those that caller and resource imply are added unless the context is complete. */
export function contextOf(asked: Read): Context {
  const { request, contextIsComplete } = asked.line;
  const keys: Keys[] = [contextIsComplete === true ? {} : derivedKeys(asked), request.context ?? {}];
  const context = new Map<string, ContextValue>();
  for (const [name, value] of keys.flatMap((some) => Object.entries(some))) {
    const [key, values] = [folded(name, asked.facts['keys-ignore-case']), listOf(value)];
    if (values.length === 0) context.delete(key);
    else context.set(key, { name, values, multivalued: Array.isArray(value) });
  }
  return context;
}

/** Sections 5.1 and 5.2, row by row; G-A9; kms.md section 9. The caller calls by itself and over TLS. */
function derivedKeys({ line, caller, service, arn, owner, facts }: Read): Keys {
  const { kind, host, account, userid } = caller;
  const pairs = Object.entries(line.request.encryptionContext ?? {});
  const region = arn?.[3] || undefined;
  const regional = region && host?.split('.').length === 3 ? [host.replace('.', `.${region}.`)] : [];
  const ofPrincipal: Keys = {
    'aws:PrincipalArn': caller.arn,
    'aws:PrincipalAccount': kind === 'Anonymous' ? 'anonymous' : account,
    'aws:PrincipalType': kind === 'Service' ? undefined : kind,
    'aws:userid': userid,
    'aws:username': kind === 'User' ? caller.arn?.split('/').at(-1) : undefined,
    'aws:PrincipalIsAWSService': kind === 'Anonymous' ? undefined : `${kind === 'Service'}`,
    'aws:PrincipalServiceName': host,
    'aws:PrincipalServiceNamesList': host && [host, ...regional],
  };
  const ofKmsCall: Keys = {
    'kms:CallerAccount': account,
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
  return {
    ...(facts['context-of-principal'] && ofPrincipal),
    'aws:ResourceAccount': facts['context-of-resource'] ? owner : undefined,
    'aws:RequestedRegion': region,
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    ...(service === 'kms' && facts['context-of-kms-call'] && ofKmsCall),
    ...(service === 'sns' && facts['context-of-sns-call'] && { 'aws:SourceOwner': account }),
  };
}

/** Policies of resources, RCPs and endpoint policies see neither key (section 5.2, kms.md section 9). */
export function resourceContext({ context, facts }: Asked): Context {
  const unseen = [
    facts['source-function-not-in-resource-policies'] && 'lambda:sourcefunctionarn',
    facts['resource-aliases-not-in-key-policies'] && 'kms:resourcealiases',
  ];
  return new Map([...context].filter(([key]) => !unseen.includes(key.toLowerCase())));
}

/** V-1: `${key}`, `${key, 'default'}` and `${*}`, `${?}`, `${$}`, whose names are their values. V-6, V-7. */
export function expandVariables(text: string, from: number, scope: Scope): readonly Token[] | undefined {
  const { facts } = scope;
  const start = scope.variables && facts['variables-replaced'] ? text.indexOf('${', from) : -1;
  const close = text.indexOf('}', start);
  const comma = text.slice(0, close).indexOf(", '", start);
  const end = comma < 0 ? close : text.indexOf("'}", comma + 3);
  if (start < 0 || end < 0) return wildcardTokens(text);
  const name = text.slice(start + 2, comma < 0 ? end : comma);
  const isSpecial = ['*', '?', '$'].includes(name);
  const fallback = comma < 0 ? [] : [text.slice(comma + 3, end)];
  const value = isSpecial ? name : valueOfVariable(name, fallback, scope);
  const after = expandVariables(text.slice(comma < 0 ? end + 1 : end + 2), 0, scope);
  const unresolved = facts[`variables-unresolved-${scope.element === 'Resource' ? 'name' : 'match'}-nothing`];
  if (after === undefined || (value === undefined && unresolved)) return undefined;
  const isLiteral = facts[isSpecial ? 'special-variables' : 'variables-are-literal'];
  const replacement = (isLiteral ? literalTokens : wildcardTokens)(value ?? '');
  return [...wildcardTokens(text.slice(0, start)), ...replacement, ...after];
}

/** V-5: the single value of the key; the default where the key is absent, which a multivalued one is not. */
function valueOfVariable(name: string, [fallback]: readonly string[], scope: Scope): string | undefined {
  const { facts } = scope;
  const found = lookUp(name, scope);
  if (found?.multivalued && facts['variables-single-valued']) return undefined;
  const isNamed = found?.name === undefined || found.name === name || facts['variable-names-ignore-case'];
  return (isNamed ? found?.values[0] : undefined) ?? (facts['variable-defaults'] ? fallback : undefined);
}
