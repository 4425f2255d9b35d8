import type { Decider } from '../evaluator/layer.js';
import { questionFrom } from '../evaluator/question-from.js';
import type { Question } from '../evaluator/read-question.js';
import { allowedLines, explainAllowed } from '../explain/allowed.js';
import { explainQuestion } from '../explain/explain-question.js';
import { explainHop, explainOutcome } from '../explain/explanation.js';
import { listed } from '../explain/plain-text.js';
import { whyLines } from '../explain/why.js';
import type { Outcome } from '../replay/outcome.js';
import { runQuestion } from '../replay/run-question.js';
import type { RuleId } from '../rules/registry.js';
import { problemsWith } from '../scenario/expectation.js';
import type { ExpectedReason } from '../scenario/step.js';
import { issueLines } from './pretty.js';
import { styleFor } from './style.js';

/** What a refusal must have been; each part that is given must hold. */
export interface ExpectedDenial {
  /** The layer that AWS would name. */
  readonly by?: Decider;
  /** `true`: a statement denies; `false`: nothing allows. */
  readonly explicit?: boolean;
  /** Rules of AWS that must be among those that decided. */
  readonly because?: RuleId | readonly RuleId[];
  /** The statement that denies, by its Sid or by its number counted from 1. */
  readonly statement?: string | number;
}

