/**
 * Partitions: the second part of ARNs. Accounts of different partitions cannot be let in by each other's policies.
 *
 * Sources: IAM User Guide, "IAM identifiers" and AWS General Reference, ARNs; the endpoint data of the AWS SDKs (2026).
 */
import { byName, frozen } from './table.js';

export interface Partition {
  readonly name: string;
  /** Ends the host names of its endpoints. Service principals and `kms:ViaService` keep `amazonaws.com` in China. */
  readonly dnsSuffix: string;
  /** What the names of its Regions start with; empty for `aws`, which has all others. */
  readonly regionPrefixes: readonly string[];
}

const ROWS = frozen<Partition[]>([
  { name: 'aws', dnsSuffix: 'amazonaws.com', regionPrefixes: [] },
  { name: 'aws-cn', dnsSuffix: 'amazonaws.com.cn', regionPrefixes: ['cn-'] },
  { name: 'aws-us-gov', dnsSuffix: 'amazonaws.com', regionPrefixes: ['us-gov-'] },
  { name: 'aws-iso', dnsSuffix: 'c2s.ic.gov', regionPrefixes: ['us-iso-'] },
  { name: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov', regionPrefixes: ['us-isob-'] },
  { name: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk', regionPrefixes: ['eu-isoe-'] },
  { name: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov', regionPrefixes: ['us-isof-'] },
  { name: 'aws-eusc', dnsSuffix: 'amazonaws.eu', regionPrefixes: ['eusc-'] },
]);

export const PARTITIONS: ReadonlyMap<string, Partition> = byName(ROWS);

/** The partition that a Region's name belongs to; `aws` for a Region that we do not know. */
export function partitionOf(region: string): string {
  const row = ROWS.find((partition) => partition.regionPrefixes.some((prefix) => region.startsWith(prefix)));
  return row?.name ?? 'aws';
}
