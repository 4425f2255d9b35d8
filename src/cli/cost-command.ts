import { costOfEstate } from '../analysis/estate-cost.js';
import { kmsRequestsByFormula } from '../analysis/kms-cost.js';
import { sumKmsCounts } from '../analysis/kms-count.js';
import { listed, wrapText } from '../explain/plain-text.js';
import { type CostTerms, costLines, priceOf, requestsText, sumOf } from '../report/cost.js';
import { FORMAT_VERSION } from '../report/json.js';
import { jsonText } from '../report/json-text.js';
import { scenarioLines } from '../report/pretty.js';
import { type Style, styleFor } from '../report/style.js';
import { runScenario } from '../scenario/run.js';
import { durationWords } from '../scenario/step-words.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Checked, Issue } from '../syntax/issue.js';
import { argumentIssue } from './argument-issue.js';
import { EXIT, type Io, print, wantsColours } from './io.js';
import { issueReport } from './issue-report.js';
import { loadWorlds } from './load-worlds.js';

const LIMITS = {
  billingSeconds: ['--billing-seconds', 1, 1e12],
  reuse: ['--reuse', 60, 86_400],
  producers: ['--producers', 0, 1e6],
  consumers: ['--consumers', 0, 1e6],
} as const;

type Name = keyof typeof LIMITS;
const NAMES = ['billingSeconds', 'reuse', 'producers', 'consumers'] as const satisfies readonly Name[];

/** A month of 31 days. */
const MONTH = 2_678_400;

const CAVEAT =
  'AWS’s estimate for one queue whose requesters never rest; SQS is distributed and may ask more often';

export interface CostOptions {
  readonly billingSeconds?: string;
  readonly reuse?: string;
  readonly producers?: string;
  readonly consumers?: string;
  readonly pricePer10000?: string;
  readonly json?: boolean;
}

/**
 * Estimates KMS requests by the formula that AWS publishes: for given numbers, or for the encrypted queues and topics of scenarios,
 * beside what a replay counts. Page: SQS Developer Guide, Key management. Exit: 0 answered, 2 unusable input.
 */
export async function costCommand(files: readonly string[], options: CostOptions, io: Io): Promise<number> {
  const style = styleFor(wantsColours(io), io.columns);
  const numbers = readNumbers(options, files.length === 0);
  if (!numbers.ok) {
    print(io.err, issueReport(numbers.issues, style));
    return EXIT.unusable;
  }
  return files.length === 0
    ? formulaAlone(numbers.value, options, io, style)
    : ofEstates(files, numbers.value, options, io, style);
}

type Numbers = Readonly<Partial<Record<Name | 'pricePer10000', number>>>;

function readNumbers(options: CostOptions, needsAll: boolean): Checked<Numbers> {
  const read: Partial<Record<Name | 'pricePer10000', number>> = {};
  const missing = NAMES.filter((name) => options[name] === undefined).map((name) => LIMITS[name][0]);
  const issues: Issue[] = needsAll && missing.length > 0 ? [tooFew(missing)] : [];
  for (const name of NAMES) {
    const [flag, least, most] = LIMITS[name];
    const given = options[name];
    if (given === undefined) continue;
    const value = /^\d{1,13}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) read[name] = value;
    else issues.push(unusable(flag, given, `a whole number from ${least} to ${most}`));
  }
  const price = options.pricePer10000;
  if (price !== undefined) {
    if (/^\d{1,9}(\.\d{1,9})?$/.test(price)) read.pricePer10000 = Number(price);
    else issues.push(unusable('--price-per-10000', price, 'a price such as 0.03'));
  }
  const [first, ...others] = issues;
  return first === undefined
    ? { ok: true, value: read, issues: [] }
    : { ok: false, issues: [first, ...others] };
}

function tooFew(missing: readonly string[]): Issue {
  return argumentIssue(
    'SCENARIOS',
    'missing-element',
    `no scenarios are given, and of the four numbers not ${listed(missing, 'or')}`,
    'scenarios, or all of --billing-seconds, --reuse, --producers and --consumers',
  );
}

function unusable(flag: string, given: string, expected: string): Issue {
  return argumentIssue(flag, 'wrong-value', `${excerpt(given)} cannot be used`, expected);
}

function formulaAlone(numbers: Numbers, { json = false }: CostOptions, io: Io, style: Style): number {
  const { billingSeconds = 0, reuse = 0, producers = 0, consumers = 0, pricePer10000 } = numbers;
  const requests = kmsRequestsByFormula({ billingSeconds, reusePeriodSeconds: reuse, producers, consumers });
  const price = pricePer10000 === undefined ? undefined : priceOf(requests, pricePer10000);
  if (json) {
    io.out(
      `${jsonText({ formatVersion: FORMAT_VERSION, requests, ...(price === undefined ? {} : { price }) }, 2)}\n`,
    );
    return EXIT.yes;
  }
  print(io.out, [
    `${requestsText(requests)} KMS requests${price === undefined ? '' : `, ${price.toFixed(2)}`}`,
    style.quiet(`R = B / D x (2P + C) = ${billingSeconds} / ${reuse} x (2 x ${producers} + ${consumers})`),
    ...wrapText(CAVEAT, style.width).map(style.quiet),
  ]);
  return EXIT.yes;
}

async function ofEstates(
  files: readonly string[],
  { billingSeconds = MONTH, reuse, producers, consumers, pricePer10000 }: Numbers,
  { json = false }: CostOptions,
  io: Io,
  style: Style,
): Promise<number> {
  const { scenarios, unusable } = await loadWorlds(files, io, style);
  const terms: CostTerms = { billingSeconds, ...(pricePer10000 === undefined ? {} : { pricePer10000 }) };
  const worlds: object[] = [];
  for (const { scenario, issues } of scenarios) {
    const costs = costOfEstate(scenario.world, {
      billingSeconds,
      ...(reuse === undefined ? {} : { reusePeriodSeconds: reuse }),
      ...(producers === undefined ? {} : { producers }),
      ...(consumers === undefined ? {} : { consumers }),
    });
    const counts = sumKmsCounts([...runScenario(scenario)].map(({ kms }) => kms));
    if (json) {
      const total = sumOf(costs);
      const price = pricePer10000 === undefined ? {} : { price: priceOf(total.formula, pricePer10000) };
      worlds.push({
        file: scenario.file,
        issues,
        billingSeconds,
        resources: costs,
        total: { ...total, ...price },
        steps: counts,
      });
    } else
      print(io.out, [...scenarioLines(scenario, style), '', ...costLines(costs, counts, terms, style), '']);
  }
  if (json) io.out(`${jsonText({ formatVersion: FORMAT_VERSION, worlds }, 2)}\n`);
  else if (scenarios.length > 0) print(io.out, wrapText(caveat(terms), style.width).map(style.quiet));
  return unusable ? EXIT.unusable : EXIT.yes;
}

function caveat({ billingSeconds, pricePer10000 }: CostTerms): string {
  const period = durationWords(billingSeconds * 1000);
  const price = pricePer10000 === undefined ? '' : `, at ${pricePer10000} for 10,000 requests`;
  return `for ${period}${price}; requesters are those who may send and receive, and they never rest; SQS is distributed and may ask more often`;
}
