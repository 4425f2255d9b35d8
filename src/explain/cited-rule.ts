import { type RuleId, ruleOf } from '../rules/registry.js';
import { type Certainty, certainty } from './assumption.js';

/** A rule of AWS as it is cited: one sentence, its page, how certain it is. */
export interface CitedRule {
  readonly id: RuleId;
  readonly says: string;
  readonly page: string;
  readonly certainty: Certainty;
}

/** Cites the first of the rules; `undefined` where there is none. */
export function citeFirst([id]: readonly RuleId[], action: string): CitedRule | undefined {
  return id && citeRule(id, action);
}

/** Cites a rule; where it stands on a page for each service, the page of the action's. */
export function citeRule(id: RuleId, action: string): CitedRule {
  const { says, page, basis } = ruleOf(id);
  return { id, says: inSentence(id, says), page: pageFor(page, action), certainty: certainty(basis) };
}

/** The rules of conditions are written as sentences of their own; here something goes before and after them. */
function inSentence(id: RuleId, says: string): string {
  const open = says.endsWith('.') ? says.slice(0, -1) : says;
  const [first = '', second = ''] = open;
  const isWord = id.startsWith('COND-') && second === second.toLowerCase();
  return isWord ? `${first.toLowerCase()}${open.slice(1)}` : open;
}

function pageFor(page: string, action: string): string {
  const pages = page.split('; ');
  const [first = page] = pages;
  const service = action.slice(0, action.indexOf(':')).toUpperCase();
  return pages.find((each) => each.startsWith(service)) ?? first;
}
