import { frozenList } from './frozen-list.js';
import { complain, type Element, items, type Reader, text } from './reader.js';

/** What a statement may hold, in the order of AWS's grammar. */
export const ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Tells of a statement that has an element and its opposite, at the opposite. */
export function complainOfBoth(reader: Reader, at: Element, positive: string, negative: string): void {
  complain(reader, at, {
    code: 'conflicting-elements',
    message: `the statement has both ${positive} and ${negative}`,
    expected: 'one of the two',
  });
}

/** Reads one text or a list of them, frozen; an empty list and anything but text is complained about. */
export function readTexts(
  reader: Reader,
  at: Element,
  what: string,
  check: (item: Element, value: string) => void,
): readonly string[] {
  const elements = items(at);
  if (elements.length === 0) {
    complain(reader, at, {
      code: 'empty-list',
      message: `the list of ${what}s is empty`,
      expected: 'at least one entry',
    });
  }
  const texts: string[] = [];
  for (const item of elements) {
    const value = item.node.kind === 'string' ? item.node.value : text(reader, item, `the ${what}`);
    if (value === undefined) continue;
    check(item, value);
    texts.push(value);
  }
  return frozenList(texts);
}
