import { nudgeCaller, nudgePrincipal } from './nudge-caller.js';
import { nudgeCondition, nudgeContext } from './nudge-condition.js';
import { nudgeGrant } from './nudge-grant.js';
import { nudgeArn, nudgeText, nudgeWord } from './nudge-text.js';
import { type Members, membersOf, nudgeMember, pickFrom, policiesOf, statementsOf } from './parts.js';
import type { Random } from './random.js';

type Nudge = (line: Members, random: Random) => void;

/** What the rules that begin so are about. The first beginning that fits counts. */
const SUBJECTS: readonly (readonly [string, readonly [Nudge, ...Nudge[]]])[] = [
  ['COND-', [nudgeCondition]],
  ['VAR-PLACES', [nudgeCondition, nudgeResource]],
  ['VAR-UNRESOLVED-RESOURCE', [nudgeResource, nudgeContext]],
  ['VAR-', [nudgeCondition, nudgeResource, nudgeContext, nudgeVersion]],
  ['CONTEXT-', [nudgeCondition, nudgeContext, nudgeCaller]],
  ['WILD-CONDITION', [nudgeCondition]],
  ['WILD-ACTION', [nudgeAction]],
  ['ACTION-', [nudgeAction]],
  ['WILD-RESOURCE', [nudgeResource]],
  ['RESOURCE-', [nudgeResource]],
  ['NOT-PRINCIPAL-', [nudgePrincipal, nudgeCaller]],
  ['PRINCIPAL-', [nudgePrincipal, nudgeCaller]],
  ['KMS-GRANT-', [nudgeGrant, nudgeGrant, nudgeCaller]],
  ['KMS-RETIRE-GRANT', [nudgeGrant, nudgeCaller, nudgePrincipal]],
  ['KMS-RESOURCE-IS-THIS-KEY', [nudgeResource]],
  ['KMS-RESOURCE-ALIASES-IAM-ONLY', [nudgeCondition]],
  ['KMS-', [nudgePrincipal, nudgeCaller, nudgeAction]],
  ['EVAL-', [nudgePrincipal, nudgeCaller, nudgeAction, nudgeCondition]],
  ['', [nudgeAction, nudgeResource, nudgeCaller, nudgeCondition]],
];

/** Changes a little of what the rule is about. */
export function nudge(line: Members, about: string, random: Random): void {
  const subject = SUBJECTS.find(([beginning]) => about.startsWith(beginning));
  if (subject !== undefined) random.pick(subject[1])(line, random);
}

function nudgeVersion(line: Members, random: Random): void {
  const policy = pickFrom(policiesOf(line), random);
  if (policy !== undefined) policy.Version = policy.Version === '2012-10-17' ? '2008-10-17' : '2012-10-17';
}

function nudgeAction(line: Members, random: Random): void {
  const statement = pickFrom(statementsOf(line), random);
  if (statement === undefined) return;
  if (statement.Principal === '*' && statement.Effect === 'Deny') return;
  const name = statement.Action === undefined ? 'NotAction' : 'Action';
  if (random.chance(0.15) && statement[name] !== undefined) {
    statement[name === 'Action' ? 'NotAction' : 'Action'] = statement[name];
    delete statement[name];
    return;
  }
  nudgeMember(statement, name, nudgeActionName, random);
}

function nudgeActionName(text: string, random: Random): string {
  const colon = text.indexOf(':');
  if (colon < 0) return text;
  const [service, name] = [text.slice(0, colon), text.slice(colon + 1)];
  if (random.chance(0.12)) return `${nudgeWord(service, random).replaceAll(/[${}]/g, '')}:${name}`;
  return `${service}:${nudgeWord(name, random).replaceAll(/[${}=]/g, '') || '*'}`;
}

function nudgeResource(line: Members, random: Random): void {
  const request = membersOf(line.request);
  const statement = pickFrom(statementsOf(line), random);
  if (statement === undefined) return;
  const name = statement.Resource === undefined ? 'NotResource' : 'Resource';
  const value = statement[name];
  if (value === undefined) return;
  if (random.chance(0.1)) {
    statement[name === 'Resource' ? 'NotResource' : 'Resource'] = value;
    delete statement[name];
  } else if (random.chance(value === '*' ? 0.8 : 0.2)) {
    statement[name] = nudgeArn(String(request.resource), random);
  } else nudgeMember(statement, name, nudgeText, random);
}
