import { conditionKey } from '../catalogue/condition-keys.js';
import type { RequestContext } from '../conditions/context.js';
import { type AskedKey, type Asker, hangsOnOthers } from './asked-keys.js';
import { tellingTexts } from './telling-operands.js';
import { type SampleValue, withValue } from './with-value.js';
import { STEPS_FOR_ONE_ANSWER, type WorkLeft } from './work-left.js';

const MOST_LISTS = 256;

/**
 * Values of one unknown key, one for every set of answers that its askers can give: whatever value the key has, one of
 * these gets the same answers. `undefined` when that cannot be made sure. Keys that come earlier have their values in
 * the context.
 */
export function tellingValues(
  key: AskedKey,
  askers: readonly Asker[],
  context: RequestContext,
  work: WorkLeft,
): readonly SampleValue[] | undefined {
  const texts = tellingTexts(key, askers, context, work);
  if (texts === undefined) return undefined;
  const asking = askers.filter(({ keys }) => keys.has(key.slot));
  const answersWith = (value: SampleValue): string => {
    const known = withValue(context, key.slot, value);
    const answers = asking.map((asker) => asker.evaluate(known)).join('');
    // Which text it is may still matter to a key that is compared with it later.
    const isOpen =
      typeof value === 'string' && asking.some((asker) => hangsOnOthers(asker, key.slot, context));
    return isOpen ? `${answers}=${value}` : answers;
  };
  work.steps -= STEPS_FOR_ONE_ANSWER * asking.length * texts.length;
  if (work.steps < 0) return undefined;
  const found = new Map<string, SampleValue>();
  const add = (value: SampleValue): void => {
    const answers = answersWith(value);
    if (!found.has(answers)) found.set(answers, value);
  };
  add(undefined);
  for (const text of texts) add(text);
  if (conditionKey(key.slot)?.many === false) return [...found.values()];
  const lists = tellingLists(key, asking, texts, context, work);
  if (lists === undefined) return undefined;
  for (const list of lists) add(list);
  return [...found.values()];
}

/**
 * Lists of the texts, one for every set of answers. Operators ask for some or for every value, so that an answer can
 * only ever change once as a list grows, and which texts brought it about does not matter. A list that holds nothing
 * but the empty text is a case of its own, and so is one without any.
 */
function tellingLists(
  key: AskedKey,
  asking: readonly Asker[],
  texts: readonly string[],
  context: RequestContext,
  work: WorkLeft,
): readonly (readonly string[])[] | undefined {
  const own = asking.flatMap(({ comparesWith }) =>
    comparesWith.kind === 'key' && comparesWith.slot === key.slot ? [comparesWith] : [],
  );
  const elements = new Map<string, string>();
  for (const text of texts) {
    const known = withValue(context, key.slot, text);
    const answers = `${own.map(({ aboutOne }) => aboutOne(known)).join('')}${text === ''}`;
    if (!elements.has(answers)) elements.set(answers, text);
  }
  const answersWith = (list: readonly string[]): string => {
    const known = withValue(context, key.slot, list);
    return asking.map((asker) => asker.evaluate(known)).join('');
  };
  const found = new Map<string, readonly string[]>();
  const grow = (list: readonly string[]): void => {
    const answers = answersWith(list);
    if (!found.has(answers)) found.set(answers, list);
  };
  for (const text of elements.values()) if (text !== '') grow([text]);
  for (const list of found.values()) {
    for (const text of elements.values()) if (!list.includes(text)) grow([...list, text]);
    work.steps -= STEPS_FOR_ONE_ANSWER * asking.length * elements.size;
    if (found.size > MOST_LISTS || work.steps < 0) return undefined;
  }
  return [[], [''], ...found.values()];
}
