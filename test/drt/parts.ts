import type { Random } from './random.js';

/** The members of a line or of something in it; lines are taken apart here without regard to their types. */
export type Members = Record<string, unknown>;

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** One of the items, or `undefined` if there is none. */
export function pickFrom<T>(items: readonly T[], random: Random): T | undefined {
  return items[random.below(items.length)];
}

/** A copy of a JSON value; `structuredClone` takes ten times as long. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy: Members = {};
  for (const name in value) copy[name] = copyOf((value as Members)[name]);
  return copy as T;
}

const POLICIES = [
  'identity',
  'keyPolicy',
  'resourcePolicy',
  'boundary',
  'sessionPolicy',
  'scps',
  'rcps',
  'vpcePolicy',
] as const;

/** The members of a line that are asked; the others are notes. */
export const PARTS = [
  ...POLICIES,
  'request',
  'grants',
  'keyManager',
  'principalInManagementAccount',
  'resourceInManagementAccount',
  'principalIsServiceLinkedRole',
] as const;

/** A copy of the line without notes. */
export function partsOf(line: object): Members {
  const parts: Members = {};
  for (const name of PARTS) {
    const part = membersOf(line)[name];
    if (part !== undefined) parts[name] = copyOf(part);
  }
  return parts;
}

/** All policies of the line, of whatever layer. */
export function policiesOf(line: Members): Members[] {
  const found: Members[] = [];
  for (const name of POLICIES) {
    for (const level of listOf(line[name])) for (const policy of listOf(level)) found.push(membersOf(policy));
  }
  return found;
}

export function statementsOf(line: Members): Members[] {
  return policiesOf(line).flatMap((policy) => listOf(policy.Statement).map(membersOf));
}

/** Puts another text in the place of a text, or of one of a list of them. */
export function nudgeMember(
  holder: Members,
  name: string,
  nudgeOne: (text: string, random: Random) => string,
  random: Random,
): void {
  const value = holder[name];
  if (Array.isArray(value)) {
    const at = random.below(value.length);
    if (random.chance(0.1)) value.splice(at, 1);
    else if (value.length > 0) value[at] = nudgeOne(String(value[at]), random);
  } else if (value !== undefined) {
    const nudged = nudgeOne(String(value), random);
    holder[name] = random.chance(0.1) ? [value, nudged] : nudged;
  }
}
