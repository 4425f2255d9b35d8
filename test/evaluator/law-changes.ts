import type { PolicyType } from '../../src/policy/policy.js';
import { readAhead } from './law-readings.js';
import { resourceType } from './law-scenes.js';
import type { LayerTexts, PolicyText, Random, Scene, StatementText } from './law-texts.js';

type ChangePolicy = (policy: PolicyText, type: PolicyType) => PolicyText;
type ChangeList = (policies: readonly PolicyText[], type: PolicyType) => readonly PolicyText[];

/** The scene with every list of policies that count together changed; single policies are lists of one. */
export function changeLists(scene: Scene, change: ChangeList): Scene {
  const { layers } = scene;
  return withLayers(scene, {
    ...(layers.identity && { identity: change(layers.identity, 'identity') }),
    ...(layers.session && { session: change(layers.session, 'session') }),
    ...(layers.scp && { scp: layers.scp.map((level) => change(level, 'scp')) }),
    ...(layers.rcp && { rcp: layers.rcp.map((level) => change(level, 'rcp')) }),
  });
}

export function changePolicies(scene: Scene, change: ChangePolicy): Scene {
  const lists = changeLists(scene, (list, type) => list.map((policy) => change(policy, type)));
  const { resource, permissionsBoundary, vpcEndpoint } = scene.layers;
  return withLayers(lists, {
    ...(resource && { resource: change(resource, resourceType(scene)) }),
    ...(permissionsBoundary && { permissionsBoundary: change(permissionsBoundary, 'permissions-boundary') }),
    ...(vpcEndpoint && { vpcEndpoint: change(vpcEndpoint, 'vpc-endpoint') }),
  });
}

/**
 * Changes every policy of a scene; `undefined` where that changes none. A policy that many scenes share is changed, and
 * read, once: the change must hang on the policy alone.
 */
export function everyPolicy(
  change: (policy: PolicyText, type: PolicyType, random: Random) => PolicyText,
): (scene: Scene, random: Random) => Scene | undefined {
  const changedBefore = new Map<PolicyText, PolicyText>();
  return (scene, random) => {
    let changed = false;
    const after = changePolicies(scene, (policy, type) => {
      const made = changedBefore.get(policy) ?? change(policy, type, random);
      if (!changedBefore.has(policy)) changedBefore.set(policy, made);
      if (made === policy) return policy;
      changed = true;
      readAhead(made, type);
      return made;
    });
    return changed ? after : undefined;
  };
}

type ChangeStatement = (
  statement: StatementText,
  type: PolicyType,
  random: Random,
  policy: PolicyText,
) => readonly StatementText[] | undefined;

/** Replaces statements by others, where the change gives some; it must hang on the statement alone. */
export function everyStatement(change: ChangeStatement): (scene: Scene, random: Random) => Scene | undefined {
  return everyPolicy((policy, type, random) => changeStatementsOf(policy, type, random, change));
}

/** Replaces statements by others, in a way that hangs on the scene as well. */
export function statementsOf(scene: Scene, random: Random, change: ChangeStatement): Scene | undefined {
  let changed = false;
  const after = changePolicies(scene, (policy, type) => {
    const made = changeStatementsOf(policy, type, random, change);
    changed ||= made !== policy;
    return made;
  });
  return changed ? after : undefined;
}

function changeStatementsOf(
  policy: PolicyText,
  type: PolicyType,
  random: Random,
  change: ChangeStatement,
): PolicyText {
  let changed = false;
  const Statement = policy.Statement.flatMap((statement) => {
    const others = change(statement, type, random, policy);
    changed ||= others !== undefined;
    return others ?? [statement];
  });
  return changed ? { ...policy, Statement } : policy;
}

type ConditionParts = readonly [operator: string, key: string, operands: readonly string[]];

export function mapConditions(
  statement: StatementText,
  change: (...parts: ConditionParts) => ConditionParts,
): StatementText {
  if (statement.Condition === undefined) return statement;
  const Condition: { [operator: string]: { [key: string]: readonly string[] } } = {};
  for (const [operator, keys] of Object.entries(statement.Condition)) {
    for (const [key, operands] of Object.entries(keys)) {
      const [otherOperator, otherKey, others] = change(operator, key, operands);
      Condition[otherOperator] = { ...Condition[otherOperator], [otherKey]: others };
    }
  }
  return { ...statement, Condition };
}

/** The scene with something done to one of its policies, whichever layer it is of. */
export function changeOne(random: Random, scene: Scene, change: ChangePolicy): Scene | undefined {
  const all: PolicyText[] = [];
  changePolicies(scene, (policy) => {
    all.push(policy);
    return policy;
  });
  if (all.length === 0) return undefined;
  let left = Math.floor(random() * all.length);
  return changePolicies(scene, (policy, type) => {
    left -= 1;
    return left === -1 ? change(policy, type) : policy;
  });
}

/** The scene with some layers put in place of its own. */
export function withLayers(scene: Scene, layers: LayerTexts): Scene {
  return { ...scene, layers: { ...scene.layers, ...layers } };
}

/** The same text with each letter in a case of its own. */
export function otherCase(random: Random, text: string): string {
  return [...text].map((letter) => (random() < 0.5 ? letter.toUpperCase() : letter.toLowerCase())).join('');
}

/** Whether a pattern matches, told the slow and plain way: every `*` tries every length. */
export function globs(pattern: string, text: string): boolean {
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === undefined) return text === '';
  if (first === '*') return globs(rest, text) || (text !== '' && globs(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && globs(rest, text.slice(1));
}
