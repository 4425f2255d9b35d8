import { answerTexts } from './answer-words.js';
import { assumptionText, DECIDER_WORDS } from './assumption.js';
import type { CitedRule } from './cited-rule.js';
import type { Explanation } from './explanation.js';
import { facetTexts } from './facet-words.js';
import type { Fate } from './fate.js';
import { fitLines, type Section } from './fit-lines.js';
import type { NearestMiss } from './nearest-miss.js';
import { bothPlaces, listed, visibleText, withoutSharedBeginning } from './plain-text.js';
import { refusedTexts } from './refused-call.js';
import { sourceAddressTexts } from './source-address.js';

/** A screen that somebody reads at night takes this much in. */
const MOST_LINES = 8;
const MOST_COLUMNS = 100;
const FEWEST_COLUMNS = 40;

/** Lines that are left over go to what helps most. */
const FIRST = ['nearest', 'matched', 'rule', 'message', 'because', 'depends', 'unsure', 'refused', 'perhaps'];

/**
 * A refusal in at most eight lines of at most `width` columns (never more than a hundred): what AWS answers, which
 * request was refused, which layer and statement refuse, what came nearest to allowing, the rule of AWS, what becomes
 * of the message, and what was assumed or is not known. Plain text without escape sequences.
 */
export function whyLines(explanation: Explanation, options: WhyOptions = {}): readonly string[] {
  const width = Math.min(MOST_COLUMNS, Math.max(FEWEST_COLUMNS, options.width ?? MOST_COLUMNS));
  const { only } = options;
  const wanted = sectionsOf(explanation).filter(({ label }) => only === undefined || only.has(label));
  const sections = wanted.map((section) => seenFrom(options.folder, section));
  return fitLines(sections, { width, lines: MOST_LINES, first: FIRST });
}

export interface WhyOptions {
  /** In columns of the terminal; 100 at most and by default. */
  readonly width?: number;
  /** Paths below it are written as seen from there: `policies/key.json:8:16`. */
  readonly folder?: string;
  /** The labels of the lines that are wanted; all of them unless given. */
  readonly only?: ReadonlySet<string>;
}

function seenFrom(folder: string | undefined, section: Section): Section {
  if (folder === undefined || folder === '') return section;
  const [first, ...others] = section.texts;
  const shorten = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { ...section, texts: [shorten(first), ...others.map(shorten)] };
}

function sectionsOf(explanation: Explanation): readonly Section[] {
  const { nearest, rule, fate, reason, chain, undetermined } = explanation;
  const all: readonly (Section | undefined)[] = [
    { label: 'answer', texts: answerTexts(explanation), oneLine: true },
    { label: undetermined ? 'perhaps' : 'refused', texts: refusedTexts(chain) },
    // What is not known says where it stands.
    undetermined && nearest !== undefined ? undefined : { label: 'because', texts: reason.says },
    nearest === undefined ? undefined : nearestSection(nearest),
    rule === undefined ? undefined : ruleSection(rule),
    unsureSection(explanation),
    fate === undefined ? undefined : fateSection(explanation, fate),
    alsoSection(explanation),
    assumedSection(explanation),
  ];
  const sections = all.flatMap((section) => section ?? []);
  return sections.length <= MOST_LINES ? sections : joinLast(sections);
}

/** The last two sections on one line, when there are more sections than lines. */
function joinLast(sections: readonly Section[]): readonly Section[] {
  const last = sections.slice(-2);
  const text = last.map(({ texts }) => texts.at(-1)).join('; ');
  return [
    ...sections.slice(0, -2),
    ...last.slice(0, 1).map(({ label }): Section => ({ label, texts: [text] })),
  ];
}

