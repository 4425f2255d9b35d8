import { ALL_FACTS, type Facts } from './facts.js';

/** One element of a pattern: a literal character, `?` or `*`, which may be kept from covering a colon or a slash. */
export type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one'; readonly crossesColons: boolean }
  | { readonly kind: 'run'; readonly crossesColons: boolean; readonly crossesSlashes?: boolean };

/** `*` is any run of characters, the empty one included; `?` is exactly one character; all else is itself. */
export function wildcardTokens(text: string): readonly Token[] {
  return text.split('').map((character): Token => {
    if (character === '*') return { kind: 'run', crossesColons: true };
    if (character === '?') return { kind: 'one', crossesColons: true };
    return { kind: 'literal', character };
  });
}

export function literalTokens(text: string): readonly Token[] {
  return text.split('').map((character) => ({ kind: 'literal', character }));
}

/** The tokens read as plain text again, for operators that know no wildcards. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (token.kind === 'literal' ? token.character : token.kind === 'one' ? '?' : '*'))
    .join('');
}

export function isColon(token: Token | undefined): boolean {
  return token?.kind === 'literal' && token.character === ':';
}

/**
 * In a Resource, wildcards of the first five segments stay inside them: a `?` always (W-2 is silent; taken to be like
 * `*`), a `*` unless it is the last character of its segment.
 */
export function keepStarsInSegments(tokens: readonly Token[], facts: Facts = ALL_FACTS): readonly Token[] {
  return tokens.map((token, at) => {
    if (token.kind === 'literal') return token;
    const segment = tokens.slice(0, at).filter(isColon).length;
    if (token.kind === 'one') return { kind: 'one', crossesColons: segment >= 5 };
    if (segment >= 5) return { ...token, crossesSlashes: facts['resource-star-crosses-slashes'] };
    const next = tokens.slice(at).find((later) => later.kind !== 'run');
    const endsSegment = next === undefined || isColon(next);
    const runsOn = endsSegment ? facts['resource-star-runs-on'] : !facts['resource-star-keeps-segment'];
    return { ...token, crossesColons: runsOn };
  });
}

/** Dynamic programming: after each token, which prefixes of the text can the tokens so far consume? */
export function matchesTokens(tokens: readonly Token[], text: string): boolean {
  let reachable = Array.from({ length: text.length + 1 }, (_, i) => i === 0);
  for (const token of tokens) {
    const next: boolean[] = [];
    for (let i = 0; i <= text.length; i += 1) {
      const before = i > 0 && reachable[i - 1] === true;
      if (token.kind === 'literal') next.push(before && text[i - 1] === token.character);
      else if (token.kind === 'one') next.push(before && (token.crossesColons || text[i - 1] !== ':'));
      else {
        const stopped =
          (!token.crossesColons && text[i - 1] === ':') ||
          (token.crossesSlashes === false && text[i - 1] === '/');
        const extended = i > 0 && next[i - 1] === true && !stopped;
        next.push(reachable[i] === true || extended);
      }
    }
    reachable = next;
  }
  return reachable[text.length] === true;
}

/** The tokens between the first five colons and after the fifth; `undefined` when there are fewer than six parts. */
export function sixParts(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isColon(token) && parts.length < 6) parts.push([]);
    else parts[parts.length - 1]?.push(token);
  }
  return parts.length === 6 ? parts : undefined;
}

export function splitArn(text: string): readonly string[] | undefined {
  const parts = sixParts(literalTokens(text))?.map(plainText);
  return parts?.[0] === 'arn' ? parts : undefined;
}
