import { awsManagedKeyPolicy } from '../catalogue/key-policies.js';
import { DEFAULT_KEY_ORIGIN, DEFAULT_KEY_SPEC, DEFAULT_KEY_USAGE } from '../catalogue/key-specs.js';
import type { Grant } from '../evaluator/request.js';
import { policyFrom } from '../policy/parse-policy.js';
import type { Policy } from '../policy/policy.js';
import type { Arn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import { invariant } from '../syntax/invariant.js';
import { defaultPolicyOf, idOfNewKey } from '../world/new-key.js';
import type { Key, Principal } from '../world/world.js';
import { consolePolicy } from './console-policy.js';
import { arnOf, type Home } from './home.js';
import type { Loader } from './loader.js';
import { principalEntry } from './principal-entry.js';
import type { Read } from './shape.js';
import { refuse } from './spot.js';
import type { key } from './world-format.js';

type ReadKey = Read<typeof key>;
type ReadGrant = NonNullable<ReadKey['grants']>[number];

export function buildKey(
  loader: Loader,
  home: Home,
  name: string,
  read: ReadKey,
  principals: ReadonlyMap<string, Principal>,
): Key | undefined {
  const id = read.id?.value ?? idOfNewKey(home.partition, name, read['multi-region'] !== undefined);
  const arn = arnOf(loader, home, read, 'kms', `key/${id}`);
  if (arn === undefined) return undefined;
  const aliases = [...(read.alias === undefined ? [] : [read.alias]), ...(read.aliases ?? [])].map(
    ({ value }) => value,
  );
  const manager =
    read.manager ?? (aliases.some((alias) => alias.startsWith('alias/aws/')) ? 'aws' : 'customer');
  const about = {
    spec: read.spec?.value ?? DEFAULT_KEY_SPEC,
    usage: read.usage ?? DEFAULT_KEY_USAGE,
    origin: read.origin ?? DEFAULT_KEY_ORIGIN,
    multiRegion: arn.resource.startsWith('key/mrk-'),
    ...multiRegionType(loader, read, arn),
  };
  const policy =
    read.policy !== undefined
      ? loader.policyAt(read.policy, 'key', `policy of key ${name}`)
      : read.console !== undefined && manager === 'customer'
        ? consolePolicy(loader, home, { name, arn, ...about }, read.console, principals)
        : fallbackPolicy(name, arn, manager, aliases);
  const unread = read.console !== undefined && (read.policy !== undefined || manager === 'aws');
  if (unread) {
    refuse(loader, read.console.spot, {
      code: 'conflicting-elements',
      message: `key ${excerpt(name)} has its key policy ${manager === 'aws' ? 'from AWS' : 'from two places'}`,
      expected: 'either `policy` or `console`, of a customer managed key',
    });
  }
  if (policy === undefined || unread) return undefined;
  return {
    name,
    arn,
    aliases: Object.freeze(aliases),
    manager,
    policy,
    grants: Object.freeze(
      (read.grants ?? []).flatMap((grant, index) => buildGrant(loader, grant, index, principals) ?? []),
    ),
    state: read.state ?? 'Enabled',
    ...about,
    tags: read.tags ?? new Map(),
  };
}

/** Only keys whose id says so have replicas. */
function multiRegionType(loader: Loader, read: ReadKey, arn: Arn): Pick<Key, 'multiRegionType'> {
  const said = read['multi-region'];
  const multiRegion = arn.resource.startsWith('key/mrk-');
  if (said !== undefined && !multiRegion) {
    refuse(loader, (read.id ?? read.arn)?.spot ?? read.spot, {
      code: 'conflicting-elements',
      message: 'a multi-Region key has an id that does not say so',
      expected: 'an id that begins with `mrk-`, the same for the primary and its replicas',
    });
  }
  return multiRegion ? { multiRegionType: said === 'replica' ? 'REPLICA' : 'PRIMARY' } : {};
}

/** The default key policy, or the fixed one of an AWS managed key. */
function fallbackPolicy(name: string, arn: Arn, manager: Key['manager'], aliases: readonly string[]): Policy {
  const service =
    aliases.find((alias) => alias.startsWith('alias/aws/'))?.slice('alias/aws/'.length) ?? 'sqs';
  if (manager !== 'aws') return defaultPolicyOf(name, arn);
  // From a value, since places in a text of ours would lead nowhere.
  const parsed = policyFrom(JSON.parse(awsManagedKeyPolicy(service, arn)), 'key', {
    name: `the policy of the AWS managed key ${name}`,
  });
  invariant(parsed.ok, 'a policy of our own can be read');
  return parsed.value;
}

function buildGrant(
  loader: Loader,
  read: ReadGrant,
  index: number,
  principals: ReadonlyMap<string, Principal>,
): Grant | undefined {
  const grantee = principalEntry(loader, read.grantee, principals)?.entry;
  if (grantee === undefined) return undefined;
  const retiring =
    read.retiring === undefined ? undefined : principalEntry(loader, read.retiring, principals)?.entry;
  const equals = read['encryption-context-equals'];
  const subset = read['encryption-context-subset'];
  const source = read['source-arn'];
  return {
    id: read.id?.value ?? `grant ${index + 1}`,
    grantee,
    operations: read.operations.map(({ value }) => value),
    ...(retiring === undefined ? {} : { retiring }),
    ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
    ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
    ...(source === undefined ? {} : { sourceArn: source.value }),
  };
}
