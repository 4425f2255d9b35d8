/**
 * What differs from service to service in how requests are authorized.
 *
 * Sources: IAM User Guide, "AWS global condition context keys" (copy later than November 2025), for the network keys;
 * AWS Organizations User Guide, "Resource control policies", and Service Authorization Reference, data of 2026-09-26,
 * for RCPs.
 */
import { RCP_SERVICES, SERVICE_PREFIXES } from './service-prefixes.js';
import { frozen } from './table.js';

/** Do RCPs reach resources of this service? The prefix as in actions, whatever its letter case. */
export function supportsRcps(servicePrefix: string): boolean {
  return RCP_SERVICES.has(servicePrefix.toLowerCase());
}

/** RCPs leave these alone in services that they reach, even where they name `kms:*`. */
export const RCP_EXEMPT_ACTIONS: ReadonlySet<string> = new Set(['kms:retiregrant']);

export function isServicePrefix(servicePrefix: string): boolean {
  return SERVICE_PREFIXES.has(servicePrefix.toLowerCase());
}

export interface NetworkKeySupport {
  /** Lower-cased condition key. */
  readonly key: string;
  /** Services that fill it in, among those we know about; the page's list is longer. */
  readonly supported: readonly string[];
  readonly unsupported: readonly string[];
}

const KMS_ONLY_OF_OURS = ['sqs', 'sns', 'events'];

/** Network keys that only some services fill in. The others come with every request through a VPC endpoint. */
export const NETWORK_KEY_SUPPORT: readonly NetworkKeySupport[] = frozen([
  { key: 'aws:sourcevpcarn', supported: ['kms', 's3', 'lambda', 'iam'], unsupported: [...KMS_ONLY_OF_OURS] },
  { key: 'aws:vpceaccount', supported: ['kms', 's3', 'dynamodb'], unsupported: [...KMS_ONLY_OF_OURS] },
  { key: 'aws:vpceorgid', supported: ['kms', 's3', 'sqs'], unsupported: ['sns', 'events'] },
  { key: 'aws:vpceorgpaths', supported: ['kms', 's3'], unsupported: [...KMS_ONLY_OF_OURS] },
]);

/**
 * Does the service fill in the network key for requests through a VPC endpoint? `true` for keys without restriction;
 * `undefined` where we have not read what the service does.
 */
export function fillsNetworkKey(servicePrefix: string, key: string): boolean | undefined {
  const service = servicePrefix.toLowerCase();
  const row = NETWORK_KEY_SUPPORT.find((support) => support.key === key.toLowerCase());
  if (row === undefined || row.supported.includes(service)) return true;
  return row.unsupported.includes(service) ? false : undefined;
}
