import aws from './aws.json' with { type: 'json' };
import type { Asked } from './statement.js';
import { splitArn } from './wildcard.js';

/** A row of the table of KMS actions (kms.md section 6). */
interface KmsAction {
  readonly crossAccount: string;
  /** `*` for the actions that name no key. */
  readonly resource: string;
  readonly grantable?: boolean;
  /** Its requests have an encryption context, so that constraints on it apply (KG-4). */
  readonly encryptionContext?: boolean;
}

const KMS_ACTIONS: ReadonlyMap<string, KmsAction> = new Map(
  Object.entries(aws.kmsActions).map(([name, row]) => [name.toLowerCase(), row]),
);
const SQS_NOT_SHARED = aws.sqsActionsNotShared.map((name) => name.toLowerCase());

/** The action's row. Of an action that the table does not have, as little is true as can be. */
export function kmsAction({ operation }: Asked): KmsAction {
  return KMS_ACTIONS.get(operation) ?? { crossAccount: 'no', resource: 'key' };
}

/** KX-7: KMS actions on no key, the alias half of the alias actions, sqs:ListQueues. Resource policies have no effect. */
export function isDecidedByIamAlone(asked: Asked): boolean {
  if (asked.service === 'sqs') return asked.operation === 'listqueues';
  if (asked.service !== 'kms' || !asked.facts['keyless-actions-iam-only']) return false;
  const { resource } = kmsAction(asked);
  const isAlias = splitArn(asked.resource)?.[5]?.startsWith('alias/') === true;
  return resource === '*' || (resource === 'alias + key' && isAlias);
}

/** KX-1, EV-17: actions that no permission can share with another account. */
export function isUnshared(asked: Asked): boolean {
  const { service, operation, facts } = asked;
  if (service === 'sqs') return facts['sqs-unshared-actions'] && SQS_NOT_SHARED.includes(operation);
  return service === 'kms' && facts['kms-unshared-actions'] && kmsAction(asked).crossAccount === 'no';
}

export function isRetireGrant({ service, operation }: Asked): boolean {
  return service === 'kms' && operation === 'retiregrant';
}

/** RCP-4: the services on whose resources RCPs act. SNS is not among them. */
export const RCP_SERVICES: readonly string[] = aws.rcpServices;
