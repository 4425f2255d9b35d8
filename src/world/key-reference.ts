import { AWS_MANAGED_KEY_SERVICES, awsManagedKeyPolicy } from '../catalogue/key-policies.js';
import { policyFrom } from '../policy/parse-policy.js';
import { parseArn } from '../syntax/arn.js';
import { invariant } from '../syntax/invariant.js';
import { madeUpKeyId } from './made-up-id.js';
import type { Estate, Key } from './world.js';

/** Where a reference is resolved: the account and Region of the queue or topic that holds it. */
export interface KeyHome {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** What a reference to a key turned out to name. */
export interface KeyReference {
  /** `undefined` when there is no such key in this Region. */
  readonly key?: Key;
  /** `alias/name`, when the reference was one. */
  readonly alias?: string;
  /** The account that the reference names. */
  readonly account: string;
  /** The ARN asked for, for messages about a missing key. */
  readonly arn: string;
}

/**
 * Resolves a key id, key ARN, alias or alias ARN at the moment of use. KMS is regional: a key of another Region is not
 * found, and of a multi-Region key the one there is. `alias/aws/SERVICE` names the AWS managed key, which exists once
 * it is used. Page: KMS Developer Guide, Key identifiers.
 * Rules: SQS-KEY-RESOLVED-AT-USE, KMS-AWS-KEY-AT-FIRST-USE, KMS-REPLICA-SERVES-ITS-REGION
 */
export function resolveKey(estate: Estate, reference: string, home: KeyHome): KeyReference {
  const arn = parseArn(reference);
  const account = arn?.account ?? home.account;
  const local = arn?.resource ?? reference;
  const region = arn?.region ?? home.region;
  const isAlias = local.startsWith('alias/');
  const id = local.startsWith('key/') ? local.slice(4) : local;
  const asked = `arn:${home.partition}:kms:${region}:${account}:${isAlias ? local : `key/${id}`}`;
  const alias = isAlias ? { alias: local } : {};
  if (region !== home.region) return { account, arn: asked, ...alias };
  for (const key of estate.keys.values()) {
    if (key.arn.account !== account || key.arn.region !== region) continue;
    if (isAlias ? key.aliases.includes(local) : key.arn.resource === `key/${id}`)
      return { key, account, arn: asked, ...alias };
  }
  const service = local.startsWith('alias/aws/') ? local.slice('alias/aws/'.length) : '';
  if (!AWS_MANAGED_KEY_SERVICES.includes(service)) return { account, arn: asked, ...alias };
  return {
    key: awsManagedKey(service, { ...home, account, region }),
    account,
    arn: asked,
    ...alias,
  };
}

/** The key that AWS keeps for a service in an account. Bounded by the accounts and Regions that a world names. */
const managed = new Map<string, Key>();
const LIMIT = 1024;

export function awsManagedKey(service: string, home: KeyHome): Key {
  const arnText = `arn:${home.partition}:kms:${home.region}:${home.account}:key/${madeUpKeyId(`aws/${service}/${home.account}/${home.region}`)}`;
  const known = managed.get(arnText);
  if (known !== undefined) return known;
  const name = `policy of the AWS managed key aws/${service}`;
  const parsed = policyFrom(JSON.parse(awsManagedKeyPolicy(service, home)), 'key', { name });
  const arn = parseArn(arnText);
  invariant(parsed.ok && arn !== undefined, `the policy of aws/${service} can be read`);
  const key: Key = {
    name: `aws/${service}`,
    arn,
    aliases: [`alias/aws/${service}`],
    manager: 'aws',
    policy: parsed.value,
    grants: [],
    state: 'Enabled',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    multiRegion: false,
    tags: new Map(),
  };
  if (managed.size >= LIMIT) managed.clear();
  managed.set(arnText, key);
  return key;
}

/** The key of an ARN, as a message remembers it; the AWS managed key of SQS among them. */
export function keyByArn(estate: Estate, keyArn: string): Key | undefined {
  for (const key of estate.keys.values()) if (key.arn.text === keyArn) return key;
  const arn = parseArn(keyArn);
  if (arn === undefined) return undefined;
  const ofSqs = awsManagedKey('sqs', { partition: arn.partition, region: arn.region, account: arn.account });
  return ofSqs.arn.text === keyArn ? ofSqs : undefined;
}
