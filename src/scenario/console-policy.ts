import { consoleKeyPolicy } from '../catalogue/key-policies.js';
import { policyFrom } from '../policy/parse-policy.js';
import type { Policy } from '../policy/policy.js';
import { invariant } from '../syntax/invariant.js';
import type { Key, Principal } from '../world/world.js';
import { accountOf, type Home } from './home.js';
import type { Loader } from './loader.js';
import { principalEntry } from './principal-entry.js';
import type { Read } from './shape.js';
import type { Located } from './spot.js';
import type { consoleChoices } from './world-format.js';

type About = Pick<Key, 'name' | 'arn' | 'spec' | 'usage' | 'origin' | 'multiRegionType'>;

/** The key policy that the console writes for those who were chosen there; issues for whom nobody knows. */
export function consolePolicy(
  loader: Loader,
  home: Home,
  key: About,
  chosen: Read<typeof consoleChoices>,
  principals: ReadonlyMap<string, Principal>,
): Policy | undefined {
  const textsOf = (given: readonly Located<string>[] | undefined): readonly (string | undefined)[] =>
    (given ?? []).map((one) => principalEntry(loader, one, principals)?.text);
  const [administrators, users] = [textsOf(chosen.administrators), textsOf(chosen.users)];
  const accounts = (chosen.accounts ?? []).map((account) => accountOf(loader, home, account));
  const known = (texts: readonly (string | undefined)[]): readonly string[] =>
    texts.flatMap((text) => text ?? []);
  if ([...administrators, ...users, ...accounts].includes(undefined)) return undefined;
  const text = consoleKeyPolicy(key.arn, key, {
    administrators: known(administrators),
    users: known(users),
    accounts: known(accounts),
  });
  // From a value, since places in a text of ours would lead nowhere.
  const parsed = policyFrom(JSON.parse(text), 'key', {
    name: `the policy that the console wrote for key ${key.name}`,
  });
  invariant(parsed.ok, 'a policy of our own can be read');
  return parsed.value;
}
