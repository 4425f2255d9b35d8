import { type Reach, reachOfArn, strongest } from './principal.js';
import { folded, type Grant, type Line } from './request.js';
import { isRetireGrant, kmsAction } from './services.js';
import type { Asked } from './statement.js';

/** KA-6: the strongest way in which a grant reaches the caller for this request. Grants only allow. */
export function reachOfGrants(line: Line, asked: Asked): Reach {
  if (asked.service !== 'kms' || !asked.facts['grants-allow']) return 'none';
  const usable = (line.grants ?? []).filter((grant) => isVisible(grant, line, asked));
  return strongest(usable.map((grant) => reachOfGrant(grant, line, asked)));
}

/** KG-7: a grant not yet consistent everywhere is usable with its token only. The token is no credential. */
function isVisible({ pending, token }: Grant, { request }: Line, { facts }: Asked): boolean {
  const isTokenSent = token !== undefined && request.grantTokens?.includes(token) === true;
  return pending !== true || isTokenSent || !facts['grant-pending'];
}

/** What the grant covers, its grantee may do. A grant is retired by such a grantee or by its retiring principal (KG-8). */
function reachOfGrant(grant: Grant, line: Line, asked: Asked): Reach {
  const { facts } = asked;
  const covers =
    includes(grant, asked) && constraintsHold(grant, line, asked) && isWithin(grant, line, asked);
  const grantee = covers
    ? reachOfParty(grant.granteePrincipal, grant.granteeServicePrincipal, asked)
    : 'none';
  if (!isRetireGrant(asked)) return grantee;
  const retiring = reachOfParty(grant.retiringPrincipal, grant.retiringServicePrincipal, asked);
  return strongest([
    facts['retire-by-grantee'] ? grantee : 'none',
    facts['retire-by-retiring-principal'] ? retiring : 'none',
  ]);
}

/** KG-2: some operations cannot be granted. */
function includes({ operations }: Grant, asked: Asked): boolean {
  const isListed = operations.some((listed) => listed.toLowerCase() === asked.operation);
  return isListed && (kmsAction(asked).grantable === true || !asked.facts['grant-only-grantable']);
}

/** KD-4, KD-5: an account delegates to its identity policies; boundary and session policy limit a role and nobody else. */
function reachOfParty(arn: string | undefined, host: string | undefined, { caller, facts }: Asked): Reach {
  if (caller.host !== undefined) return host === caller.host ? 'direct' : 'none';
  const reach = arn === undefined ? 'none' : reachOfArn(arn, caller, facts);
  if (reach === 'account') return facts['grant-account-delegates'] ? 'account' : 'direct';
  return reach === 'role' && !facts['grant-role-limited'] ? 'direct' : reach;
}

/**
 * KG-4: `SourceArn` must equal the request's one `aws:SourceArn`, DescribeKey included; RetireGrant is free of it. What is
 * said of the encryption context counts for operations that have one.
 */
function constraintsHold(grant: Grant, line: Line, asked: Asked): boolean {
  const { facts, context } = asked;
  const wanted =
    isRetireGrant(asked) || !facts['grant-source-arn'] ? undefined : grant.constraints?.SourceArn;
  const source = context.get('aws:sourcearn');
  const isSource = wanted === undefined || (source?.multivalued === false && source.values[0] === wanted);
  const minded = kmsAction(asked).encryptionContext === true && facts['grant-context-constraint'];
  return isSource && (!minded || pairsHold(grant, line, asked));
}

/** KG-4, Equals: exactly these pairs. Subset: at least these pairs. Keys match in any letter case, values exactly. */
function pairsHold({ constraints }: Grant, { request }: Line, { facts }: Asked): boolean {
  const read = (pairs: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> => {
    const fold = (key: string) => folded(key, facts['grant-constraint-key-ignores-case']);
    return new Map(Object.entries(pairs).map(([key, value]) => [fold(key), value]));
  };
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints ?? {};
  const sent = read(request.encryptionContext);
  const has = (pairs: typeof equals) => [...read(pairs)].every(([key, value]) => sent.get(key) === value);
  return has(subset) && has(equals) && (equals === undefined || read(equals).size === sent.size);
}

/**
 * KG-6: a grant made through a grant has no operation that its parent lacks, and constraints at least as strict: under
 * Subset any constraint with those pairs or more, under Equals the same Equals.
 */
function isWithin(parent: Grant, line: Line, asked: Asked): boolean {
  if (asked.operation !== 'creategrant' || !asked.facts['grant-child-within-parent']) return true;
  const operations = asked.context.get('kms:grantoperations')?.values ?? [];
  const type = asked.context.get('kms:grantconstrainttype')?.values[0];
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = parent.constraints ?? {};
  if (equals !== undefined && type !== 'EncryptionContextEquals') return false;
  if (subset !== undefined && type === undefined) return false;
  return (
    operations.every((one) => parent.operations.includes(one)) &&
    pairsHold(parent, line, asked) &&
    childServesThatSource(parent.constraints?.SourceArn, asked)
  );
}

/** KG-6: a parent that serves one source has children that serve that source, and no other. */
function childServesThatSource(wanted: string | undefined, asked: Asked): boolean {
  const source = asked.context.get('kms:grantconstraintsourcearn');
  return wanted === undefined || (source?.multivalued === false && source.values[0] === wanted);
}
