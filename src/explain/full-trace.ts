import type { Hop, Outcome, Refusal } from '../replay/outcome.js';
import { asPrinted, requestId } from '../services/aws-error.js';
import { wireAnswers } from '../services/wire-error.js';
import { citeRule } from './cited-rule.js';
import { fateOfHop, fateOfRefused } from './fate.js';
import { columnsOf, visibleText, wrapText } from './plain-text.js';
import { findRefusal, whoCalls } from './refused-call.js';
import { ruleLine, type TraceLine } from './trace-line.js';
import { questionLines } from './trace-question.js';

const WIDTH = 100;
/** A chain as long as a world can make it stays readable: deeper lines are no further to the right. */
const DEEPEST = 24;

/**
 * Everything that was asked and answered about one call, in order: each question with its layers, levels, statements
 * and facets, the grants, the rules with their sentences, the verdict, and the same for every call it caused. Plain text
 * of at most a hundred columns a line, without a limit to their number.
 */
export function traceLines(outcome: Outcome): readonly string[] {
  return callLines(outcome, 0).flatMap(wrapLine);
}

function callLines(outcome: Outcome, depth: number): readonly TraceLine[] {
  const { call, asked, refusal, hops, succeeded } = outcome;
  const on = call.on === undefined ? '' : ` on ${call.on}`;
  const ended = succeeded ? 'succeeded' : refusal?.undetermined === true ? 'may be refused' : 'refused';
  const lines: TraceLine[] = [{ depth, text: `${call.api}${on}, made by ${whoCalls(call)}: ${ended}` }];
  for (const [index, each] of asked.entries()) {
    lines.push(...questionLines(outcome, each, index + 1, depth + 1));
  }
  for (const each of [outcome.cold, refusal])
    if (each !== undefined) lines.push(...checkLines(each, depth + 1));
  for (const hop of hops) lines.push(...hopLines(hop, depth + 1));
  if (refusal !== undefined && depth === 0) lines.push(...errorLines(outcome, refusal, depth + 1));
  if (asked.length === 0 && hops.length === 0 && refusal === undefined) {
    lines.push({ depth: depth + 1, text: 'nothing was asked' });
  }
  return lines;
}

function checkLines({ at, on, check }: Refusal, depth: number): readonly TraceLine[] {
  if (check === undefined) return [];
  return [
    {
      depth,
      text: `check: ${at} on ${on}: ${check.cached === undefined ? 'fails' : 'not made, a cached data key answers; made anew it would fail'}, whatever the policies say (${check.by})`,
    },
    ruleLine(citeRule(check.why, at), depth + 1),
  ];
}

function hopLines(hop: Hop, depth: number): readonly TraceLine[] {
  const { from, to, outcome, why, seenAs, deadLetter, record } = hop;
  const fate = fateOfHop(hop);
  return [
    { depth, text: `${from} to ${to}: ${fate === undefined ? FATES[hop.fate] : fate.says}` },
    ruleLine(citeRule(why, outcome.call.api), depth + 1),
    ...callLines(outcome, depth + 1),
    ...(outcome.refusal === undefined
      ? []
      : [answerLine(outcome.refusal, depth + 2), ...wireLines(outcome.refusal, outcome, depth + 2)]),
    ...(hop.fate === 'arrived' || seenAs.length === 0
      ? []
      : [{ depth: depth + 1, text: `look at: ${seenAs.join('; ')}` }]),
    ...recordLines(record, depth + 1),
    ...(deadLetter === undefined ? [] : hopLines(deadLetter, depth + 1)),
  ];
}

function recordLines(record: Hop['record'], depth: number): readonly TraceLine[] {
  if (record === undefined) return [];
  const members = Object.entries(record.holds).map(([name, value]) => ({
    depth: depth + 1,
    text: `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  }));
  return [{ depth, text: record.what }, ...members];
}

const FATES: Readonly<Record<Hop['fate'], string>> = {
  arrived: 'arrived',
  lost: 'lost',
  delayed: 'delayed',
  stays: 'not moved',
  deadLettered: 'in the dead-letter queue',
  refused: 'refused, and the outer call with it',
  taskFailed: 'the task failed',
};

function errorLines(outcome: Outcome, refusal: Refusal, depth: number): readonly TraceLine[] {
  const found = findRefusal(outcome);
  const fate = found === undefined ? undefined : fateOfRefused(found);
  return [
    answerLine(refusal, depth),
    ...wireLines(refusal, outcome, depth),
    ...(fate === undefined ? [] : [{ depth, text: `message: ${fate.says}` }]),
  ];
}

/** The error as the AWS command line prints it. */
function answerLine({ error, undetermined }: Refusal, depth: number): TraceLine {
  const { http, cause, details = {} } = error;
  const said = Object.entries(details).map(([name, value]) => `; ${name} = ${value}`);
  const behind = `${said.join('')}${cause === undefined ? '' : `; behind it ${cause.code}: ${cause.message}`}`;
  const doubt = undetermined ? 'answer, if refused' : 'answer';
  return { depth, text: `${doubt} (HTTP ${http}): ${asPrinted(error)}${behind}` };
}

/** What a program would find in the HTTP answer, protocol by protocol, without what the answer says already. */
function wireLines({ error }: Refusal, { world }: Outcome, depth: number): readonly TraceLine[] {
  return wireAnswers(error, requestId(world.state.serial)).map(({ protocol, status, code, headers }) => {
    const header = headers['x-amzn-query-error'];
    const type = protocol === 'json' ? `__type ${code}` : `Code ${code}`;
    const also = header === undefined ? '' : `, x-amzn-query-error ${header}`;
    return { depth, text: `on the wire (${PROTOCOLS[protocol]}): HTTP ${status}, ${type}${also}` };
  });
}

const PROTOCOLS = { query: 'query XML', json: 'JSON', 'rest-xml': 'XML' } as const;

/** Continued lines stand two columns further in than their beginning. */
function wrapLine({ depth, text }: TraceLine): readonly string[] {
  const indent = '  '.repeat(Math.min(depth, DEEPEST));
  const [first = '', ...rest] = wrapText(visibleText(text), WIDTH - columnsOf(indent) - 4);
  return [`${indent}${first}`, ...rest.map((line) => `${indent}    ${line}`)];
}
