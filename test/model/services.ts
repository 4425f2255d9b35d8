import aws from './aws.json' with { type: 'json' };
import type { Asked } from './context.js';
import type { Optional } from './request.js';

/** A row of the table of actions (kms.md section 6, EV-17); KG-4: have its requests an encryption context? */
type Action = Readonly<Record<'crossAccount' | 'resource', string>> &
  Optional<'grantable' | 'encryptionContext', boolean>;
const ACTIONS: readonly (readonly [string, Action])[] = Object.entries(aws.actions);

/** A KMS action that the table does not have can be shared as little as most of them. */
export function actionOf({ service, operation }: Record<'service' | 'operation', string>): Action {
  const found = ACTIONS.find(([name]) => name.toLowerCase() === `${service}:${operation}`);
  return found?.[1] ?? { crossAccount: service === 'kms' ? 'no' : 'yes', resource: '' };
}
export const isRetireGrant = (asked: Asked) => `${asked.service}:${asked.operation}` === 'kms:retiregrant';

/** KX-7: actions on no key or queue, and the alias half of alias actions, know no resource policy. */
export function isDecidedByIamAlone(asked: Asked): boolean {
  const { resource } = actionOf(asked);
  const isAlias = resource === 'alias + key' && asked.arn?.[5]?.startsWith('alias/') === true;
  const isKnown = asked.service !== 'kms' || asked.facts['keyless-actions-iam-only'];
  return isKnown && (resource === '*' || isAlias);
}
/** KX-1, EV-17: actions that no permission can share with another account. */
export const isUnshared = (asked: Asked): boolean =>
  actionOf(asked).crossAccount === 'no' &&
  asked.facts[asked.service === 'kms' ? 'kms-unshared-actions' : 'sqs-unshared-actions'];
/** EV-9: the trust policy of a role decides like a key policy. */
export const isRoleTrust = ({ service, arn }: Asked): boolean =>
  service === 'sts' && arn?.[2] === 'iam' && arn[5]?.startsWith('role/') === true;
/** RCP-4: the services on whose resources RCPs act. SNS is not among them. */
export const hasRcps = ({ service }: Asked) => aws.rcpServices.includes(service);
