const longest = 60;

/** Control, direction and other format characters, lone surrogates, line and paragraph separators. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A piece of a person's text for a message: in backticks, on one line, and cut when long. */
export function excerpt(text: string): string {
  // A no-break space looks like a blank and is none.
  const shown = withHiddenNamed(text.slice(0, longest)).replaceAll('\u00a0', codePointName(0xa0));
  return `\`${shown}${text.length > longest ? '…' : ''}\``;
}

/** `U+0009` and the like, for characters that a person cannot see. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with every character that cannot be seen replaced by what `name` makes of it: `U+001B` unless given. */
export function withHiddenNamed(text: string, name = nameOf): string {
  return text.replace(HIDDEN, name);
}

function nameOf(character: string): string {
  return codePointName(character.codePointAt(0) as number);
}
