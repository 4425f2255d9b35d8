import { excerpt } from '../syntax/excerpt.js';
import type { ObjectNode } from '../syntax/source.js';
import { didYouMean } from '../syntax/suggest.js';
import type { PolicyTypeRules } from './policy-types.js';
import { complain, type Element, isMisspelt, member, type Reader, text } from './reader.js';
import { ELEMENTS } from './statement-elements.js';

/**
 * Reads `Effect`, whose values are told apart by letter case. After a complaint the answer is `Deny`, so that the rest
 * of the statement can be read.
 * Page: IAM User Guide, IAM JSON policy elements: Effect.
 */
export function readEffect(
  reader: Reader,
  statement: Element<ObjectNode>,
  rules: PolicyTypeRules,
): 'Allow' | 'Deny' {
  const at = member(statement, 'Effect');
  if (at === undefined) {
    if (isMisspelt(statement, ELEMENTS, 'Effect')) return 'Deny';
    complain(reader, statement, {
      code: 'missing-element',
      message: 'the statement has no Effect',
      expected: '`Allow` or `Deny`',
    });
    return 'Deny';
  }
  const effect = text(reader, at, 'Effect');
  if (effect === 'Allow' && !rules.allow) {
    complain(reader, at, {
      code: 'unsupported-element',
      message: `${rules.title} cannot allow: RCPFullAWSAccess is always attached and allows everything`,
      expected: '`Deny`',
      docs: rules.page,
    });
  }
  if (effect === 'Allow' || effect === 'Deny') return effect;
  if (effect !== undefined) {
    complain(reader, at, {
      code: 'wrong-value',
      message: `the Effect ${excerpt(effect)} is neither Allow nor Deny`,
      expected: '`Allow` or `Deny`, in this letter case',
      help: didYouMean(effect, ['Allow', 'Deny']),
    });
  }
  return 'Deny';
}
