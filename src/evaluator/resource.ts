import { segmentOf } from '../catalogue/condition-keys.js';
import type { RequestContext } from '../conditions/context.js';
import { FALSE, not, or, TRUE, type Truth } from '../conditions/truth.js';
import type { Listed } from '../policy/policy.js';
import {
  parseTemplate,
  resolveTemplate,
  type TemplatePart,
  variableFree,
} from '../syntax/policy-variable.js';
import { compileResourcePattern, resourcePieces } from '../syntax/resource-pattern.js';
import { compilePieces, type Matcher } from '../syntax/wildcard.js';
import { matchesAny } from './matches-any.js';

/** Whether the statement speaks about the resource; "not known" only when a policy variable's key is not known. */
export type ResourceTest = (arn: string, context: RequestContext) => Truth;

/**
 * Compiles `Resource` or `NotResource`.
 * Page: IAM User Guide, IAM JSON policy elements: Resource. Rules: RESOURCE-MATCHES, RESOURCE-NOT, WILD-RESOURCE,
 * KMS-RESOURCE-IS-THIS-KEY
 */
export function compileResources(listed: Listed<string>, variables: boolean): ResourceTest | 'everything' {
  const fixed: Matcher[] = [];
  const templates: (readonly TemplatePart[])[] = [];
  for (const entry of listed.entries) {
    const parts = resourceTemplate(entry, variables);
    const pieces = variableFree(parts);
    if (pieces === undefined) templates.push(resourcePieces(parts));
    else fixed.push(compileResourcePattern(pieces));
  }
  if (!listed.negated && fixed.some((matcher) => matcher.everything)) return 'everything';
  const matchesFixed = onlyArns(matchesAny(fixed), fixed);
  const positive: ResourceTest =
    templates.length === 0
      ? (arn) => (matchesFixed(arn) ? TRUE : FALSE)
      : (arn, context) => (matchesFixed(arn) ? TRUE : matchesTemplates(templates, arn, context));
  return listed.negated ? (arn, context) => not(positive(arn, context)) : positive;
}

/** A request on no resource is matched by what matches everything, not by a pattern that a lone `*` happens to fit. */
function onlyArns(matches: (arn: string) => boolean, matchers: readonly Matcher[]): (arn: string) => boolean {
  const everything = matchers.some((matcher) => matcher.everything);
  return (arn) => (arn === '*' ? everything : matches(arn));
}

/** Variables are read after the fifth colon only; before it, `${` is text. */
export function resourceTemplate(entry: string, variables: boolean): readonly TemplatePart[] {
  const head = variables ? headLength(entry) : entry.length;
  const literal = (text: string): TemplatePart[] => {
    const parts: TemplatePart[] = [];
    let from = 0;
    for (let at = 0; at <= text.length; at += 1) {
      const unit = text[at];
      if (unit !== '*' && unit !== '?' && unit !== undefined) continue;
      if (at > from) parts.push({ kind: 'text', text: text.slice(from, at) });
      if (unit !== undefined) parts.push({ kind: unit === '*' ? 'any' : 'one' });
      from = at + 1;
    }
    return parts;
  };
  const tail = entry.slice(head);
  return [
    ...literal(entry.slice(0, head)),
    ...(tail === '' ? [] : parseTemplate(tail, { wildcards: true }).parts),
  ];
}

function headLength(entry: string): number {
  let at = -1;
  for (let colon = 0; colon < 5; colon += 1) {
    at = entry.indexOf(':', at + 1);
    if (at < 0) return entry.length;
  }
  return at + 1;
}

/** Rule: VAR-UNRESOLVED-RESOURCE */
function matchesTemplates(
  templates: readonly (readonly TemplatePart[])[],
  arn: string,
  context: RequestContext,
): Truth {
  let found: Truth = FALSE;
  for (const template of templates) {
    const pieces = resolveTemplate(template, (slot) => context[segmentOf(slot)].get(slot));
    if (pieces === 'unresolved') continue;
    const holds: Truth = pieces === 'unknown' ? 3 : compilePieces(pieces).test(arn) ? TRUE : FALSE;
    found = or(found, holds);
    if (found === TRUE) return found;
  }
  return found;
}
