import { ALL_FACTS, type Facts } from './facts.js';

/** One element of a pattern: a character that means itself, or a wildcard and the characters that it must not cover. */
export type Token = string | { readonly wildcard: '*' | '?'; readonly except: string };

/** `*` is any run of characters, the empty one included; `?` is exactly one character; all else is itself (W-1, W-3). */
export function wildcardTokens(text: string): readonly Token[] {
  return text.split('').map((one) => (one === '*' || one === '?' ? { wildcard: one, except: '' } : one));
}

export function literalTokens(text: string): readonly Token[] {
  return text.split('');
}

/** The tokens read as plain text again, for operators that know no wildcards. */
export function plainText(tokens: readonly Token[]): string {
  return tokens.map((token) => (typeof token === 'string' ? token : token.wildcard)).join('');
}

export function isStar(token: Token | undefined): boolean {
  return typeof token === 'object' && token.wildcard === '*';
}

/**
 * In a Resource, wildcards of the first five segments stay inside them: a `?` always (W-2 is silent; taken to be like
 * `*`), a `*` unless it is the last character of its segment.
 */
export function keepStarsInSegments(tokens: readonly Token[], facts: Facts = ALL_FACTS): readonly Token[] {
  const firstFive = (at: number) => tokens.slice(0, at).filter((token) => token === ':').length < 5;
  return tokens.map((token, at) => {
    if (typeof token === 'string') return token;
    const slash = isStar(token) && !facts['resource-star-crosses-slashes'] ? '/' : '';
    if (!firstFive(at)) return { ...token, except: slash };
    const next = tokens.slice(at).find((later) => !isStar(later));
    const endsSegment = next === undefined || next === ':';
    const runsOn = endsSegment ? facts['resource-star-runs-on'] : !facts['resource-star-keeps-segment'];
    return { ...token, except: isStar(token) && runsOn ? '' : ':' };
  });
}

/** Dynamic programming: after each token, which beginnings of the text (by length) can the tokens so far consume? */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let reached = Array.from({ length: text.length + 1 }, (_, length) => length === 0);
  for (const token of tokens) {
    const next: boolean[] = [];
    for (let length = 0; length <= text.length; length += 1) {
      const before = (isStar(token) ? next : reached)[length - 1] === true;
      const takesNothing = isStar(token) && reached[length] === true;
      next.push(takesNothing || (before && covers(token, text.charAt(length - 1))));
    }
    reached = next;
  }
  return reached[text.length] === true;
}

function covers(token: Token, character: string): boolean {
  return typeof token === 'string' ? token === character : !token.except.includes(character);
}

/** The tokens between the first five colons and after the fifth; `undefined` when there are fewer than six parts (W-6). */
export function sixParts(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const colons = tokens.flatMap((token, at) => (token === ':' ? [at] : [])).slice(0, 5);
  if (colons.length < 5) return undefined;
  return [-1, ...colons].map((colon, part) => tokens.slice(colon + 1, colons[part]));
}

export function splitArn(text: string): readonly string[] | undefined {
  const parts = sixParts(literalTokens(text))?.map(plainText);
  return parts?.[0] === 'arn' ? parts : undefined;
}
