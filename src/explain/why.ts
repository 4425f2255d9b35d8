import { assumptionText, DECIDER_WORDS } from './assumption.js';
import type { CitedRule } from './cited-rule.js';
import { decisionWords, sourceAddressText } from './source-address.js';
import type { Explanation } from './explanation.js';
import { facetTexts } from './facet-words.js';
import { fitLines, type Section } from './fit-lines.js';
import type { NearestMiss } from './nearest-miss.js';
import { listed, placeText, visibleText } from './plain-text.js';
import { refusedTexts } from './refused-call.js';

/** A screen that somebody reads at night takes this much in. */
const MOST_LINES = 8;
const MOST_COLUMNS = 100;
const FEWEST_COLUMNS = 40;

/** Lines that are left over go to what helps most. */
const FIRST = ['nearest', 'because', 'rule', 'unsure', 'refused', 'message', 'answer', 'also', 'assumed'];

/**
 * A refusal in at most eight lines of at most `width` columns (never more than a hundred): what AWS answers, which
 * request was refused, which layer and statement refuse, what came nearest to allowing, the rule of AWS, what becomes
 * of the message, and what was assumed or is not known. Plain text without escape sequences.
 */
export function whyLines(explanation: Explanation, options: { readonly width?: number } = {}): readonly string[] {
  const width = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, options.width ?? MOST_COLUMNS));
  const sections = sectionsOf(explanation);
  return fitLines(sections, { width, lines: MOST_LINES, first: FIRST });
}

function sectionsOf(explanation: Explanation): readonly Section[] {
  const { nearest, rule, fate, reason, chain } = explanation;
  const all: (Section | undefined)[] = [
    { label: 'answer', texts: answerTexts(explanation) },
    { label: explanation.undetermined ? 'in doubt' : 'refused', texts: visible(refusedTexts(chain)) },
    { label: 'because', texts: reason.says },
    nearest === undefined ? undefined : { label: nearestLabel(nearest), texts: nearestTexts(nearest) },
    rule === undefined ? undefined : { label: 'rule', texts: ruleTexts(rule) },
    unsureSection(explanation),
    fate === undefined ? undefined : { label: 'message', texts: fateTexts(explanation) },
    ...closing(explanation),
  ];
  const sections = all.flatMap((section) => section ?? []);
  return sections.length <= MOST_LINES ? sections : joinLast(sections);
}

/** The last two sections on one line, when there are more sections than lines. */
function joinLast(sections: readonly Section[]): readonly Section[] {
  const [also, assumed] = sections.slice(-2);
  if (also === undefined || assumed === undefined) return sections;
  const text = `${also.texts.at(-1) ?? ''}; ${assumed.texts.at(-1) ?? ''}`;
  return [...sections.slice(0, -2), { label: also.label, texts: [text] }];
}

function visible([first, ...others]: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return [visibleText(first), ...others.map(visibleText)];
}

function answerTexts({ error, told, undetermined }: Explanation): readonly [string, ...string[]] {
  const { code, http, message, cause } = error;
  const behind = cause === undefined ? '' : `; behind it ${cause.code}: ${essence(cause.message)}`;
  const whole = `${code} (HTTP ${http}): ${message}${behind}`;
  const short = `${code} (HTTP ${http}): ${essence(message)}${behind}`;
  const shortest = `${code}: ${essence(message)}${behind}`;
  const introduced = (text: string): string => visibleText(undetermined ? `either success or ${text}` : text);
  switch (told.who) {
    case 'caller':
      return [introduced(whole), introduced(short), introduced(shortest)];
    case 'service': {
      const lead = `${told.succeeded} succeeded and nobody is told; ${told.service} gets `;
      return [`${lead}${introduced(short)}`, `${lead}${introduced(code)}`];
    }
    case 'task': {
      const lead = `${told.accepted} was accepted; its task then fails with `;
      return [`${lead}${introduced(short)}`, `${lead}${introduced(shortest)}`];
    }
  }
}

