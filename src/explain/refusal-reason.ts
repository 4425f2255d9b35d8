import { FALSE } from '../conditions/truth.js';
import { type Decider, type Layer, resourcePolicyName } from '../evaluator/layer.js';
import { accountOf } from '../evaluator/principal.js';
import { ACCOUNT_REACH } from '../evaluator/reach.js';
import type { Trace } from '../evaluator/recorder.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { Policy } from '../policy/policy.js';
import type { Asked } from '../replay/outcome.js';
import type { Ask } from '../services/plan.js';
import { placeIn } from '../syntax/locate.js';
import type { Place } from '../syntax/source.js';
import { DECIDER_WORDS } from './assumption.js';
import { levelWords } from './level.js';
import { failingLevel, type NamedStatement, nameStatement } from './nearest-miss.js';
import { placeText, visibleText } from './plain-text.js';
import { type RefusedCall, whoCalls } from './refused-call.js';

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
  const explicit = verdict.possible[0] === 'explicitDeny';
  if (!explicit) return absenceOf({ outcome, who, ask, verdict, trace });
  const owner = policyWords(verdict.decidedBy, who, ask.on);
  if (verdict.statement === undefined) return { says: [`a Deny in ${owner}`], searched: NOWHERE };
  const statement = nameStatement(verdict.statement);
  const found = entryOf(trace, verdict);
  const level = found === undefined ? '' : levelWords(outcome, ask, found.layer, found.level);
  const at = placeText(statement.place, statement.policy);
  return {
    says: [`${at}: ${statement.name} in ${owner}${level} denies it`, `${at}: ${statement.name} denies it`],
    statement,
    searched: NOWHERE,
  };
}

function entryOf(
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
  readonly ask: Ask;
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
  const searched = policiesOf(ask, layer, level);
  const owner = policyWords(decidedBy, who, ask.on);
  const where = level === undefined ? '' : levelWords(outcome, ask, layer, level);
  if (layer === 'scp' || layer === 'rcp') {
    const at = searched.length === 0 ? '' : `${firstPlace(searched)}: `;
    return { says: [`${at}no ${owner.slice(2)}${where} allows it`], searched: documentPlaces(searched) };
  }
  if (searched.length === 0) {
    const whose = layer === 'resource-policy' ? visibleText(ask.on) : who;
    return { says: [`${whose} has no ${DECIDER_WORDS[decidedBy]}`], searched: NOWHERE };
  }
  const keptByAws = ask.policies.keyManager === 'aws' && layer === 'resource-policy';
  if (keptByAws)
    return {
      says: [`the policy of ${visibleText(ask.on)}, which AWS keeps, does not allow it`],
      searched: NOWHERE,
    };
  const says = `${firstPlace(searched)}: ${owner} does not allow it`;
  const { grants } = ask.policies;
  const refusedByGrants = layer === 'resource-policy' && typeof grants === 'object' && grants.length > 0;
  return {
    says: refusedByGrants ? [`${says}, nor does a grant`, says] : [says],
    searched: documentPlaces(searched),
  };
}

function exclusion({ ask, who, outcome }: Absence): Reason {
  const caller = accountOf(outcome.call.caller) ?? 'another account';
  const owner = ask.request.resource.account ?? 'another account';
  return {
    says: [
      `${who} is of account ${caller}, ${visibleText(ask.on)} of ${owner}; no policy can bridge that for this action`,
      `no policy can allow this action to another account (${caller} calls, ${owner} owns)`,
    ],
    searched: NOWHERE,
  };
}

function noIdentityAllow({ who, ask, verdict, trace }: Absence): Reason {
  const identity = policiesOf(ask, 'identity-policy', undefined);
  const resource = policiesOf(ask, 'resource-policy', undefined);
  const searched = documentPlaces([...identity, ...resource]);
  const none =
    ask.policies.identity === undefined ? `no policy of ${who} was given` : `${who} has no identity policy`;
  const own = identity.length === 0 ? none : `${firstPlace(identity)}: ${who}’s policies do not allow it`;
  const name = resourceWords(ask.request.action);
  const [place] = resource;
  const at = place === undefined ? '' : ` (${placeText(documentPlace(place), place.name)})`;
  if (ask.request.resource.arn === '*') return { says: [own], searched };
  if (isAcrossAccounts(verdict)) {
    return { says: [`${own}; the ${name}${at} alone is not enough`, own], searched };
  }
  const delegating = delegatingStatement(trace);
  if (delegating !== undefined) {
    const statement = placeText(delegating.place, delegating.policy);
    return {
      says: [`${own}; the ${name} (${statement}) defers to IAM`, `${own}; the ${name} defers to IAM`, own],
      searched,
    };
  }
  if (place === undefined)
    return { says: [`${own}, and ${visibleText(ask.on)} has no ${name}`, own], searched };
  return { says: [`${own}, nor does the ${name}${at}`, `${own}, nor does the ${name}`, own], searched };
}

function isAcrossAccounts({ rules }: Verdict): boolean {
  return rules.includes('EVAL-CROSS-ACCOUNT-BOTH-SIDES') || rules.includes('KMS-CROSS-ACCOUNT');
}

/** The statement of the resource policy that allows the account, and so defers to IAM. */
function delegatingStatement(trace: Trace): NamedStatement | undefined {
  for (const entry of trace) {
    if (entry.what !== 'statement' || entry.layer !== 'resource-policy' || entry.holds === FALSE) continue;
    const effect = entry.at.policy.statements.find(({ index }) => index === entry.at.statement)?.effect;
    if (effect === 'Allow' && entry.reach === ACCOUNT_REACH) return nameStatement(entry.at);
  }
  return undefined;
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
function policiesOf({ policies }: Ask, layer: Layer, level: number | undefined): readonly Policy[] {
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

/** The resource policy of an action's service, by the name people know. */
export function resourceWords(action: string): string {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  return DECIDER_WORDS[resourcePolicyName(service)];
}

/** One policy of a layer with its owner: `the key policy of orders-key`. */
function policyWords(decider: Decider, who: string, on: string): string {
  switch (decider) {
    case 'queue-policy':
    case 'key-policy':
    case 'topic-policy':
    case 'resource-policy':
      return `the ${DECIDER_WORDS[decider]} of ${visibleText(on)}`;
    case 'identity-policy':
      return `an identity policy of ${who}`;
    case 'permissions-boundary':
      return `the permissions boundary of ${who}`;
    case 'session-policy':
      return `the session policy of ${who}`;
    case 'scp':
      return 'a service control policy';
    case 'rcp':
      return 'a resource control policy';
    case 'vpc-endpoint-policy':
      return 'the VPC endpoint policy';
    case 'grant':
    case 'key-state':
    case 'not-found':
    case 'cross-account-exclusion':
    case 'parameter':
      return `the ${DECIDER_WORDS[decider]}`;
  }
}
