import { defaultKeyPolicy } from '../catalogue/key-policies.js';
import { policyFrom } from '../policy/parse-policy.js';
import type { Policy } from '../policy/policy.js';
import type { Arn } from '../syntax/arn.js';
import { invariant } from '../syntax/invariant.js';
import { madeUpKeyId } from './made-up-id.js';

/** The key id of a key by its name, where nobody said it; those of multi-Region keys begin with `mrk-`. */
export function idOfNewKey(partition: string, name: string, multiRegion: boolean): string {
  const id = madeUpKeyId(`${partition}/${name}`);
  return multiRegion ? `mrk-${id.replaceAll('-', '')}` : id;
}

/** The key policy of a key that was made without one: it leaves everything to the account. */
export function defaultPolicyOf(name: string, arn: Arn): Policy {
  // From a value, since places in a text of ours would lead nowhere.
  const parsed = policyFrom(JSON.parse(defaultKeyPolicy(arn)), 'key', {
    name: `the default policy of key ${name}`,
  });
  invariant(parsed.ok, 'a policy of our own can be read');
  return parsed.value;
}
