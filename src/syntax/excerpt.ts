const longest = 60;

/** A piece of a person's text for a message: in backticks, on one line, and cut when long. */
export function excerpt(text: string): string {
  let shown = '';
  for (const character of text.slice(0, longest)) shown += printable(character);
  return `\`${shown}${text.length > longest ? '…' : ''}\``;
}

/** `U+0009` and the like, for characters that a person cannot see. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

function printable(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const hidden =
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint < 0xa1) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2066 && codePoint <= 0x2069) ||
    (codePoint >= 0xd800 && codePoint <= 0xdfff) ||
    codePoint === 0xfeff;
  return hidden ? codePointName(codePoint) : character;
}
