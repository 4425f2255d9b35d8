import { FALSE } from '../conditions/truth.js';
import type { Decider, Layer } from '../evaluator/layer.js';
import { accountOf } from '../evaluator/principal.js';
import { ACCOUNT_REACH } from '../evaluator/reach.js';
import type { Trace } from '../evaluator/recorder.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { Policy } from '../policy/policy.js';
import type { Asked } from '../replay/outcome.js';
import { placeIn } from '../syntax/locate.js';
import type { Place } from '../syntax/source.js';
import { levelWords } from './level.js';
import { failingLevel, type NamedStatement, nameStatement } from './nearest-miss.js';
import { listed, placeText, visibleText } from './plain-text.js';
import type { RefusedCall } from './refused-call.js';
import { whoCalls } from './refused-call.js';

/** Why a request was refused: the statement that denies, or what it was that did not allow. */
export interface Reason {
  /** In words, the most complete first. */
  readonly says: readonly [string, ...string[]];
  readonly statement?: NamedStatement;
  /** The documents that were searched for an allow in vain. */
  readonly searched: readonly Place[];
}

const NOWHERE: readonly Place[] = [];

/** The reason of a refusal by a policy. */
export function reasonOfVerdict({ outcome }: RefusedCall, { ask, verdict }: Asked, trace: Trace): Reason {
  const who = whoCalls(outcome.call);
  if (isExplicit(verdict) && verdict.statement !== undefined) {
    const statement = nameStatement(verdict.statement);
    const level = levelOfStatement(trace, verdict);
    const where = level === undefined ? '' : levelWords(outcome, ask, level.layer, level.level);
    const owner = policyWords(verdict.decidedBy, who, ask.on, 'one');
    const at = placeText(statement.place, statement.policy);
    const effect = 'explicit deny';
    return {
      says: [`${at} ${statement.name}, an ${effect} in ${owner}${where}`, `${at} ${statement.name}, an ${effect}`],
      statement,
      searched: NOWHERE,
    };
  }
  if (isExplicit(verdict)) return { says: [`a Deny in ${policyWords(verdict.decidedBy, who, ask.on, 'one')}`], searched: NOWHERE };
  return absenceOf({ outcome, who, ask, verdict, trace });
}

function isExplicit({ possible }: Verdict): boolean {
  return possible[0] === 'explicitDeny';
}

function levelOfStatement(
  trace: Trace,
  { statement }: Verdict,
): { readonly layer: Layer; readonly level: number } | undefined {
  for (const entry of trace) {
    if (entry.what !== 'statement' || entry.at.policy !== statement?.policy) continue;
    if (entry.at.statement === statement.statement) return entry;
  }
  return undefined;
}

interface Absence {
  readonly outcome: RefusedCall['outcome'];
  readonly who: string;
  readonly ask: Asked['ask'];
  readonly verdict: Verdict;
  readonly trace: Trace;
}

/** No allow where one is needed: which documents were searched. */
function absenceOf(absence: Absence): Reason {
  const { outcome, who, ask, verdict, trace } = absence;
  const { decidedBy } = verdict;
  if (decidedBy === 'cross-account-exclusion') return exclusion(absence);
  if (decidedBy === 'identity-policy') return noIdentityAllow(absence);
  const layer = layerOfDecider(decidedBy);
  const level = failingLevel(trace, [layer]);
  const searched = policiesOf(absence, layer, level);
  const name = policyWords(decidedBy, who, ask.on, 'all');
  const where = level === undefined ? '' : levelWords(outcome, ask, layer, level);
  const places = documentPlaces(searched);
  if (searched.length === 0) {
    const kind = decidedBy === 'scp' || decidedBy === 'rcp' ? `no ${name}${where}, so none allows it` : `there is no ${name}`;
    return { says: [kind], searched: NOWHERE };
  }
  const grants = Array.isArray(ask.policies.grants) && ask.policies.grants.length > 0 ? ', nor does a grant' : '';
  const plural = decidedBy === 'scp' || decidedBy === 'rcp';
  const short = plural
    ? `${firstPlace(searched)} no ${name.replace('policies', 'policy')}${where} allows it`
    : `${firstPlace(searched)} the ${name} does not allow it${layer === 'resource-policy' ? grants : ''}`;
  return { says: [short], searched: places };
}

function exclusion({ ask, who, outcome }: Absence): Reason {
  const caller = accountOf(outcome.call.caller) ?? 'another account';
  const owner = ask.request.resource.account ?? 'another account';
  return {
    says: [
      `${who} is of account ${caller}, ${ask.on} of ${owner}: no policy can allow ${ask.request.action} across accounts`,
      `no policy can allow ${ask.request.action} to a caller of another account (${caller}; owner ${owner})`,
    ],
    searched: NOWHERE,
  };
}

