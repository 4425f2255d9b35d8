import type { Line } from '../model/request.js';
import type { Random } from './random.js';
import { KEYS, OPERATORS, type Words } from './words.js';

type Json = unknown;
type Members = Record<string, Json>;

/** A worked example with one to four of its parts taken out, changed, or put in from another example. */
export function varyExample(examples: readonly Line[], random: Random): Line {
  const [first, ...rest] = examples;
  if (first === undefined) throw new Error('no examples to vary');
  const pick = (): Line => random.pick([first, ...rest]);
  const line: Members = structuredClone({
    ...partsOf(pick()),
    ...(random.chance(0.9) ? { contextIsComplete: true } : {}),
  });
  const changes = 1 + random.below(4);
  for (let made = 0; made < changes; made += 1) change(line, partsOf(pick()), random);
  return line as unknown as Line;
}

const PARTS = [
  'request',
  'identity',
  'keyPolicy',
  'boundary',
  'sessionPolicy',
  'scps',
  'rcps',
  'vpcePolicy',
  'grants',
  'keyManager',
  'principalInManagementAccount',
  'resourceInManagementAccount',
] as const;

function partsOf(example: Line): Members {
  const members = Object.entries(example).filter(([name]) => PARTS.some((part) => part === name));
  return Object.fromEntries(members);
}

function change(line: Members, other: Members, random: Random): void {
  const what = random.below(12);
  if (what < 2) takePart(line, other, random);
  else if (what < 5) changeRequest(line, other, random);
  else if (what < 6) flip(line, random);
  else changeStatements(line, other, random);
}

function changeStatements(line: Members, other: Members, random: Random): void {
  const statements = statementsOf(line);
  const [first, ...rest] = statements;
  if (first === undefined) return;
  changeStatement(random.pick([first, ...rest]), other, random);
}

function takePart(line: Members, other: Members, random: Random): void {
  const name = random.pick(PARTS.slice(1) as [string, ...string[]]);
  if (other[name] === undefined) delete line[name];
  else line[name] = structuredClone(other[name]);
}

/** The caller is one thing with its role, user and id. */
const CALLER: Words = ['principal', 'roleArn', 'userArn', 'principalId'];

function changeRequest(line: Members, other: Members, random: Random): void {
  const [request, source] = [membersOf(line.request), membersOf(other.request)];
  const take = (name: string): void => {
    if (source[name] === undefined) delete request[name];
    else request[name] = structuredClone(source[name]);
  };
  switch (random.below(6)) {
    case 0:
      for (const name of CALLER) take(name);
      return;
    case 1:
      take('action');
      return;
    case 2:
      take('resource');
      return;
    case 3:
      take(random.pick(['encryptionContext', 'grantTokens']));
      return;
    default:
      changeContext(membersOf(request.context), membersOf(source.context), random);
  }
}

function changeContext(context: Members, source: Members, random: Random): void {
  const held = Object.keys(context);
  const name = held[random.below(held.length)];
  if (random.chance(0.4) && name !== undefined) {
    delete context[name];
    return;
  }
  const others = Object.entries(source).filter(([key]) => {
    const folded = key.toLowerCase();
    return Object.hasOwn(context, key) || !held.some((each) => each.toLowerCase() === folded);
  });
  const taken = others[random.below(others.length)];
  if (taken !== undefined) context[taken[0]] = structuredClone(taken[1]);
}

function flip(line: Members, random: Random): void {
  const name = random.pick([
    'principalInManagementAccount',
    'resourceInManagementAccount',
    'keyManager',
    'contextIsComplete',
    'pending',
  ]);
  if (name === 'keyManager') line.keyManager = line.keyManager === 'AWS' ? 'CUSTOMER' : 'AWS';
  else if (name === 'pending')
    for (const grant of listOf(line.grants)) membersOf(grant).pending = random.chance(0.5);
  else line[name] = line[name] !== true;
}

const POLICIES = [
  'identity',
  'keyPolicy',
  'boundary',
  'sessionPolicy',
  'scps',
  'rcps',
  'vpcePolicy',
] as const;

function statementsOf(line: Members): Members[] {
  return POLICIES.flatMap((name) =>
    listOf(line[name])
      .flatMap(listOf)
      .flatMap((policy) => listOf(membersOf(policy).Statement).map(membersOf)),
  );
}

function changeStatement(statement: Members, other: Members, random: Random): void {
  const twins = statementsOf(other).filter(
    (twin) => (twin.Principal === undefined) === (statement.Principal === undefined),
  );
  const twin = twins[random.below(twins.length)];
  switch (random.below(6)) {
    case 0:
      delete statement.Condition;
      return;
    case 1:
      if (twin?.Action !== undefined && statement.Action !== undefined)
        statement.Action = structuredClone(twin.Action);
      return;
    case 2:
      if (twin?.Principal !== undefined && statement.Principal !== '*')
        statement.Principal = structuredClone(twin.Principal);
      return;
    case 3:
      if (twin?.Condition !== undefined) statement.Condition = structuredClone(twin.Condition);
      return;
    case 4:
      if (statement.NotPrincipal === undefined && statement.Principal !== '*')
        statement.Effect = statement.Effect === 'Allow' ? 'Deny' : 'Allow';
      return;
    default:
      changeOperator(statement, random);
  }
}

const PREFIXES: Words = ['', '', 'ForAnyValue:', 'ForAllValues:'];
const FAMILIES = Object.values(OPERATORS);

/** Another operator of the family, another prefix or suffix. */
function changeOperator(statement: Members, random: Random): void {
  const block = membersOf(statement.Condition);
  const names = Object.keys(block);
  const name = names[random.below(names.length)];
  if (name === undefined || name === 'Null') return;
  const base = name.replace(/^For(?:Any|All)Values?:/, '').replace(/IfExists$/, '');
  const family = FAMILIES.find((operators) => operators.includes(base)) ?? ([base] as const);
  const keys = Object.keys(membersOf(block[name])).map((key) => key.toLowerCase());
  const refused = keys.some((key) => /^(?:kms:encryptioncontext:|aws:requesttag)/.test(key));
  const prefix = random.chance(0.5) ? random.pick(refused ? ['', 'ForAnyValue:'] : PREFIXES) : '';
  const changed = `${prefix}${random.chance(0.5) ? base : random.pick(family)}${random.chance(0.3) ? 'IfExists' : ''}`;
  if (Object.hasOwn(block, changed)) return;
  block[changed] = random.chance(0.1) ? { [random.pick(KEYS).key]: ['a'] } : block[name];
  delete block[name];
}

function membersOf(value: Json): Members {
  return typeof value === 'object' && value !== null ? (value as Members) : {};
}

function listOf(value: Json): Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
