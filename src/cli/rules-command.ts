import { certainty } from '../explain/assumption.js';
import { wrapText } from '../explain/plain-text.js';
import { styleFor } from '../report/style.js';
import { RULES } from '../rules/registry.js';
import type { Rule } from '../rules/rule.js';
import { excerpt } from '../syntax/excerpt.js';
import { didYouMean } from '../syntax/suggest.js';
import { EXIT, type Io, print, wantsColours } from './io.js';

/** Prints the rule book, or one rule of it. */
export function rulesCommand(id: string | undefined, options: { readonly json?: boolean }, io: Io): number {
  const style = styleFor(wantsColours(io), io.columns);
  const all: readonly (readonly [string, Rule])[] = Object.entries(RULES);
  const wanted = id === undefined ? all : all.filter(([each]) => each === id.toUpperCase());
  if (wanted.length === 0 && id !== undefined) {
    const hint = didYouMean(id.toUpperCase(), Object.keys(RULES));
    print(io.err, [
      `${style.bad('error')}: there is no rule ${excerpt(id)}`,
      '  expected: a rule that `gainsay rules` lists',
      ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    ]);
    return EXIT.unusable;
  }
  if (options.json === true) {
    io.out(
      `${JSON.stringify(
        wanted.map(([each, { says, page, basis }]) => ({ id: each, says, page, basis })),
        null,
        2,
      )}\n`,
    );
    return EXIT.yes;
  }
  for (const [each, { says, page, basis }] of wanted) {
    print(io.out, [
      style.strong(each),
      ...wrapText(says, style.width - 2).map((line) => `  ${line}`),
      ...wrapText(`${page}: ${certainty(basis)}`, style.width - 2).map((line) => `  ${style.quiet(line)}`),
    ]);
  }
  return EXIT.yes;
}
