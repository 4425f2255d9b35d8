import { policyFrom } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import type { PolicyText } from './law-texts.js';

export type ReadPolicy = (text: PolicyText, type: PolicyType) => Policy;

export function readAnew(text: unknown, type: PolicyType): Policy {
  const read = policyFrom(text, type);
  if (read.ok) return read.value;
  throw new Error(`${type}: ${JSON.stringify(read.issues)}`);
}

/** The policies of the pool, read; what a law makes of them is read anew. */
const readBefore = new Map<PolicyText, Policy>();

export function readForGood(text: PolicyText, type: PolicyType): void {
  readBefore.set(text, readAnew(text, type));
}

/** Readings kept for one law alone. */
const readAheadOfTime = new Map<PolicyText, Policy>();

export function readAhead(text: PolicyText, type: PolicyType): void {
  if (!readAheadOfTime.has(text)) readAheadOfTime.set(text, readAnew(text, type));
}

export function forgetReadings(): void {
  readAheadOfTime.clear();
}

export const readOnce: ReadPolicy = (text, type) =>
  readBefore.get(text) ?? readAheadOfTime.get(text) ?? readAnew(text, type);
