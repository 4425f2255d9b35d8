import { cautionsOf } from '../explain/cautions.js';
import { type Explanation, explainHop, explainOutcome } from '../explain/explanation.js';
import { LABEL_WIDTH } from '../explain/fit-lines.js';
import { cutText, visibleText, wrapText } from '../explain/plain-text.js';
import { whyLines } from '../explain/why.js';
import { kmsRequestsOf, lostHops, type Outcome } from '../replay/outcome.js';
import type { StepResult } from '../scenario/run.js';
import type { Scenario } from '../scenario/step.js';
import { clockWords, durationWords, stepWords } from '../scenario/step-words.js';
import type { Issue } from '../syntax/issue.js';
import type { Place } from '../syntax/source.js';
import type { Style } from './style.js';

const NO_ORGANIZATION = 'no organization is described: SCPs and RCPs are assumed not to restrict';

/** The heading of a scenario, with what it leaves open. */
export function scenarioLines(scenario: Scenario, style: Style): readonly string[] {
  const title = scenario.title ?? scenario.file;
  const silent = scenario.world.estate.organizations.length === 0 ? [style.quiet(NO_ORGANIZATION)] : [];
  return [`${style.strong(visibleText(title))}`, style.quiet(visibleText(scenario.file)), ...silent];
}

/** One step: what it did and how it ended; refusals in words; what differs from what was expected. */
export function stepLines(result: StepResult, style: Style, verbose: boolean): readonly string[] {
  const { step, outcome, problems } = result;
  const failed = problems.length > 0;
  const mark = `${failed ? style.bad('✗') : style.good('✓')} ${String(step.number).padStart(2)} `;
  const did = visibleText(stepWords(step));
  const end = endWords(result);
  const lines =
    step.title === undefined
      ? [`${mark}${aligned(did, end, style)}`]
      : [
          `${mark}${cutText(visibleText(step.title), style.width - INDENT)}`,
          `${GAP}${aligned(did, end, style, style.quiet)}`,
        ];
  for (const problem of problems)
    lines.push(...indented(wrapText(visibleText(problem), style.width - INDENT), style.bad));
  if (outcome !== undefined && (failed || verbose))
    lines.push(...explanationLines(outcome, folderOf(step.at.source ?? ''), style, failed));
  return lines;
}

/** Paths are shown as seen from the scenario's own folder, which its heading names. */
function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

const INDENT = 5;
const GAP = ' '.repeat(INDENT);

type End = readonly [text: string, paint: (style: Style) => (text: string) => string];

/** How a step ended, in a word and with the code. */
function endWords({ step, outcome, world }: StepResult): End {
  if (outcome === undefined) {
    if (step.verb === 'wait') return [clockWords(world.now), (style) => style.quiet];
    if (step.verb === 'check') return [checkWords(step), (style) => style.quiet];
    return ['changed', (style) => style.quiet];
  }
  const { refusal } = outcome;
  if (refusal?.undetermined === true) return ['not certain', (style) => style.lost];
  if (refusal !== undefined) return [`${refusal.error.code}  denied`, (style) => style.bad];
  const lost = lostHops(outcome);
  const [first] = lost;
  if (first !== undefined) {
    const accepted = step.verb === 'call' ? 'accepted, ' : '';
    const what = FATES[first.fate] ?? 'LOST';
    return [`${first.outcome.refusal?.error.code ?? ''}  ${accepted}${what}`, (style) => style.lost];
  }
  const task = outcome.hops.find(({ fate }) => fate === 'taskFailed');
  if (task !== undefined)
    return [`${task.outcome.refusal?.error.code ?? ''}  accepted, task FAILED`, (style) => style.lost];
  const cached = outcome.cold === undefined ? 'allowed' : 'allowed (cached)';
  const end = step.verb === 'wait' ? 'delivered late' : cached;
  return [`${requestWords(outcome)}  ${end}`.trimStart(), (style) => style.good];
}

const FATES: Readonly<Partial<Record<string, string>>> = {
  deadLettered: 'dead-lettered',
  delayed: 'DELAYED',
  stays: 'NOT MOVED',
};

function checkWords(step: Extract<StepResult['step'], { readonly verb: 'check' }>): string {
  const count =
    step.messages === undefined ? '' : `${step.messages} message${step.messages === 1 ? '' : 's'}`;
  const task = step.task === undefined ? '' : `task ${step.task}`;
  return [count, step.encryptedWith === undefined ? '' : `under ${step.encryptedWith}`, task]
    .filter((part) => part !== '')
    .join(' ');
}

