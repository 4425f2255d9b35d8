import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_RULES } from '../src/rules/answers.js';
import { CONDITION_RULES } from '../src/rules/conditions.js';
import { CONTEXT_RULES } from '../src/rules/context.js';
import { EVALUATION_RULES } from '../src/rules/evaluation.js';
import { KMS_RULES } from '../src/rules/kms.js';
import { KMS_CALL_RULES } from '../src/rules/kms-calls.js';
import type { Basis, Rule } from '../src/rules/rule.js';
import { SOURCE_RULES } from '../src/rules/sources.js';
import { SQS_RULES } from '../src/rules/sqs.js';
import { SQS_QUEUE_RULES } from '../src/rules/sqs-queues.js';

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
`;

interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** The text of docs/rules.md, from the registry and from the source files that name its rules. */
export function ruleBook(root: string): string {
  const sources = sourceTexts(root, 'src');
  const chapters = SUBJECTS.map(([title, rules]) => {
    const entries = Object.entries(rules).map(([id, rule]) => entry(id, rule, sources));
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

function entry(id: string, rule: Rule, sources: readonly SourceText[]): string {
  const files = sources.filter(({ text }) => names(text, id)).map(({ path }) => `[${path}](../${path})`);
  return [
    `### ${id}`,
    '',
    sentence(rule.says),
    '',
    `- AWS: ${rule.page}`,
    `- Confidence: ${CERTAINTY[rule.basis]}`,
    ...(files.length === 0 ? [] : [`- Code: ${files.join(', ')}`]),
  ].join('\n');
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

/** Whether a text names the rule itself, not one whose id merely begins or ends with it. */
export function names(text: string, id: string): boolean {
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    if (!isIdUnit(text.charCodeAt(at - 1)) && !isIdUnit(text.charCodeAt(at + id.length))) return true;
  }
  return false;
}

function isIdUnit(unit: number): boolean {
  return unit === 45 || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90);
}

/** The TypeScript files that implement rules: all but the registry itself. */
function sourceTexts(root: string, folder: string): readonly SourceText[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((found) => {
      const path = `${folder}/${found.name}`;
      if (found.isDirectory()) return path === 'src/rules' ? [] : sourceTexts(root, path);
      return path.endsWith('.ts') ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
    });
}
