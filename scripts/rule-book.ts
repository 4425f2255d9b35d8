import { ANSWER_RULES } from '../src/rules/answers.js';
import { CONDITION_RULES } from '../src/rules/conditions.js';
import { CONTEXT_RULES } from '../src/rules/context.js';
import { EVALUATION_RULES } from '../src/rules/evaluation.js';
import { KMS_RULES } from '../src/rules/kms.js';
import { KMS_CALL_RULES } from '../src/rules/kms-calls.js';
import type { RuleId } from '../src/rules/registry.js';
import type { Basis, Rule } from '../src/rules/rule.js';
import { SOURCE_RULES } from '../src/rules/sources.js';
import { SQS_RULES } from '../src/rules/sqs.js';
import { SQS_QUEUE_RULES } from '../src/rules/sqs-queues.js';
import { WITHOUT_CASES } from '../src/rules/without-cases.js';
import { type CasesOfFile, casesByRule } from './rule-cases.js';
import { placesOf, type SourceText, sourceTexts } from './rule-places.js';

/** The chapters of the rule book. */
export const SUBJECTS: readonly (readonly [title: string, rules: Readonly<Record<string, Rule>>])[] = [
  ['Evaluating a request', EVALUATION_RULES],
  ['Conditions, wildcards and variables', CONDITION_RULES],
  ['What a request carries', CONTEXT_RULES],
  ['AWS KMS', KMS_RULES],
  ['Calls of AWS KMS', KMS_CALL_RULES],
  ['Amazon SQS', SQS_RULES],
  ['Amazon SQS queues and their attributes', SQS_QUEUE_RULES],
  ['What feeds and drains queues', SOURCE_RULES],
  ['What AWS answers', ANSWER_RULES],
];

const CERTAINTY: Readonly<Record<Basis, string>> = {
  documented: 'certain',
  observed: 'observed',
  assumed: 'assumed',
};

const INTRODUCTION = `<!-- Written by scripts/write-rules.mjs from src/rules; change the rules there. -->

# The rule book

Every rule of AWS that gainsay implements. Verdicts and explanations name these ids.

How sure we are: **certain** rules stand in AWS's documentation, on the page that is named; **observed** ones were
measured or recorded on AWS; **assumed** ones are our best reading where the documentation leaves a choice.

The cases are those of the [conformance corpus](../conformance/README.md), a step of a flow being one. A single
request is decided by a rule if the answer is another without it, a step if the rule shows in what happened.
`;

/** The text of docs/rules.md, from the registry, the source files that name its rules, and the cases about them. */
export function ruleBook(root: string): string {
  const sources = sourceTexts(root, 'src');
  const cases = casesByRule(root);
  const chapters = SUBJECTS.map(([title, rules]) => {
    const entries = Object.entries(rules).map(([id, rule]) =>
      entry(id as RuleId, rule, sources, cases.get(id) ?? []),
    );
    return [`## ${title}`, ...entries].join('\n\n');
  });
  const contents = SUBJECTS.map(
    ([title, rules]) => `- [${title}](#${anchor(title)}): ${Object.keys(rules).length} rules`,
  );
  return `${[INTRODUCTION, shares(), contents.join('\n'), ...chapters].join('\n\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** How many rules are how sure. Shares are floored. */
function shares(): string {
  const all = SUBJECTS.flatMap(([, rules]) => Object.values(rules));
  const told = (['documented', 'observed', 'assumed'] as const).map((basis) => {
    const count = all.filter((rule) => rule.basis === basis).length;
    return `${count} are ${CERTAINTY[basis]} (${Math.floor((100 * count) / all.length)} %)`;
  });
  return `Of ${all.length} rules, ${told.slice(0, -1).join(', ')} and ${told.at(-1)}.`;
}

function entry(
  id: RuleId,
  rule: Rule,
  sources: readonly SourceText[],
  cases: readonly CasesOfFile[],
): string {
  const places = placesOf(id, sources).map(
    ({ path, owners }) =>
      `${owners.map((name) => `\`${name}\``).join(', ') || 'the head'} of [${path}](../${path})`,
  );
  return [
    `### ${id}`,
    '',
    sentence(rule.says),
    '',
    `- AWS: ${rule.page}`,
    `- Confidence: ${CERTAINTY[rule.basis]}`,
    `- Code: ${places.join('; ')}`,
    `- Cases: ${casesText(cases, WITHOUT_CASES.get(id))}`,
  ].join('\n');
}

function casesText(cases: readonly CasesOfFile[], reason: string | undefined): string {
  if (cases.length === 0) return `none: ${reason ?? 'none was written yet'}`;
  const files = cases.map(
    ({ path, decides, spares }) => `${decides} decided by it and ${spares} not, in [${path}](../${path})`,
  );
  return files.join('; ');
}

/** A capital at the beginning, unless the first word is a name of AWS such as \`aws:SourceArn\`. */
function sentence(says: string): string {
  const [first = ''] = says.split(' ', 1);
  const isPlain = first !== '' && [...first].every((letter) => letter >= 'a' && letter <= 'z');
  const begin = isPlain ? says.charAt(0).toUpperCase() : says.charAt(0);
  return `${begin}${says.slice(1)}${says.endsWith('.') ? '' : '.'}`;
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(',', '').replaceAll(' ', '-');
}
