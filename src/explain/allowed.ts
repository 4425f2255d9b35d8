import { TRUE } from '../conditions/truth.js';
import { type Decider, type Layer, resourcePolicyName } from '../evaluator/layer.js';
import type { Trace } from '../evaluator/recorder.js';
import type { ApplicablePolicies } from '../evaluator/request.js';
import type { StatementRef } from '../evaluator/verdict.js';
import type { Asked, Outcome } from '../replay/outcome.js';
import { assumptionText } from './assumption.js';
import { type CitedRule, citeFirst } from './cited-rule.js';
import { traceOf } from './explanation.js';
import type { ComparedFacet } from './facet.js';
import { facetTexts } from './facet-words.js';
import { fitLines, type Section } from './fit-lines.js';
import { grantContents, grantName, grantOf } from './grant-words.js';
import { matchOf, type NamedStatement, nameStatement, statementOf } from './nearest-miss.js';
import { placeText, visibleText } from './plain-text.js';
import { isAcrossAccounts } from './refusal-reason.js';
import { refusedTexts, whoCalls } from './refused-call.js';
import { tellingRules } from './telling-rule.js';
import { ruleSection } from './why.js';

/** All that there is to say about one request that was allowed, as plain data; `allowedLines` puts it into words. */
export interface Allowance {
  readonly action: string;
  readonly on: string;
  readonly who: string;
  readonly by: Decider;
  /** The statement that allows; none where a grant does, or the root user's own right. */
  readonly statement?: NamedStatement;
  /** The grant that allows: its name, whom it serves and for what. */
  readonly grant?: { readonly name: string; readonly contents: string };
  /** Across accounts: the statement of the caller's own account, which must allow as well. */
  readonly along?: { readonly by: Decider; readonly statement: NamedStatement };
  /** What about the request the statement asks for: first of all a condition that holds though its key is absent. */
  readonly matched?: ComparedFacet;
  readonly rule?: CitedRule;
  /** Layers that were not given and assumed not to refuse. */
  readonly assumed: readonly Layer[];
}

/** Explains each request of a call that was asked and allowed, in order. */
export function explainAllowed(outcome: Outcome): readonly Allowance[] {
  return outcome.asked
    .filter(({ verdict, cached }) => !cached && verdict.decision === 'allowed')
    .map((asked) => allowanceOf(asked, whoCalls(outcome.call)));
}

function allowanceOf(asked: Asked, who: string): Allowance {
  const { ask, verdict } = asked;
  const trace = traceOf(ask);
  // Across accounts the caller's own account can allow anything: what the owner allows says more.
  const door = isAcrossAccounts(verdict) ? openDoor(trace) : undefined;
  const statement = door ?? verdict.statement;
  const found = statement === undefined ? undefined : matchOf(trace, ask, { ...verdict, statement });
  const grant = verdict.decidedBy === 'grant' ? allowingGrant(trace, ask.policies) : undefined;
  const matched = found?.is === 'deny' ? found.matched : undefined;
  const isSilent = matched?.of === 'condition' && matched.actual.is === 'absent';
  const rule = citeFirst(isSilent ? tellingRules(asked, found) : verdict.rules, ask.request.action);
  return {
    action: ask.request.action,
    on: ask.on,
    who,
    by: door === undefined ? verdict.decidedBy : resourceDecider(ask.request.action),
    ...(statement === undefined ? {} : { statement: nameStatement(statement) }),
    ...(grant === undefined ? {} : { grant }),
    ...(door === undefined || verdict.statement === undefined || verdict.statement.policy === door.policy
      ? {}
      : { along: { by: verdict.decidedBy, statement: nameStatement(verdict.statement) } }),
    ...(matched === undefined ? {} : { matched }),
    ...(rule === undefined ? {} : { rule }),
    assumed: verdict.assumed,
  };
}

function allowingGrant(trace: Trace, policies: ApplicablePolicies): Allowance['grant'] {
  const entry = trace.find((each) => each.what === 'grant' && each.missed === undefined);
  if (entry?.what !== 'grant') return undefined;
  const grant = grantOf(policies, entry.id);
  return {
    name: grantName(grant, entry.id),
    contents: grant === undefined ? '' : grantContents(grant),
  };
}

/** The first statement of the resource policy that allows. */
function openDoor(trace: Trace): StatementRef | undefined {
  for (const entry of trace) {
    if (entry.what !== 'statement' || entry.layer !== 'resource-policy' || entry.holds !== TRUE) continue;
    if (statementOf(entry.at).effect === 'Allow') return entry.at;
  }
  return undefined;
}

function resourceDecider(action: string): Decider {
  return resourcePolicyName(action.slice(0, action.indexOf(':')).toLowerCase());
}

const FRAME = { width: 100, lines: 8, first: ['matched', 'rule', 'because', 'allowed'] };

/** What allowed a request, in at most eight lines of at most a hundred columns, in the form of `whyLines`. */
export function allowedLines(allowance: Allowance): readonly string[] {
  const { action, on, who, matched, rule, assumed, statement } = allowance;
  const sections: readonly Section[] = [
    { label: 'allowed', texts: refusedTexts([{ api: visibleText(action), on: visibleText(on), by: who }]) },
    { label: 'because', texts: becauseTexts(allowance) },
    ...(matched === undefined ? [] : [matchedSection(matched, statement)]),
    ...(rule === undefined ? [] : [ruleSection(rule)]),
    ...(assumed.length === 0 ? [] : [assumedSection(assumed)]),
  ];
  return fitLines(sections, FRAME);
}

function becauseTexts({ who, statement, grant, along }: Allowance): readonly [string, ...string[]] {
  if (grant !== undefined) {
    const plain = `grant ${grant.name} allows it`;
    return [`${plain}: ${grant.contents}`, plain];
  }
  if (statement === undefined) return [`${who} needs no policy that allows it`];
  const own = `${placeText(statement.place, statement.policy)}: ${statement.name} allows it`;
  if (along === undefined) return [own];
  const { place, policy, name } = along.statement;
  return [`${own}, and so does ${name} (${placeText(place, policy)})`, own];
}

/** The words for a Deny also tell what makes of an absent key a match. */
function matchedSection(matched: ComparedFacet, statement: NamedStatement | undefined): Section {
  const is = matched.actual.is === 'absent' && !matched.negated ? 'deny' : 'allow';
  const [first, ...others] = facetTexts(matched, { is, name: statement?.name ?? 'the allow' });
  const at = placeText(matched.place, statement?.policy);
  return { label: 'matched', texts: [`${at}: ${first}`, ...others.map((text) => `${at}: ${text}`)] };
}

function assumedSection(assumed: readonly Layer[]): Section {
  return { label: 'assumed', texts: [assumptionText(assumed, true)] };
}
