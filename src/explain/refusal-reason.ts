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
import { failingLevel, type NamedStatement, nameStatement, statementOf } from './nearest-miss.js';
import { bothPlaces, type PlaceWriter, visibleText } from './plain-text.js';
import { POLICY_LAYERS, type PolicyLayer, policiesOf } from './policy-layers.js';
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
  const who = whoCalls(ask.madeBy ?? outcome.call);
  const explicit = verdict.possible[0] === 'explicitDeny';
  if (!explicit) return absenceOf({ outcome, who, ask, verdict, trace });
  const owner = policyWords(verdict.decidedBy, who, ask.on);
  if (verdict.statement === undefined) return { says: [`a Deny in ${owner}`], searched: NOWHERE };
  const statement = nameStatement(verdict.statement);
  const found = entryOf(trace, verdict);
  const level = found === undefined ? '' : levelWords(outcome, ask, found.layer, found.level);
  const denies = (place: PlaceWriter): readonly [string, string, string] => {
    const at = `${place(statement.place, statement.policy)}: ${statement.name}`;
    return [`${at} in ${owner}${level} denies it`, `${at} in ${owner} denies it`, `${at} denies it`];
  };
  return { says: bothPlaces(denies), statement, searched: NOWHERE };
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
  const searched = policiesOf(ask.policies, layer, level);
  const owner = policyWords(decidedBy, who, ask.on);
  const where = level === undefined ? '' : levelWords(outcome, ask, layer, level);
  const places = documentPlaces(searched);
  if (layer === 'scp' || layer === 'rcp') {
    const says = `no ${owner.slice(2)}${where} allows it`;
    return { says: bothPlaces((place) => [`${prefixOf(searched, place)}${says}`]), searched: places };
  }
  if (searched.length === 0) {
    const whose = layer === 'resource-policy' ? visibleText(ask.on) : who;
    return { says: [`${whose} has no ${DECIDER_WORDS[decidedBy]}`], searched: places };
  }
  if (ask.policies.keyManager === 'aws' && layer === 'resource-policy') {
    return {
      says: [`the policy of ${visibleText(ask.on)}, which AWS keeps, does not allow it`],
      searched: NOWHERE,
    };
  }
  const { grants } = ask.policies;
  const hasGrants = layer === 'resource-policy' && typeof grants === 'object' && grants.length > 0;
  const says = bothPlaces((place) => {
    const short = `${prefixOf(searched, place)}${owner} does not allow it`;
    return hasGrants ? [`${short}, nor does a grant`, short] : [short];
  });
  return { says, searched: places };
}

function exclusion({ ask, who, outcome }: Absence): Reason {
  const caller = accountOf(outcome.call.caller);
  if (caller === undefined)
    return {
      says: [`${who} is of no account, and this action is for principals of an account`],
      searched: NOWHERE,
    };
  const owner = ask.request.resource.account ?? 'another account';
  return {
    says: [
      `${who} is of account ${caller}, ${visibleText(ask.on)} of ${owner}; no policy can bridge that for this action`,
      `no policy can allow this action to another account (${caller} calls, ${owner} owns)`,
    ],
    searched: NOWHERE,
  };
}

function noIdentityAllow(absence: Absence): Reason {
  const { who, ask } = absence;
  const identity = policiesOf(ask.policies, 'identity-policy');
  const resource = policiesOf(ask.policies, 'resource-policy');
  const [other] = resource;
  const none =
    ask.policies.identity === undefined ? `no policy of ${who} was given` : `${who} has no identity policy`;
  const says = bothPlaces((place) => {
    const own =
      identity.length === 0 ? none : `${prefixOf(identity, place)}${who}’s policies do not allow it`;
    const [more, ...shorter] = resourceSide(absence, other, identity.length === 0, place);
    return more === undefined ? [own] : [`${own}${more}`, ...shorter.map((text) => `${own}${text}`), own];
  });
  return { says, searched: documentPlaces([...identity, ...resource]) };
}

/** What the resource policy has to do with the missing allow of the identity policies; the more complete first. */
function resourceSide(
  { ask, verdict, trace }: Absence,
  policy: Policy | undefined,
  isFirst: boolean,
  place: PlaceWriter,
): readonly string[] {
  if (ask.request.resource.arn === '*') return [];
  const name = `the ${resourceWords(ask.request.action)}`;
  if (policy === undefined) return [`, and ${visibleText(ask.on)} has no ${name.slice(4)}`];
  const at = place(documentPlace(policy), policy.name);
  if (isAcrossAccounts(verdict))
    return [`; ${name} (${at}) alone is not enough`, `; ${name} alone is not enough`];
  const delegating = delegatingStatement(trace);
  if (delegating !== undefined) {
    const statement = place(delegating.place, delegating.policy);
    return [`; ${name} (${statement}) defers to IAM`, `; ${name} defers to IAM`];
  }
  if (isFirst) return [`, and ${name} (${at}) does not allow it`, `, and ${name} does not allow it`];
  return [`, nor does ${name} (${at})`, `, nor does ${name}`];
}

export function isAcrossAccounts({ rules }: Verdict): boolean {
  return rules.includes('EVAL-CROSS-ACCOUNT-BOTH-SIDES') || rules.includes('KMS-CROSS-ACCOUNT');
}

/** The statement of the resource policy that allows the account, and so defers to IAM. */
function delegatingStatement(trace: Trace): NamedStatement | undefined {
  for (const entry of trace) {
    if (entry.what !== 'statement' || entry.layer !== 'resource-policy' || entry.holds === FALSE) continue;
    if (statementOf(entry.at).effect === 'Allow' && entry.reach === ACCOUNT_REACH)
      return nameStatement(entry.at);
  }
  return undefined;
}

/** The layer of which an allow was wanted; what else refuses has the resource policy in its place. */
function layerOfDecider(decider: Decider): PolicyLayer {
  return POLICY_LAYERS.find((layer) => layer === decider) ?? 'resource-policy';
}

function documentPlaces(policies: readonly Policy[]): readonly Place[] {
  return policies.map(documentPlace);
}

export function documentPlace({ origin }: Policy): Place {
  return { ...placeIn(origin.source, origin.node, []), pointer: origin.pointer };
}

/** The first of the documents, how many more there are, and a colon. */
function prefixOf([first, ...others]: readonly Policy[], place: PlaceWriter): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${place(documentPlace(first), first.name)}${more}: `;
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
    default:
      return `the ${DECIDER_WORDS[decider]}`;
  }
}
