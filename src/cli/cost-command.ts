import { kmsRequestsByFormula } from '../analysis/kms-cost.js';
import { wrapText } from '../explain/plain-text.js';
import { styleFor } from '../report/style.js';
import { excerpt } from '../syntax/excerpt.js';
import { EXIT, type Io, print, wantsColours } from './io.js';

const LIMITS = {
  billingSeconds: ['--billing-seconds', 1, 1e12],
  reuse: ['--reuse', 60, 86_400],
  producers: ['--producers', 0, 1e6],
  consumers: ['--consumers', 0, 1e6],
} as const;

const CAVEAT =
  'AWS’s estimate for one queue whose requesters never rest; SQS is distributed and may ask more often';

/** Estimates KMS requests by the formula that AWS publishes. Page: SQS Developer Guide, Key management. */
export function costCommand(options: Readonly<Record<string, string>>, io: Io): number {
  const style = styleFor(wantsColours(io), io.columns);
  const read = new Map<keyof typeof LIMITS, number>();
  for (const name of ['billingSeconds', 'reuse', 'producers', 'consumers'] as const) {
    const [flag, least, most] = LIMITS[name];
    const given = options[name] ?? '';
    const value = /^\d{1,13}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) read.set(name, value);
    else
      print(io.err, [
        `${style.bad('error')}: ${flag} is ${excerpt(given)}`,
        `  expected: a whole number from ${least} to ${most}`,
      ]);
  }
  const billingSeconds = read.get('billingSeconds');
  const reusePeriodSeconds = read.get('reuse');
  const producers = read.get('producers');
  const consumers = read.get('consumers');
  if (
    billingSeconds === undefined ||
    reusePeriodSeconds === undefined ||
    producers === undefined ||
    consumers === undefined
  ) {
    return EXIT.unusable;
  }
  const requests = kmsRequestsByFormula({ billingSeconds, reusePeriodSeconds, producers, consumers });
  print(io.out, [
    `${requestsInWords(requests)} KMS requests`,
    style.quiet(
      `R = B / D x (2P + C) = ${billingSeconds} / ${reusePeriodSeconds} x (2 x ${producers} + ${consumers})`,
    ),
    ...wrapText(CAVEAT, style.width).map(style.quiet),
  ]);
  return EXIT.yes;
}

function requestsInWords(requests: number): string {
  if (Number.isInteger(requests)) return String(requests);
  return requests < 1 ? requests.toPrecision(2) : requests.toFixed(1);
}