function nearestSection(nearest: NearestMiss): Section {
  switch (nearest.is) {
    case 'grant':
      return { label: 'nearest', texts: grantTexts(nearest) };
    case 'deny': {
      const { matched, statement } = nearest;
      const texts = facetTexts(matched, { is: 'deny', name: 'the deny' });
      return {
        label: 'matched',
        texts: bothPlaces((place) => atPlace(place(matched.place, statement.policy), texts)),
      };
    }
    case 'statement': {
      const { missed, statement, effect } = nearest;
      const [first, ...others] = missed;
      const also = others.map((each) =>
        each.of === 'condition' ? visibleText(each.key ?? '') : `the ${each.of}`,
      );
      const more = others.length === 0 ? '' : `; it also misses ${listed(also)}`;
      const plain = facetTexts(first, { is: effect, name: statement.name });
      const [longest] = plain;
      const texts: Texts =
        more === ''
          ? plain
          : [`${longest}${more}`, ...plain.slice(1).map((text) => `${text}${more}`), ...plain];
      return {
        label: 'nearest',
        texts: bothPlaces((place) => atPlace(place(first.place, statement.policy), texts)),
      };
    }
  }
}

type Texts = readonly [string, ...string[]];

function atPlace(place: string, [first, ...others]: Texts): Texts {
  return [`${place}: ${first}`, ...others.map((text) => `${place}: ${text}`)];
}

/** Of the two encryption contexts, the second shows only where it differs when there is little room. */
function grantTexts({
  name,
  missed,
}: Extract<NearestMiss, { readonly is: 'grant' }>): readonly [string, ...string[]] {
  const whole = `grant ${visibleText(name)}: ${visibleText(missed)}`;
  const middle = '; the request has ';
  const at = whole.indexOf(middle);
  if (at < 0) return [whole];
  const demand = whole.slice(0, at);
  const wanted = demand.slice(demand.lastIndexOf(' ') + 1);
  const [shortWanted, shortHas] = withoutSharedBeginning(wanted, whole.slice(at + middle.length));
  const lead = demand.slice(0, demand.length - wanted.length);
  return [whole, `${demand}${middle}${shortHas}`, `${lead}${shortWanted}${middle}${shortHas}`];
}

export function ruleSection({ says, page, certainty }: CitedRule): Section {
  const guide = page.slice(0, page.search(/[,:]/)).trim();
  const end = (where: string): string => ` (${where}): ${certainty}`;
  const shorter = guide === '' ? end(page) : end(guide);
  return { label: 'rule', texts: [`${says}${end(page)}`, `${says}${shorter}`], end: shorter };
}

function unsureSection({ dependsOn, sourceAddress, chain }: Explanation): Section | undefined {
  const service = chain.at(-1)?.by ?? 'SQS';
  const address = sourceAddress === undefined ? undefined : sourceAddressTexts(sourceAddress, service);
  if (dependsOn.length === 0) return address === undefined ? undefined : { label: 'unsure', texts: address };
  const all = `on ${listed(dependsOn.map(({ on, say }) => `${visibleText(on)} (${visibleText(say)})`))}`;
  const names = `on ${listed(dependsOn.map(({ on }) => visibleText(on)))} (${dependsOn
    .slice(0, 1)
    .map(({ say }) => visibleText(say))
    .join('')})`;
  if (address === undefined) return { label: 'depends', texts: [all, names] };
  return {
    label: 'depends',
    texts: [`${all}; ${address[1]}`, `${names}; ${address[1]}`, `${names}; ${address[2]}`],
  };
}

/** Where anybody could notice matters more than what the other lines could say in full. */
function fateSection({ undetermined }: Explanation, fate: Fate): Section {
  const lead = undetermined ? 'if refused, ' : '';
  const says = visibleText(`${lead}${fate.says}`);
  const short = visibleText(`${lead}${fate.short ?? fate.says}`);
  const seenAs = fate.seenAs.map(visibleText);
  const [first] = seenAs;
  if (first === undefined) return { label: 'message', texts: [says] };
  const texts = [`${says}; look at: ${seenAs.join('; ')}`, `${says}; look at: ${first}`] as const;
  return { label: 'message', texts: [...texts, `${short}; look at: ${first}`, says, short], enough: 2 };
}

function alsoSection({ alsoRefusing }: Explanation): Section | undefined {
  if (alsoRefusing.length === 0) return undefined;
  const names = alsoRefusing.map((decider) => `the ${DECIDER_WORDS[decider]}`);
  return { label: 'also', texts: [`then ${listed(names)} would refuse`, listed(names)] };
}

function assumedSection({ assumed }: Explanation): Section | undefined {
  return assumed.length === 0 ? undefined : { label: 'assumed', texts: [assumptionText(assumed)] };
}
