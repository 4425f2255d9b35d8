import { POLICY_CHARACTERS } from '../catalogue/quotas.js';
import { codePointName, excerpt } from '../syntax/excerpt.js';
import {
  child,
  complain,
  type Element,
  isArray,
  isObject,
  type Located,
  nameOf,
  type Reader,
} from './reader.js';
import type { JsonText } from './text-of.js';

/**
 * Tells of names and texts with characters that AWS does not take in policies, such as typographic quotes. In JSON text
 * an escape (`\u2019`) is made of characters that it takes. Page: IAM User Guide, IAM and AWS STS quotas.
 */
export function checkCharacters(reader: Reader, root: Element, json: JsonText | undefined): void {
  if (json?.plain === true) return;
  if (json === undefined || firstForbidden(json.text) !== undefined) checkElement(reader, root);
}

function checkElement(reader: Reader, element: Element): void {
  const { node } = element;
  if (isObject(element)) {
    for (const found of element.node.members) {
      checkText(reader, nameOf(element, found), found.key);
      checkElement(reader, child(element, found.key, found.value));
    }
  } else if (isArray(element)) {
    for (const [index, item] of element.node.items.entries())
      checkElement(reader, child(element, index, item));
  } else if (node.kind === 'string') checkText(reader, element, node.value);
}

function checkText(reader: Reader, at: Located, text: string): void {
  const codePoint = firstForbidden(text);
  if (codePoint === undefined) return;
  complain(reader, at, {
    code: 'bad-characters',
    severity: 'warning',
    message: `${excerpt(text)} holds ${codePointName(codePoint)}, which AWS does not take in policies`,
    expected: 'tab, line ends, and U+0020 to U+00FF',
    docs: 'IAM User Guide, IAM and AWS STS quotas',
  });
}

/** By code unit; nothing beyond the table is taken. */
const TAKEN = takenUnits();

function takenUnits(): Uint8Array {
  const end = Math.max(...POLICY_CHARACTERS.map(([, to]) => to)) + 1;
  const taken = new Uint8Array(end);
  for (const [from, to] of POLICY_CHARACTERS) taken.fill(1, from, to + 1);
  return taken;
}

function firstForbidden(text: string): number | undefined {
  for (let i = 0; i < text.length; i += 1) {
    if (TAKEN[text.charCodeAt(i)] !== 1) return text.codePointAt(i);
  }
  return undefined;
}
