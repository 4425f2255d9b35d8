import { copyOf, listOf, type Members, membersOf, PARTS, pickFrom, statementsOf } from './parts.js';
import type { Random } from './random.js';

/** Takes something out of the line, turns it round, or puts in what the other line has there. */
export function putIn(line: Members, other: Members, random: Random): void {
  const what = random.below(12);
  if (what < 2) putPart(line, other, random);
  else if (what < 6) putRequest(membersOf(line.request), membersOf(other.request), random);
  else if (what < 7) turnRound(line, random);
  else putStatement(line, other, random);
}

function putMember(into: Members, from: Members, name: string): void {
  if (from[name] === undefined) delete into[name];
  else into[name] = copyOf(from[name]);
}

function putPart(line: Members, other: Members, random: Random): void {
  const [given, ...more] = PARTS.filter((name) => name !== 'request' && line[name] !== other[name]);
  if (given !== undefined) putMember(line, other, random.pick([given, ...more]));
}

/** The caller is one thing with its role, user and id. */
const CALLER = ['principal', 'roleArn', 'userArn', 'principalId'] as const;

/** Something of the request as the other one has it. */
export function putRequest(request: Members, other: Members, random: Random): void {
  switch (random.below(6)) {
    case 0:
      for (const name of CALLER) putMember(request, other, name);
      return;
    case 1:
      putMember(request, other, 'action');
      return;
    case 2:
      for (const name of ['resource', 'resourceAccount']) putMember(request, other, name);
      return;
    case 3:
      putMember(request, other, random.pick(['encryptionContext', 'grantTokens']));
      return;
    default:
      request.context ??= {};
      putContext(membersOf(request.context), membersOf(other.context), random);
  }
}

function putContext(context: Members, other: Members, random: Random): void {
  const held = Object.keys(context);
  const name = pickFrom(held, random);
  if (random.chance(0.4) && name !== undefined) {
    delete context[name];
    return;
  }
  const spellings = new Set(held.map((key) => key.toLowerCase()));
  const taken = pickFrom(
    Object.keys(other).filter((key) => Object.hasOwn(context, key) || !spellings.has(key.toLowerCase())),
    random,
  );
  if (taken !== undefined) context[taken] = copyOf(other[taken]);
}

const YES_OR_NO = [
  'principalInManagementAccount',
  'resourceInManagementAccount',
  'principalIsServiceLinkedRole',
  'contextIsComplete',
] as const;

function turnRound(line: Members, random: Random): void {
  const name = random.pick([...YES_OR_NO, 'keyManager', 'pending']);
  if (name === 'keyManager') line.keyManager = line.keyManager === 'AWS' ? 'CUSTOMER' : 'AWS';
  else if (name === 'pending')
    for (const grant of listOf(line.grants)) membersOf(grant).pending = random.chance(0.5);
  else if (name !== 'principalIsServiceLinkedRole' || isSession(line)) line[name] = line[name] !== true;
}

function isSession(line: Members): boolean {
  return String(membersOf(line.request).principal).includes(':assumed-role/');
}

function putStatement(line: Members, other: Members, random: Random): void {
  const statement = pickFrom(statementsOf(line), random);
  if (statement === undefined) return;
  const hasPrincipal = statement.Principal !== undefined;
  const twin = pickFrom(
    statementsOf(other).filter(({ Principal }) => (Principal !== undefined) === hasPrincipal),
    random,
  );
  switch (random.below(6)) {
    case 0:
      delete statement.Condition;
      return;
    case 1:
      if (statement.NotPrincipal === undefined && statement.Principal !== '*')
        statement.Effect = statement.Effect === 'Allow' ? 'Deny' : 'Allow';
      return;
    case 2:
      if (twin?.Principal !== undefined && statement.Principal !== '*')
        statement.Principal = copyOf(twin.Principal);
      return;
    case 3:
      if (twin?.Resource !== undefined && statement.Resource !== undefined)
        statement.Resource = copyOf(twin.Resource);
      return;
    case 4:
      if (twin?.Action !== undefined && statement.Action !== undefined)
        statement.Action = copyOf(twin.Action);
      return;
    default:
      if (twin?.Condition !== undefined) statement.Condition = copyOf(twin.Condition);
  }
}
