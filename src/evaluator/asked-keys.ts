import { conditionKey, segmentOf } from '../catalogue/condition-keys.js';
import { type CompiledCondition, compileCondition } from '../conditions/condition.js';
import { type RequestContext, type Segment, UNKNOWN } from '../conditions/context.js';
import { readOperand } from '../conditions/operands.js';
import type { OperatorUse } from '../conditions/operators.js';
import { EITHER, type Truth, truthOf } from '../conditions/truth.js';
import type { Condition } from '../policy/policy.js';
import type { TemplatePart } from '../syntax/policy-variable.js';
import { type AllowingLayer, DENY_ORDER, type DenyingLayer } from './combine.js';
import { type CompiledStatement, scopeHolds } from './compile.js';
import type { Evaluation } from './evaluation.js';
import { matchGrant } from './grant.js';
import { isDefinite } from './reach.js';
import type { AuthorizationRequest } from './request.js';
import { resourceTemplate } from './resource.js';
import { isUnknown } from './with-value.js';

/** An unknown condition key that the answer may hang on. */
export interface AskedKey {
  readonly slot: string;
  readonly segment: Segment;
  /** As AWS spells it where we know that, otherwise as the policy does. */
  readonly name: string;
  /** A grant asks for more than texts: no set of values is sure to cover every case. */
  readonly untellable?: true;
}

/** The smallest thing whose truth hangs on unknown condition keys. */
export interface Asker {
  /** The slots of the unknown keys that it mentions. */
  readonly keys: ReadonlySet<string>;
  readonly evaluate: (context: RequestContext) => Truth;
  /** Its operands or patterns, variables still in them. */
  readonly templates: readonly (readonly TemplatePart[])[];
  readonly comparesWith: ComparedText | ComparedKey;
}

/** The templates are compared with a text that is known: a resource's ARN, or the source a grant demands. */
export interface ComparedText {
  readonly kind: 'text';
  readonly text: string;
}

/** The templates are compared with the value of a condition key. */
export interface ComparedKey {
  readonly kind: 'key';
  readonly slot: string;
  readonly segment: Segment;
  readonly use: OperatorUse;
  /** The same question about one value, without `IfExists` and set operator. */
  readonly aboutOne: (context: RequestContext) => Truth;
}

/** Whether the asker's answer hangs on a further key that has no value yet. */
export function hangsOnOthers(asker: Asker, slot: string, context: RequestContext): boolean {
  for (const other of asker.keys) if (other !== slot && isUnknown(context, other)) return true;
  return false;
}

/** What is asked about unknown keys where the answer hangs on it, and the keys themselves. */
export interface Asked {
  readonly keys: readonly AskedKey[];
  readonly askers: readonly Asker[];
}

/**
 * The unknown keys that statements about this action and caller mention where nothing known settles the answer.
 * Variables come before the keys that are compared with them.
 */
export function askedKeys(evaluation: Evaluation): Asked {
  const { request } = evaluation;
  const keys = new Map<string, AskedKey>();
  const askers: Asker[] = [];
  for (const statement of openStatements(evaluation)) {
    for (const asker of askersOf(statement, request, keys)) askers.push(asker);
  }
  for (const asker of grantAskers(evaluation, keys)) askers.push(asker);
  return { keys: variablesFirst([...keys.values()], askers), askers };
}

/** Statements of which it is not known whether they hold, in layers whose answer is not settled by others. */
function* openStatements(evaluation: Evaluation): Generator<CompiledStatement> {
  const { request, facts } = evaluation;
  for (const layer of DENY_ORDER) {
    const policies = evaluation.layerOf(layer);
    if (policies === undefined || typeof policies === 'string') continue;
    const denies = evaluation.denyTruth(layer) === EITHER;
    const allows = allowIsOpen(evaluation, layer);
    for (const level of policies.levels) {
      const candidates = level.candidates(request.action, facts.lowerCased);
      if (denies) yield* candidates.denies.filter((statement) => evaluation.denyHolds(statement) === EITHER);
      if (allows) yield* candidates.allows.filter((statement) => evaluation.allowHolds(statement) === EITHER);
    }
  }
}

function allowIsOpen(evaluation: Evaluation, layer: DenyingLayer): boolean {
  if (layer === 'rcp') return false;
  if (layer === 'resource-policy') return !isDefinite(evaluation.resourceReaches());
  const allowing: AllowingLayer = layer;
  return evaluation.allowTruth(allowing) === EITHER;
}

type Keys = Map<string, AskedKey>;

