import { ALL_FACTS, type Facts } from './facts.js';

/** One element of a pattern: a character that means itself, or a wildcard and what it must not cover. */
export type Token = string | { readonly wildcard: '*' | '?'; readonly except: string };

export const isStar = (token: Token) => typeof token === 'object' && token.wildcard === '*';
export const literalTokens = (text: string): readonly Token[] => text.split('');
/** W-1, W-3: `*` is any run of characters, the empty one too, `?` exactly one, and all else is itself. */
export const wildcardTokens = (text: string): readonly Token[] =>
  text.split('').map((one) => (one === '*' || one === '?' ? { wildcard: one, except: '' } : one));
/** The tokens read as plain text again, for operators that know no wildcards. */
export const plainText = (tokens: readonly Token[]) =>
  tokens.map((token) => (typeof token === 'string' ? token : token.wildcard)).join('');

/** W-2: in a Resource, wildcards of the first five segments stay inside, but for a `*` at a segment's end. */
export function keepStarsInSegments(tokens: readonly Token[], facts: Facts = ALL_FACTS): readonly Token[] {
  return tokens.map((token, at) => {
    if (typeof token === 'string') return token;
    const isInFirstFive = tokens.slice(0, at).filter((earlier) => earlier === ':').length < 5;
    const slash = isStar(token) && !facts['resource-star-crosses-slashes'] ? '/' : '';
    const next = tokens.slice(at).find((later) => !isStar(later)) ?? ':';
    const mayRunOn = next === ':' ? facts['resource-star-runs-on'] : !facts['resource-star-keeps-segment'];
    const colon = isStar(token) && mayRunOn ? '' : ':';
    return { ...token, except: isInFirstFive ? colon : slash };
  });
}

/** Dynamic programming: after each token, which beginnings of the text, by length, can be consumed? */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let reached = Array.from({ length: text.length + 1 }, (_, length) => length === 0);
  for (const token of tokens) {
    const covers = (one: string) => (typeof token === 'string' ? token === one : !token.except.includes(one));
    const next: boolean[] = [];
    for (let length = 0; length <= text.length; length += 1) {
      const before = (isStar(token) ? next : reached)[length - 1] === true;
      const takesNothing = isStar(token) && reached[length] === true;
      next.push(takesNothing || (before && covers(text.charAt(length - 1))));
    }
    reached = next;
  }
  return reached[text.length] === true;
}

/** W-6: the tokens between the first five colons and after the fifth, if there are six parts. */
export function sixParts(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const colons = tokens.flatMap((token, at) => (token === ':' ? [at] : [])).slice(0, 5);
  if (colons.length < 5) return undefined;
  return [-1, ...colons].map((colon, part) => tokens.slice(colon + 1, colons[part]));
}

export function splitArn(text: string): readonly string[] | undefined {
  const parts = sixParts(literalTokens(text))?.map(plainText);
  return parts?.[0] === 'arn' ? parts : undefined;
}