function noIdentityAllow(absence: Absence): Reason {
  const { who, ask, verdict, trace } = absence;
  const identity = policiesOf(absence, 'identity-policy', undefined);
  const resource = policiesOf(absence, 'resource-policy', undefined);
  const delegating = trace.find(
    (entry) =>
      entry.what === 'statement' && entry.layer === 'resource-policy' && entry.reach === ACCOUNT_REACH && entry.holds !== FALSE,
  );
  const resourceName = resourceWords(ask.request.action);
  const own = identity.length === 0 ? `${who} has no identity policy` : `${firstPlace(identity)} no identity policy of ${who} allows it`;
  const short = identity.length === 0 ? `${own} that allows it` : own;
  const says: string[] = [];
  if (delegating?.what === 'statement') {
    const at = nameStatement(delegating.at);
    says.push(`${own}; the ${resourceName} (${placeText(at.place, at.policy)}) leaves it to them`);
    says.push(`${own}; the ${resourceName} leaves it to them`);
  } else if (!verdict.rules.includes('EVAL-CROSS-ACCOUNT-BOTH-SIDES') && !verdict.rules.includes('KMS-CROSS-ACCOUNT')) {
    const other = resource.length === 0 ? `${visibleText(ask.on)} has no ${resourceName}` : `nor does the ${resourceName} (${firstPlace(resource)})`;
    if (ask.request.resource.arn !== '*') {
      says.push(`${own}, ${resource.length === 0 ? `and ${other}` : other}`);
      says.push(`${own}, ${resource.length === 0 ? `and ${other}` : `nor does the ${resourceName}`}`);
    }
  } else {
    says.push(`${own}; the ${resourceName} does, which is one half of two`);
  }
  return { says: [says[0] ?? short, ...says.slice(1), short], searched: documentPlaces([...identity, ...resource]) };
}

function layerOfDecider(decider: Decider): Layer {
  switch (decider) {
    case 'identity-policy':
    case 'permissions-boundary':
    case 'session-policy':
    case 'scp':
    case 'rcp':
    case 'vpc-endpoint-policy':
      return decider;
    case 'grant':
      return 'grant';
    case 'queue-policy':
    case 'key-policy':
    case 'topic-policy':
    case 'resource-policy':
    case 'cross-account-exclusion':
    case 'key-state':
    case 'not-found':
    case 'parameter':
      return 'resource-policy';
  }
}

/** The policies of a layer that apply to the question, at one level where the layer has several. */
function policiesOf({ ask }: Absence, layer: Layer, level: number | undefined): readonly Policy[] {
  const { policies } = ask;
  const all = <T>(layered: T | 'none' | 'unknown' | undefined): T | undefined =>
    layered === 'none' || layered === 'unknown' ? undefined : layered;
  const one = (policy: Policy | undefined): readonly Policy[] => (policy === undefined ? [] : [policy]);
  switch (layer) {
    case 'identity-policy':
      return all<readonly Policy[]>(policies.identity) ?? [];
    case 'session-policy':
      return all<readonly Policy[]>(policies.session) ?? [];
    case 'resource-policy':
      return one(all<Policy>(policies.resource));
    case 'permissions-boundary':
      return one(all<Policy>(policies.permissionsBoundary));
    case 'vpc-endpoint-policy':
      return one(all<Policy>(policies.vpcEndpoint));
    case 'scp':
      return all<readonly (readonly Policy[])[]>(policies.scp)?.[level ?? 0] ?? [];
    case 'rcp':
      return all<readonly (readonly Policy[])[]>(policies.rcp)?.[level ?? 0] ?? [];
    case 'grant':
      return [];
  }
}

function documentPlaces(policies: readonly Policy[]): readonly Place[] {
  return policies.map(documentPlace);
}

export function documentPlace({ origin }: Policy): Place {
  return { ...placeIn(origin.source, origin.node, []), pointer: origin.pointer };
}

function firstPlace(policies: readonly Policy[]): string {
  const [first, ...others] = policies;
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${placeText(documentPlace(first), first.name)}${more}`;
}

export function resourceWords(action: string): string {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  return service === 'kms' ? 'key policy' : service === 'sqs' ? 'queue policy' : service === 'sns' ? 'topic policy' : 'resource policy';
}

/** A layer's policies with their owner: `the key policy of orders-key`. */
function policyWords(decider: Decider, who: string, on: string, how: 'one' | 'all'): string {
  const the = how === 'one' ? 'the ' : '';
  const a = how === 'one' ? 'a ' : '';
  switch (decider) {
    case 'queue-policy':
    case 'key-policy':
    case 'topic-policy':
    case 'resource-policy':
      return `${the}${decider.replace('-', ' ')} of ${visibleText(on)}`;
    case 'identity-policy':
      return `${how === 'one' ? 'an identity policy' : 'identity policies'} of ${who}`;
    case 'permissions-boundary':
      return `${the}permissions boundary of ${who}`;
    case 'session-policy':
      return `${how === 'one' ? 'a session policy' : 'session policy'} of ${who}`;
    case 'scp':
      return how === 'one' ? 'a service control policy' : 'service control policies';
    case 'rcp':
      return how === 'one' ? 'a resource control policy' : 'resource control policies';
    case 'vpc-endpoint-policy':
      return `${the}VPC endpoint policy`;
    case 'grant':
    case 'key-state':
    case 'not-found':
    case 'cross-account-exclusion':
    case 'parameter':
      return `${a}${listed([decider.replaceAll('-', ' ')])}`;
  }
}
