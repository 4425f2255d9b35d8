import type { Asked } from './context.js';
import { type Reach, reachOfArn, strongest } from './principal.js';
import { folded, type Grant } from './request.js';
import { actionOf, isRetireGrant } from './services.js';

/** KA-6: the strongest way in which a grant on the key reaches the caller. Grants only allow. */
export function reachOfGrants(asked: Asked): Reach {
  const { line, facts } = asked;
  if (asked.service !== 'kms' || !facts['grants-allow']) return 'none';
  const hasToken = ({ token }: Grant) => token !== undefined && line.request.grantTokens?.includes(token);
  // KG-7: a grant not yet consistent everywhere is usable with its token only. The token is no credential.
  const isVisible = (grant: Grant) => !grant.pending || hasToken(grant) || !facts['grant-pending'];
  return strongest((line.grants ?? []).filter(isVisible).map((grant) => reachOfGrant(grant, asked)));
}

/** The grantee may do what the grant covers. KG-8: such a grantee or the retiring principal may retire it. */
function reachOfGrant(grant: Grant, asked: Asked): Reach {
  const grantee = reachOfParty(grant.granteePrincipal, grant.granteeServicePrincipal, asked);
  const covered = covers(grant, asked) ? grantee : 'none';
  if (!isRetireGrant(asked)) return covered;
  const retiring = reachOfParty(grant.retiringPrincipal, grant.retiringServicePrincipal, asked);
  const byRetiring = asked.facts['retire-by-retiring-principal'] ? retiring : 'none';
  return strongest([asked.facts['retire-by-grantee'] ? covered : 'none', byRetiring]);
}

/** KD-4, KD-5: an account delegates to identity policies; boundary and session policy limit a role alone. */
function reachOfParty(arn: string | undefined, host: string | undefined, { caller, facts }: Asked): Reach {
  if (caller.host !== undefined) return host === caller.host ? 'direct' : 'none';
  const reach = arn === undefined ? 'none' : reachOfArn(arn, caller, facts);
  if (reach === 'account') return facts['grant-account-delegates'] ? 'account' : 'direct';
  return reach === 'role' && !facts['grant-role-limited'] ? 'direct' : reach;
}

/** KG-2: some operations cannot be granted. KG-4: context constraints count where a request has a context. */
function covers(grant: Grant, asked: Asked): boolean {
  const { operation, facts } = asked;
  const { grantable, encryptionContext } = actionOf(asked);
  const isListed = grant.operations.some((listed) => listed.toLowerCase() === operation);
  if (!isListed || (!grantable && facts['grant-only-grantable'])) return false;
  // KG-4: SourceArn counts for DescribeKey too, for RetireGrant not.
  const mindsSource = !isRetireGrant(asked) && facts['grant-source-arn'];
  if (mindsSource && !servesSource('aws:sourcearn', grant, asked)) return false;
  if (encryptionContext && facts['grant-context-constraint'] && !pairsHold(grant, asked)) return false;
  return operation !== 'creategrant' || !facts['grant-child-within-parent'] || isParent(grant, asked);
}

/** KG-4: a grant for one source wants that source, and no list, in the key. */
function servesSource(key: string, { constraints }: Grant, { context }: Asked): boolean {
  const [wanted, source] = [constraints?.SourceArn, context.get(key)];
  return wanted === undefined || (source?.multivalued === false && source.values[0] === wanted);
}

/** KG-4: Equals is exactly these pairs, Subset at least these. Keys match in any letter case. */
function pairsHold({ constraints }: Grant, { line, facts }: Asked): boolean {
  const fold = (key: string) => folded(key, facts['grant-constraint-key-ignores-case']);
  const read = (pairs: Readonly<Record<string, string>> = {}): readonly string[] =>
    Object.entries(pairs).map(([key, value]) => JSON.stringify([fold(key), value]));
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints ?? {};
  const sent = read(line.request.encryptionContext).toSorted();
  if (equals !== undefined && read(equals).toSorted().join() !== sent.join()) return false;
  return read(subset).every((pair) => sent.includes(pair));
}

/** KG-6: a grant made through a grant has operations of its parent, and constraints at least as strict. */
function isParent(grant: Grant, asked: Asked): boolean {
  const operations = asked.context.get('kms:grantoperations')?.values ?? [];
  const type = asked.context.get('kms:grantconstrainttype')?.values[0];
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = grant.constraints ?? {};
  if (equals !== undefined && type !== 'EncryptionContextEquals') return false;
  if (subset !== undefined && type === undefined) return false;
  if (!servesSource('kms:grantconstraintsourcearn', grant, asked)) return false;
  return operations.every((one) => grant.operations.includes(one)) && pairsHold(grant, asked);
}