/** The KMS requests behind a success, short. */
function requestWords(outcome: Outcome): string {
  const made = kmsRequestsOf(outcome);
  if (made.length === 0 || outcome.call.api.startsWith('kms:')) return '';
  return `  KMS: ${made.map(({ action }) => action.slice('kms:'.length)).join(', ')}`;
}

/** Left part and right part on one line, the right one flush; on two lines when they do not fit. */
function aligned(
  left: string,
  [right, paint]: End,
  style: Style,
  paintLeft = (text: string): string => text,
): string {
  const room = style.width - INDENT;
  const shown = paint(style)(visibleText(right));
  if (left.length + right.length + 2 > room) {
    return `${paintLeft(cutText(left, room))}\n${' '.repeat(Math.max(INDENT, style.width - right.length))}${shown}`;
  }
  return `${paintLeft(left)}${' '.repeat(room - left.length - right.length)}${shown}`;
}

function explanationLines(outcome: Outcome, folder: string, style: Style, whole: boolean): readonly string[] {
  const explanations = [
    explainOutcome(outcome),
    ...outcome.hops.map((hop) => (outcome.refusal === undefined ? explainHop(hop, outcome.call) : undefined)),
  ];
  const lines = explanations.flatMap((explanation) =>
    explanation === undefined ? [] : refusalLines(explanation, folder, style, whole),
  );
  const cautions = cautionsOf(outcome).flatMap((text) => wrapText(text, style.width - INDENT));
  return [...lines, ...indented(cautions, style.lost)];
}

/** For a refusal that was expected, the lines that say why; for one that was not, all eight. */
const SHORT: ReadonlySet<string> = new Set(['because', 'nearest', 'matched', 'message', 'depends']);

/** Where nobody who called was told, also where it stopped and what the caller saw instead. */
const UNTOLD: ReadonlySet<string> = new Set([...SHORT, 'answer', 'refused', 'perhaps']);

function refusalLines(
  explanation: Explanation,
  folder: string,
  style: Style,
  whole: boolean,
): readonly string[] {
  const only = explanation.told.who === 'caller' ? SHORT : UNTOLD;
  const lines = whyLines(explanation, { width: style.width - INDENT, folder, ...(whole ? {} : { only }) });
  return lines.map((line) => `${GAP}${style.quiet(line.slice(0, LABEL_WIDTH))}${line.slice(LABEL_WIDTH)}`);
}

function indented(lines: readonly string[], paint: (text: string) => string): readonly string[] {
  return lines.map((line) => `${GAP}${paint(line)}`);
}

/** `file:line:column: error: …`, what was expected, and the way out. */
export function issueLines(issue: Issue, style: Style): readonly string[] {
  const { at, severity, message, expected, help, related } = issue;
  const paint = severity === 'error' ? style.bad : severity === 'warning' ? style.lost : style.quiet;
  const pointer =
    at.start === undefined && at.pointer.length > 0 ? ` (at ${visibleText(at.pointer.join('.'))})` : '';
  const lines = [
    `${style.strong(visibleText(placeWords(at)))}: ${paint(severity)}: ${visibleText(message)}${pointer}`,
  ];
  if (expected !== undefined) lines.push(`  expected: ${visibleText(expected)}`);
  if (help !== undefined) lines.push(`  hint: ${visibleText(help)}`);
  for (const other of related ?? []) lines.push(`  see: ${visibleText(placeWords(other))}`);
  return lines;
}

/** `file:line:column`, as far as it is known. */
function placeWords({ source, start }: Place): string {
  return [source, start?.line, start?.column].filter((part) => part !== undefined && part !== '').join(':');
}

export interface Counts {
  readonly scenarios: number;
  readonly passed: number;
  readonly failed: number;
  readonly unusable: number;
  readonly milliseconds: number;
}

export function countLines(counts: Counts, style: Style): readonly string[] {
  const { scenarios, passed, failed, unusable, milliseconds } = counts;
  const files = `${scenarios} scenario${scenarios === 1 ? '' : 's'}`;
  const bad = unusable === 0 ? '' : `, ${unusable} file${unusable === 1 ? '' : 's'} unusable`;
  const steps = `${passed} passed, ${failed} failed`;
  return [
    style.quiet(`${files}${bad}, replayed in ${durationWords(Math.max(1, Math.round(milliseconds)))}`),
    failed > 0 ? style.bad(steps) : style.good(steps),
  ];
}
