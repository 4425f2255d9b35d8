import type { ResourceCost } from '../analysis/estate-cost.js';
import type { KmsCount } from '../analysis/kms-count.js';
import { hangingLines, listed, visibleText, wrapText } from '../explain/plain-text.js';
import type { Style } from './style.js';

export interface CostTerms {
  readonly billingSeconds: number;
  /** What 10,000 requests cost, in whatever currency. */
  readonly pricePer10000?: number;
}

/** What the keys of an estate are asked for: by formula and by replay, with the price where one was given, and what the steps have asked. */
export function costLines(
  costs: readonly ResourceCost[],
  counts: readonly KmsCount[],
  terms: CostTerms,
  style: Style,
): readonly string[] {
  const lines = costs.flatMap((cost) => resourceLines(cost, terms, style));
  if (costs.length > 1) lines.push(style.strong('together'), ...numberLines(sumOf(costs), terms));
  if (costs.length === 0) lines.push('no queue and no topic is encrypted with KMS: no KMS requests');
  if (counts.length > 0) lines.push('', ...kmsCountLines(counts, style));
  return lines;
}

function resourceLines(cost: ResourceCost, terms: CostTerms, style: Style): readonly string[] {
  const { kind, name, key, reusePeriodSeconds: d, producers, consumers, producedBy, consumedBy } = cost;
  const who = [
    partiesText('producer', producers, producedBy),
    ...(kind === 'topic' ? [] : [partiesText('consumer', consumers, consumedBy)]),
  ].join(', ');
  const formula =
    kind === 'topic'
      ? `R = B / D x 2P = ${terms.billingSeconds} / ${d} x 2 x ${producers}`
      : `R = B / D x (2P + C) = ${terms.billingSeconds} / ${d} x (2 x ${producers} + ${consumers})`;
  const more = cost.simulated !== undefined && Math.round(cost.simulated) > Math.round(cost.formula);
  return [
    style.strong(`${kind} ${visibleText(name)}, key ${visibleText(key)}`),
    ...wrapText(`reuse period ${d} s; ${who}`, style.width - 2).map((line) => `  ${line}`),
    ...numberLines(cost, terms),
    ...wrapText(formula, style.width - 2).map((line) => style.quiet(`  ${line}`)),
    ...(more ? wrapText(WHY_MORE, style.width - 2).map((line) => style.quiet(`  ${line}`)) : []),
  ];
}

const WHY_MORE =
  'the replay asks kms:Decrypt for each data key that a consumer meets, one of every producer; the formula counts one for each consumer';

function partiesText(what: string, count: number, names: readonly string[] | undefined): string {
  const some = names === undefined || names.length === 0 ? '' : ` (${listed(names.map(visibleText))})`;
  return `${count} ${what}${count === 1 ? '' : 's'}${some}`;
}

type Numbers = Pick<ResourceCost, 'formula' | 'simulated'>;

function numberLines({ formula, simulated }: Numbers, terms: CostTerms): readonly string[] {
  const line = (label: string, requests: number): string =>
    `  ${label.padEnd(10)} ${requestsText(requests).padStart(12)} requests${priceText(requests, terms)}`;
  return [line('formula', formula), ...(simulated === undefined ? [] : [line('simulated', simulated)])];
}

function priceText(requests: number, { pricePer10000 }: CostTerms): string {
  return pricePer10000 === undefined ? '' : `  ${priceOf(requests, pricePer10000).toFixed(2).padStart(10)}`;
}

export function priceOf(requests: number, pricePer10000: number): number {
  return (requests / 10_000) * pricePer10000;
}

/** The sum of what was replayed is one only where everything was. */
export function sumOf(costs: readonly ResourceCost[]): Numbers {
  const formula = costs.reduce((sum, cost) => sum + cost.formula, 0);
  const simulated = costs.map((cost) => cost.simulated);
  const known = simulated.filter((each) => each !== undefined);
  return known.length < simulated.length
    ? { formula }
    : { formula, simulated: known.reduce((sum, each) => sum + each, 0) };
}

/** How often the steps of a scenario have asked KMS for what, by whom; nothing where they have not. */
export function kmsCountLines(counts: readonly KmsCount[], style: Style): readonly string[] {
  if (counts.length === 0) return [];
  const width = Math.max(...counts.map(({ requests }) => String(requests).length));
  const lines = counts.flatMap(({ who, action, key, requests, refused }) => {
    const not = refused === 0 ? '' : ` (${refused} refused)`;
    const text = `${action} on ${visibleText(key)} by ${visibleText(who)}${not}`;
    return hangingLines(`  ${String(requests).padStart(width)} `, text, style.width);
  });
  return [style.strong('KMS requests of the steps'), ...lines];
}

export function requestsText(requests: number): string {
  if (Number.isInteger(requests)) return String(requests);
  return requests < 1 ? requests.toPrecision(2) : requests.toFixed(1);
}
