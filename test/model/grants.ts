import { type Caller, type Reach, reachOfArn, strongest } from './principal.js';
import type { Grant, Line } from './request.js';
import { GRANTABLE, isRetireGrant, operationOf, SENDS_ENCRYPTION_CONTEXT } from './services.js';
import type { Asked } from './statement.js';

/** The strongest way in which a grant reaches the caller for this request. Grants only allow. */
export function reachOfGrants(line: Line, asked: Asked): Reach {
  if (!asked.facts['grants-allow']) return 'none';
  const usable = (line.grants ?? []).filter((grant) => isVisible(grant, line, asked));
  return strongest(usable.map((grant) => reachOfGrant(grant, line, asked)));
}

/** A new grant that is not yet consistent everywhere is usable with its token only; the token is no credential. */
function isVisible(grant: Grant, line: Line, asked: Asked): boolean {
  const tokenSent = grant.token !== undefined && (line.request.grantTokens ?? []).includes(grant.token);
  return grant.pending !== true || tokenSent || !asked.facts['grant-pending'];
}

function reachOfGrant(grant: Grant, line: Line, asked: Asked): Reach {
  const { facts, caller } = asked;
  const operation = operationOf(asked);
  const covers =
    grant.operations.some((listed) => listed.toLowerCase() === operation) &&
    (GRANTABLE.has(operation) || !facts['grant-only-grantable']) &&
    sourceArnHolds(grant, asked) &&
    encryptionContextHolds(grant, line, asked) &&
    childIsNoWider(grant, line, asked);
  const grantee = reachOfParty(grant.granteePrincipal, grant.granteeServicePrincipal, caller, asked);
  if (!isRetireGrant(asked)) return covers ? grantee : 'none';
  const retiring = reachOfParty(grant.retiringPrincipal, grant.retiringServicePrincipal, caller, asked);
  return strongest([
    covers && facts['retire-by-grantee'] ? grantee : 'none',
    facts['retire-by-retiring-principal'] ? retiring : 'none',
  ]);
}

/** An account party delegates to its identity policies; a role party is limited by boundary and session policy; others are not. */
function reachOfParty(
  arn: string | undefined,
  host: string | undefined,
  caller: Caller,
  asked: Asked,
): Reach {
  if (caller.kind === 'service') return host === caller.host ? 'direct' : 'none';
  const reach = arn === undefined ? 'none' : reachOfArn(arn, caller, asked.facts);
  if (reach === 'account' && !asked.facts['grant-account-delegates']) return 'direct';
  return reach === 'role' && !asked.facts['grant-role-limited'] ? 'direct' : reach;
}

/** `SourceArn` must equal the request's `aws:SourceArn`, DescribeKey included; RetireGrant is free of it. */
function sourceArnHolds(grant: Grant, asked: Asked): boolean {
  const wanted = grant.constraints?.SourceArn;
  if (wanted === undefined || isRetireGrant(asked) || !asked.facts['grant-source-arn']) return true;
  // Section 5.2: aws:SourceArn has one value; a list is none that a grant could serve.
  const source = asked.context.get('aws:sourcearn');
  return source !== undefined && !source.multivalued && source.values[0] === wanted;
}

type Pairs = ReadonlyMap<string, string>;

/** Keys of a constraint match in any letter case, values exactly. */
function pairsOf(pairs: Readonly<Record<string, string>>, asked: Asked): Pairs {
  const fold = (key: string): string =>
    asked.facts['grant-constraint-key-ignores-case'] ? key.toLowerCase() : key;
  return new Map(Object.entries(pairs).map(([key, value]) => [fold(key), value]));
}

function contains(all: Pairs, some: Pairs): boolean {
  return [...some].every(([key, value]) => all.get(key) === value);
}

/** Equals: exactly these pairs. Subset: at least these pairs. Operations that send no encryption context ignore both. */
function encryptionContextHolds(grant: Grant, line: Line, asked: Asked): boolean {
  if (!SENDS_ENCRYPTION_CONTEXT.has(operationOf(asked)) || !asked.facts['grant-context-constraint'])
    return true;
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = grant.constraints ?? {};
  const sent = pairsOf(line.request.encryptionContext ?? {}, asked);
  const equalsHolds = equals === undefined || same(sent, pairsOf(equals, asked));
  return equalsHolds && (subset === undefined || contains(sent, pairsOf(subset, asked)));
}

function same(a: Pairs, b: Pairs): boolean {
  return contains(a, b) && contains(b, a);
}

/**
 * A grant made through a grant has no operation that its parent lacks, and constraints at least as strict: under Subset
 * any constraint with those pairs or more, under Equals the same Equals.
 */
function childIsNoWider(parent: Grant, line: Line, asked: Asked): boolean {
  if (operationOf(asked) !== 'creategrant' || !asked.facts['grant-child-within-parent']) return true;
  const operations = asked.context.get('kms:grantoperations')?.values ?? [];
  const type = asked.context.get('kms:grantconstrainttype')?.values[0];
  const pairs = pairsOf(line.request.encryptionContext ?? {}, asked);
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = parent.constraints ?? {};
  return (
    operations.every((operation) => parent.operations.includes(operation)) &&
    (equals === undefined || (type === 'EncryptionContextEquals' && same(pairs, pairsOf(equals, asked)))) &&
    (subset === undefined || (type !== undefined && contains(pairs, pairsOf(subset, asked))))
  );
}
