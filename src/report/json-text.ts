import { withHiddenNamed } from '../syntax/excerpt.js';

/**
 * A value as JSON text in which every character that cannot be seen is escaped: a terminal must not obey what a policy
 * says, and a reader must not be shown it backwards.
 */
export function jsonText(value: unknown, indent?: number): string {
  return withHiddenNamed(JSON.stringify(value, undefined, indent), (character) =>
    character === '\n' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  let text = '';
  for (let i = 0; i < character.length; i += 1)
    text += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return text;
}