function* askersOf(
  statement: CompiledStatement,
  request: AuthorizationRequest,
  keys: Keys,
): Generator<Asker> {
  if (scopeHolds(statement, request) !== EITHER) return;
  const { resource, conditions, source } = statement;
  const { context } = request;
  const { arn } = request.resource;
  const variables = statement.ref.policy.version === '2012-10-17';
  if (resource !== 'everything' && resource(arn, context) === EITHER) {
    const templates = source.resource.entries
      .map((entry) => resourceTemplate(entry, variables))
      .filter((template) => template.some(({ kind }) => kind === 'variable'));
    yield {
      keys: unknownIn(templates, context, keys),
      evaluate: (known) => resource(arn, known),
      templates,
      comparesWith: { kind: 'text', text: arn },
    };
  }
  for (const [index, condition] of conditions.entries()) {
    if (condition.evaluate(context) !== EITHER) continue;
    const { operands } = source.conditions[index] as Condition;
    yield conditionAsker(condition, operands, variables, context, keys);
  }
}

function conditionAsker(
  condition: CompiledCondition,
  operands: readonly string[],
  variables: boolean,
  context: RequestContext,
  keys: Keys,
): Asker {
  const { use, slot, segment, key, many } = condition;
  const { operator } = use;
  const templates = operands.map((operand) => readOperand(operator, operand, variables));
  const mentioned = unknownIn(templates, context, keys);
  if (context[segment].get(slot) === UNKNOWN) {
    mentioned.add(slot);
    mention(keys, { slot, segment, name: key });
  }
  const plain = { operator: { operator, text: operator.name, ifExists: false }, key, operands };
  const aboutOne = compileCondition(plain, { variables, many, segment, segmentOf }).evaluate;
  return {
    keys: mentioned,
    evaluate: condition.evaluate,
    templates,
    comparesWith: { kind: 'key', slot, segment, use, aboutOne },
  };
}

function* grantAskers(evaluation: Evaluation, keys: Keys): Generator<Asker> {
  const { request, facts, policies } = evaluation;
  const { grants } = policies;
  if (!evaluation.keyPolicyRule || grants === undefined || typeof grants === 'string') return;
  const slot = 'aws:sourcearn';
  const segment = segmentOf(slot);
  for (const grant of grants) {
    const unsure = matchGrant(grant, request, facts).unsure ?? [];
    for (const asked of unsure) {
      mention(keys, { slot: asked, segment: segmentOf(asked), name: asked });
      const mentioned = keys.get(asked);
      if (asked !== slot && mentioned !== undefined) keys.set(asked, { ...mentioned, untellable: true });
    }
    const text = grant.sourceArn;
    if (text === undefined || !unsure.includes(slot)) continue;
    // Nobody asks before the key, which is the only one, has a value.
    const evaluate = (context: RequestContext): Truth => truthOf(context[segment].get(slot) === text);
    const templates = [[{ kind: 'variable', key: slot, slot } as const]];
    yield { keys: new Set([slot]), evaluate, templates, comparesWith: { kind: 'text', text } };
  }
}

function unknownIn(
  templates: readonly (readonly TemplatePart[])[],
  context: RequestContext,
  keys: Keys,
): Set<string> {
  const found = new Set<string>();
  for (const part of templates.flat()) {
    if (part.kind !== 'variable') continue;
    const { slot, key } = part;
    const segment = segmentOf(slot);
    if (context[segment].get(slot) !== UNKNOWN) continue;
    found.add(slot);
    mention(keys, { slot, segment, name: key });
  }
  return found;
}

function mention(keys: Keys, { slot, segment, name }: AskedKey): void {
  if (!keys.has(slot)) keys.set(slot, { slot, segment, name: spelling(name) });
}

function spelling(name: string): string {
  const known = conditionKey(name)?.name;
  if (known === undefined) return name;
  return known.endsWith('/') || known.endsWith(':') ? known + name.slice(known.length) : known;
}

/** A key stands behind the unknown variables that it is compared with; in a circle the order means nothing. */
function variablesFirst(keys: readonly AskedKey[], askers: readonly Asker[]): readonly AskedKey[] {
  const variablesOf = new Map<string, Set<string>>();
  for (const { keys: mentioned, comparesWith } of askers) {
    if (comparesWith.kind === 'text') continue;
    const known = variablesOf.get(comparesWith.slot) ?? new Set();
    variablesOf.set(comparesWith.slot, new Set([...known, ...mentioned]));
  }
  const sorted = new Set<AskedKey>();
  const visited = new Set<AskedKey>();
  const visit = (key: AskedKey): void => {
    if (visited.has(key)) return;
    visited.add(key);
    const variables = variablesOf.get(key.slot);
    if (variables !== undefined) for (const other of keys) if (variables.has(other.slot)) visit(other);
    sorted.add(key);
  };
  for (const key of keys) visit(key);
  return [...sorted];
}