/** The answer of a matcher in the form that `expect.extend` takes. The message is made only when it is asked for. */
export interface MatcherAnswer {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Is the request allowed; of a call, did it succeed and every delivery that it caused arrive? What cannot be read, and
 * an answer that hangs on something unknown, fails either way, so that no test is green by accident.
 */
export function matchAllow(received: unknown, isNot: boolean): MatcherAnswer {
  return judge(received, isNot, (subject) => {
    if (subject.doubts.length > 0) return unsure(subject, 'success');
    const isRefused = subject.question !== undefined && subject.outcome.refusal !== undefined;
    const problems = isRefused
      ? ['expected the request to be allowed, but it is refused']
      : problemsWith(subject.outcome, { of: 'allowed' });
    return { problems, otherwise: 'expected no success, but the request is allowed' };
  });
}

/** Is the request refused, and for the reasons given? What cannot be read or is not known fails either way. */
export function matchDeny(received: unknown, denial: ExpectedDenial, isNot: boolean): MatcherAnswer {
  return judge(received, isNot, (subject) => {
    if (subject.doubts.length > 0 && subject.outcome.refusal !== undefined)
      return unsure(subject, 'an error');
    const isAllowed = subject.question !== undefined && subject.outcome.refusal === undefined;
    const problems = isAllowed
      ? ['expected the request to be refused, but it is allowed']
      : problemsWith(subject.outcome, { of: 'denied', reason: reasonOf(denial) });
    return { problems, otherwise: 'expected no such error, but the request is refused' };
  });
}

/** Is the answer not known, and does it hang on these condition keys or layers, perhaps beside others? */
export function matchNeedContext(received: unknown, keys: readonly string[], isNot: boolean): MatcherAnswer {
  return judge(received, isNot, ({ outcome, doubts }) => {
    const hangsOn = new Set(doubts.map((each) => each.toLowerCase()));
    const missing = keys.filter((key) => !hangsOn.has(key.toLowerCase()));
    const otherwise = `expected an answer that does not hang on ${listed(keys.length === 0 ? doubts : keys)}, but it does`;
    if (doubts.length === 0) {
      const answer = outcome.refusal === undefined ? 'allowed' : outcome.refusal.error.code;
      const problem = `expected an answer that hangs on something unknown, but it is certain: ${answer}`;
      return { problems: [problem], otherwise };
    }
    if (missing.length === 0) return { problems: [], otherwise };
    const problem = `expected the answer to hang on ${listed(missing)}; it hangs on ${listed(doubts)}`;
    return { problems: [problem], otherwise };
  });
}

function reasonOf({ by, explicit, because, statement }: ExpectedDenial): ExpectedReason {
  return {
    ...(by === undefined ? {} : { by }),
    ...(explicit === undefined ? {} : { explicit }),
    ...(because === undefined ? {} : { because: typeof because === 'string' ? [because] : because }),
    ...(statement === undefined ? {} : { statement: String(statement) }),
  };
}

/** What is tested: a call that was run, or a single request, which is run as one. */
interface Subject {
  readonly outcome: Outcome;
  readonly question?: Question;
  /** The condition keys and layers that are not known and that the answer hangs on. */
  readonly doubts: readonly string[];
}

interface Judgement {
  /** What differs from what is expected; nothing when it does not. */
  readonly problems: readonly string[];
  /** What is said when the opposite was expected. */
  readonly otherwise: string;
  /** The answer serves neither expectation. */
  readonly undecided?: true;
}

function judge(received: unknown, isNot: boolean, decide: (subject: Subject) => Judgement): MatcherAnswer {
  const found = subjectOf(received);
  if (typeof found === 'string') return { pass: isNot, message: () => found };
  const { problems, otherwise, undecided } = decide(found);
  const pass = undecided === true ? isNot : problems.length === 0;
  const says = (): readonly string[] => (pass && undecided === undefined ? [otherwise] : problems);
  return { pass, message: () => [...says(), '', ...explanationOf(found)].join('\n') };
}

function unsure({ doubts }: Subject, expected: string): Judgement {
  const problem = `expected ${expected}, but the answer is not known: it hangs on ${listed(doubts)}`;
  return { problems: [problem], otherwise: problem, undecided: true };
}

/** The outcome of a value that a test holds; for one that cannot be read, what is wrong with it. */
function subjectOf(received: unknown): Subject | string {
  if (isOutcome(received)) return { outcome: received, doubts: doubtsOf(received) };
  const question = isQuestion(received) ? received : undefined;
  if (question !== undefined) return subjectOfQuestion(question);
  const read = questionFrom(received);
  if (read.ok) return subjectOfQuestion(read.value);
  const lines = read.issues.filter(({ severity }) => severity === 'error');
  return [
    'expected a request that can be decided, the outcome of a call, or {request, policies}',
    '',
    ...lines.flatMap((issue) => issueLines(issue, styleFor(false, undefined))),
  ].join('\n');
}

function subjectOfQuestion(question: Question): Subject {
  const outcome = runQuestion(question);
  return { outcome, question, doubts: doubtsOf(outcome) };
}

function isOutcome(value: unknown): value is Outcome {
  return isRecord(value) && 'succeeded' in value && 'asked' in value && 'hops' in value && 'world' in value;
}

/** A `decide` line has a request too, with the principal as text. */
function isQuestion(value: unknown): value is Question {
  return isRecord(value) && 'policies' in value && isRecord(value.request) && isRecord(value.request.caller);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What the answer hangs on: of the call itself or, when it succeeded, of a delivery that did not surely arrive. */
function doubtsOf({ refusal, hops }: Outcome): readonly string[] {
  const own = refusal?.undetermined === true ? (refusal.asked?.verdict.dependsOn ?? []) : [];
  if (refusal !== undefined) return own;
  return [...new Set(hops.flatMap(({ outcome, fate }) => (fate === 'arrived' ? [] : doubtsOf(outcome))))];
}

/** The explanation of what did not go through; of a success, what allowed it. */
function explanationOf({ outcome, question }: Subject): readonly string[] {
  const own = question === undefined ? explainOutcome(outcome) : explainQuestion(question);
  if (own !== undefined) return whyLines(own);
  const lost = outcome.hops.flatMap((hop) => explainHop(hop, outcome.call) ?? []);
  if (lost.length > 0)
    return lost.flatMap((each, index) => [...(index === 0 ? [] : ['']), ...whyLines(each)]);
  return explainAllowed(outcome).flatMap((each, index) => [
    ...(index === 0 ? [] : ['']),
    ...allowedLines(each),
  ]);
}
