import { type RuleId, ruleOf } from '../rules/registry.js';
import { type Certainty, certainty } from './assumption.js';

/** A rule of AWS as it is cited: one sentence, its page, how certain it is. */
export interface CitedRule {
  readonly id: RuleId;
  readonly says: string;
  readonly page: string;
  readonly certainty: Certainty;
}

/** Cites the first of the rules; where a rule stands on a page for each service, the page of the action's. */
export function citeRule([id]: readonly RuleId[], action: string): CitedRule | undefined {
  if (id === undefined) return undefined;
  const { says, page, basis } = ruleOf(id);
  return { id, says: inSentence(says), page: pageFor(page, action), certainty: certainty(basis) };
}

/** Without the full stop, as something follows. */
function inSentence(says: string): string {
  return says.endsWith('.') ? says.slice(0, -1) : says;
}

function pageFor(page: string, action: string): string {
  const pages = page.split('; ');
  const service = action.slice(0, action.indexOf(':')).toUpperCase();
  return pages.find((each) => each.startsWith(service)) ?? pages[0] ?? page;
}