/** The part of a message that says why; the whole message when it does not. */
function essence(message: string): string {
  const tail = message.indexOf(' (Service: AWSKMS');
  const head = tail < 0 ? message : message.slice(0, tail);
  const more = tail < 0 ? '' : ' …';
  const starts = [' because ', ' with an explicit deny'].map((words) => head.indexOf(words)).filter((at) => at >= 0);
  const from = Math.min(...starts);
  return starts.length === 0 ? `${head}${more}` : `…${head.slice(from)}${more}`;
}

function nearestLabel(nearest: NearestMiss): string {
  return nearest.is === 'deny' ? 'it matches' : 'nearest';
}

function nearestTexts(nearest: NearestMiss): readonly [string, ...string[]] {
  switch (nearest.is) {
    case 'grant':
      return [`grant ${visibleText(nearest.id)}: ${visibleText(nearest.missed)}`];
    case 'deny': {
      const { matched } = nearest;
      return prefixed(`${placeText(matched.place)} `, facetTexts(matched, 'denies'), '');
    }
    case 'statement': {
      const [first, ...others] = nearest.missed;
      const also = others.map((each) => (each.of === 'condition' ? visibleText(each.key ?? '') : each.of));
      const more = others.length === 0 ? '' : `; it also misses ${listed(also)}`;
      const { name } = nearest.statement;
      return prefixed(`${placeText(first.place, nearest.statement.policy)} ${name}: `, facetTexts(first, 'wants'), more);
    }
  }
}

function prefixed(
  prefix: string,
  [first, ...others]: readonly [string, ...string[]],
  suffix: string,
): readonly [string, ...string[]] {
  const texts = others.map((text) => `${prefix}${text}${suffix}`);
  return suffix === ''
    ? [`${prefix}${first}`, ...texts]
    : [`${prefix}${first}${suffix}`, ...texts, `${prefix}${others.at(-1) ?? first}`];
}

function ruleTexts({ says, page, certainty }: CitedRule): readonly [string, ...string[]] {
  const guide = page.slice(0, Math.max(0, page.indexOf(',')));
  const shortened = guide === '' ? [] : [`${says} (${guide}): ${certainty}`];
  return [`${says} (${page}): ${certainty}`, ...shortened, `${says}: ${certainty}`];
}

function unsureSection({ dependsOn, sourceAddress, chain }: Explanation): Section | undefined {
  const service = chain.at(-1)?.by ?? 'SQS';
  const address = sourceAddress === undefined ? [] : [sourceAddressText(sourceAddress, service)];
  const shortAddress =
    sourceAddress === undefined
      ? []
      : [`if ${service} does not pass the address on to KMS (unclear): ${decisionWords(sourceAddress.notPassedOn)}`];
  if (dependsOn.length === 0) {
    const [first] = address;
    return first === undefined ? undefined : { label: 'unsure', texts: [first, ...shortAddress] };
  }
  const says = dependsOn.map(({ on, say }) => `${visibleText(on)}: ${visibleText(say)}`).join('; ');
  const names = `${listed(dependsOn.map(({ on }) => visibleText(on)))}: ${visibleText(dependsOn[0]?.say ?? '')}`;
  return {
    label: 'depends',
    texts: [
      [`on ${says}`, ...address].join('; '),
      [`on ${says}`, ...shortAddress].join('; '),
      [`on ${names}`, ...shortAddress].join('; '),
      `on ${names}`,
    ],
  };
}

function fateTexts({ fate, undetermined }: Explanation): readonly [string, ...string[]] {
  const says = visibleText(`${undetermined ? 'if refused, ' : ''}${fate?.says ?? ''}`);
  const { seenAs = [] } = fate ?? {};
  if (seenAs.length === 0) return [says];
  const [first = ''] = seenAs;
  return [`${says}; look at: ${seenAs.join('; ')}`, `${says}; look at: ${first}`, says];
}

function closing({ alsoRefusing, assumed }: Explanation): readonly Section[] {
  const sections: Section[] = [];
  if (alsoRefusing.length > 0) {
    const names = alsoRefusing.map((decider) => `the ${DECIDER_WORDS[decider]}`);
    sections.push({ label: 'also', texts: [`then ${listed(names)} would refuse`] });
  }
  if (assumed.length > 0) sections.push({ label: 'assumed', texts: [assumptionText(assumed)] });
  return sections;
}
