import { segmentOf } from '../catalogue/condition-keys.js';
import { type RequestContext, UNKNOWN } from '../conditions/context.js';
import type { Truth } from '../conditions/truth.js';
import { resolveTemplate, type TemplatePart } from '../syntax/policy-variable.js';
import { literalText } from '../syntax/wildcard.js';
import { type Asker, type ComparedKey, hangsOnOthers } from './asked-keys.js';
import { literalPattern, type TextPattern } from './telling-texts.js';
import { isUnknown, withValue } from './with-value.js';
import { STEPS_FOR_ONE_ANSWER, type WorkLeft } from './work-left.js';

const MOST_PLACES = 1024;
const MOST_TEXTS = 128;
/** From the private use area, so that no policy and no request is likely to hold it. */
const MARK = '\ue000\ue001\ue000';

/**
 * The texts of a policy variable with which the asker answers otherwise than with any other text. `undefined` when they
 * cannot all be told.
 */
export function variablePatterns(
  slot: string,
  asker: Asker,
  askers: readonly Asker[],
  context: RequestContext,
  work: WorkLeft,
): readonly TextPattern[] | undefined {
  const { comparesWith } = asker;
  if (comparesWith.kind === 'text')
    return patternsAgainst(slot, asker, [comparesWith.text], false, context, work);
  const value = context[comparesWith.segment].get(comparesWith.slot);
  if (value === UNKNOWN) {
    return textsAgainstUnknown(slot, comparesWith, askers, context)?.map((text) => literalPattern(text));
  }
  // A key that is not there has none.
  const values = [value].flat().filter((each) => each !== undefined);
  const { family, name } = comparesWith.use.operator;
  return patternsAgainst(
    slot,
    asker,
    values,
    family === 'bool' || name.endsWith('IgnoreCase'),
    context,
    work,
  );
}

/** What a variable stands for is part of the text that the template matches, character by character. */
function patternsAgainst(
  slot: string,
  asker: Asker,
  values: readonly string[],
  fold: boolean,
  context: RequestContext,
  work: WorkLeft,
): readonly TextPattern[] | undefined {
  const places = new Set<string>();
  for (const template of fold ? asker.templates.map(lowerCased) : asker.templates) {
    const at = template.findIndex((part) => part.kind === 'variable' && part.slot === slot);
    if (at < 0) continue;
    for (const value of values) {
      for (const place of placesIn(fold ? value.toLowerCase() : value, template, at)) {
        places.add(place);
        if (places.size > MOST_PLACES) return undefined;
      }
    }
  }
  work.steps -= STEPS_FOR_ONE_ANSWER * places.size;
  if (work.steps < 0) return undefined;
  const answer = (text: string): Truth => asker.evaluate(withValue(context, slot, text));
  const otherwise = answer(MARK);
  const isOpen = hangsOnOthers(asker, slot, context);
  const texts = [...places].filter((text) => isOpen || answer(text) !== otherwise);
  if (texts.length > MOST_TEXTS || values.some((value) => value.includes(MARK))) return undefined;
  return texts.map((text) => literalPattern(text, fold));
}

function lowerCased(template: readonly TemplatePart[]): readonly TemplatePart[] {
  return template.map((part) =>
    part.kind === 'text' ? { kind: 'text', text: part.text.toLowerCase() } : part,
  );
}

/** The parts of the value that may stand at the variable, as far as the texts beside it tell. */
function* placesIn(value: string, template: readonly TemplatePart[], at: number): Generator<string> {
  const starts = startsIn(value, template, at);
  const ends = endsIn(value, template, at);
  for (const start of starts) {
    for (const end of ends) if (start <= end) yield value.slice(start, end);
  }
}

function startsIn(value: string, template: readonly TemplatePart[], at: number): readonly number[] {
  const before = template[at - 1];
  if (before === undefined) return [0];
  if (before.kind !== 'text') return everyIndex(value);
  if (at === 1) return value.startsWith(before.text) ? [before.text.length] : [];
  return everyIndex(value).filter((index) => value.slice(0, index).endsWith(before.text));
}

function endsIn(value: string, template: readonly TemplatePart[], at: number): readonly number[] {
  const after = template[at + 1];
  if (after === undefined) return [value.length];
  if (after.kind !== 'text') return everyIndex(value);
  if (at === template.length - 2) return value.endsWith(after.text) ? [value.length - after.text.length] : [];
  return everyIndex(value).filter((index) => value.startsWith(after.text, index));
}

function everyIndex(value: string): readonly number[] {
  return Array.from({ length: value.length + 1 }, (_, index) => index);
}

/**
 * Two unknown keys compared with each other: the texts with which the template comes to something that the other key is
 * compared with as well. Told only where that other key is compared by `StringEquals` throughout and with no further
 * unknown variable.
 */
function textsAgainstUnknown(
  slot: string,
  other: ComparedKey,
  askers: readonly Asker[],
  context: RequestContext,
): readonly string[] | undefined {
  const literals = new Set<string>(['']);
  const open = new Map<string, readonly TemplatePart[]>();
  for (const { keys, comparesWith, templates } of askers) {
    if (!keys.has(other.slot)) continue;
    if (comparesWith.kind === 'text' || comparesWith.slot !== other.slot) return undefined;
    const { family, name, wildcards } = comparesWith.use.operator;
    const isPlain = family === 'null' || (family === 'string' && !wildcards && !name.endsWith('IgnoreCase'));
    if (!isPlain) return undefined;
    for (const template of templates) {
      const unknown = template.filter((part) => part.kind === 'variable' && isUnknown(context, part.slot));
      if (unknown.length > 1) return undefined;
      if (unknown.length === 1) open.set(JSON.stringify(template), template);
      const text = textOf(template, context);
      if (text !== undefined) literals.add(text);
    }
  }
  const [template] = open.values();
  if (open.size !== 1 || template === undefined) return undefined;
  const around = textOf(template, context, { slot, mark: MARK })?.split(MARK);
  if (around?.length !== 2) return undefined;
  const [before = '', after = ''] = around;
  const texts: string[] = [];
  for (const text of literals) {
    const fits =
      text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
    if (fits) texts.push(text.slice(before.length, text.length - after.length));
  }
  return texts.length > MOST_TEXTS ? undefined : texts;
}

/** The template as text; `undefined` where a variable has no value or none that is known. */
function textOf(
  template: readonly TemplatePart[],
  context: RequestContext,
  marked?: { readonly slot: string; readonly mark: string },
): string | undefined {
  const pieces = resolveTemplate(template, (slot) =>
    slot === marked?.slot ? marked.mark : context[segmentOf(slot)].get(slot),
  );
  return typeof pieces === 'string' ? undefined : literalText(pieces);
}
