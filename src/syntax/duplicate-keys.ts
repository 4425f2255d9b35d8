import { excerpt } from './excerpt.js';
import type { Issue } from './issue.js';
import { placeOf } from './locate.js';
import type { Pointer, Source, SourceMember } from './source.js';

const few = 12;

/** Tells of every member whose name another member of the same object has already used. */
export function checkDuplicateKeys(
  source: Source,
  members: readonly SourceMember[],
  pointerOf: () => Pointer,
  issues: Issue[],
): void {
  if (members.length < 2) return;
  if (members.length <= few) {
    for (let i = 1; i < members.length; i += 1) {
      const member = members[i];
      for (let k = 0; member !== undefined && k < i; k += 1) {
        if (members[k]?.key !== member.key) continue;
        issues.push(duplicateKey(source, member, members[k], pointerOf()));
        break;
      }
    }
    return;
  }
  const firsts = new Map<string, SourceMember>();
  for (const member of members) {
    const first = firsts.get(member.key);
    if (first === undefined) firsts.set(member.key, member);
    else issues.push(duplicateKey(source, member, first, pointerOf()));
  }
}

function duplicateKey(
  source: Source,
  member: SourceMember,
  first: SourceMember | undefined,
  parent: Pointer,
): Issue {
  const pointer = [...parent, member.key];
  return {
    code: 'duplicate-key',
    severity: 'error',
    message: `the name ${excerpt(member.key)} is used twice in one object`,
    help: 'keep one of the two, or put both values into one list',
    at: placeOf(source, pointer, member.keySpan),
    related: [placeOf(source, pointer, first?.keySpan)],
  };
}
