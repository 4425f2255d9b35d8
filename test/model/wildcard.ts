/** One element of a pattern: a literal character, `?`, or `*`, which may be kept from running past a colon. */
export type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'run'; readonly crossesColons: boolean };

/** `*` is any run of characters, the empty one included; `?` is exactly one character; all else is itself. */
export function wildcardTokens(text: string): readonly Token[] {
  return text.split('').map((character): Token => {
    if (character === '*') return { kind: 'run', crossesColons: true };
    if (character === '?') return { kind: 'one' };
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

/** In a Resource, a `*` that is not the last character of one of the first five segments does not run past a colon. */
export function keepStarsInSegments(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    if (token.kind !== 'run') return token;
    const segment = tokens.slice(0, at).filter(isColon).length;
    const next = tokens.slice(at).find((later) => later.kind !== 'run');
    return segment < 5 && next !== undefined && !isColon(next)
      ? { kind: 'run', crossesColons: false }
      : token;
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
      else if (token.kind === 'one') next.push(before);
      else {
        const extended = i > 0 && next[i - 1] === true && (token.crossesColons || text[i - 1] !== ':');
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
