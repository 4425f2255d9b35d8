import { isServiceHost } from '../evaluator/caller.js';
import { principalArn } from '../evaluator/derive-context.js';
import type { PrincipalEntry } from '../policy/policy.js';
import { readPrincipal } from '../policy/principal-element.js';
import { elementAt } from '../policy/reader.js';
import { isAccountId } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Principal } from '../world/world.js';
import type { Loader } from './loader.js';
import { type Located, refuse, suggest } from './spot.js';

/** A principal as policies and grants write it. */
export interface NamedPrincipal {
  /** An ARN, an account or a service principal. */
  readonly text: string;
  readonly entry: PrincipalEntry;
}

/** Neither an ARN nor an account nor a service principal: it can only be meant for a name of this file. */
function isBareName(value: string): boolean {
  return !value.startsWith('arn:') && !isAccountId(value) && !isServiceHost(value);
}

/** Whom a key's grant or policy means: a principal of the file by its name, or anybody as AWS writes it; else an issue. */
export function principalEntry(
  loader: Loader,
  given: Located<string>,
  principals: ReadonlyMap<string, Principal>,
): NamedPrincipal | undefined {
  const { value, spot } = given;
  const named = principals.get(value);
  if (named === undefined && isBareName(value)) {
    if (loader.hasRefused('principals', value)) return undefined;
    return refuse(loader, spot, {
      code: 'unknown-name',
      message: `unknown principal ${excerpt(value)}`,
      expected: 'a principal of this file, an ARN, an account or a service principal',
      help: suggest(loader, value, principals.keys()),
    });
  }
  const text = (named === undefined ? undefined : principalArn(named.caller)) ?? value;
  const type = isServiceHost(text) ? 'Service' : 'AWS';
  const node = { ...spot.node, kind: 'string' as const, value: text };
  const [entry] = readPrincipal(
    { source: spot.source, issues: loader.issues },
    elementAt({ kind: 'object', members: [{ key: type, value: node }] }, spot.pointer),
  );
  return entry === undefined ? undefined : { text, entry };
}
