import { KMS_ACTIONS } from '../catalogue/kms-actions.js';
import { RCP_EXEMPT_ACTIONS, supportsRcps } from '../catalogue/services.js';
import { SQS_ACTIONS } from '../catalogue/sqs-operations.js';

/** What follows from an action's name alone. */
export interface ActionFacts {
  readonly lowerCased: string;
  /** The service prefix: `sqs`, `kms`. */
  readonly service: string;
  /** False for an operation that no policy can share across accounts. Rule: EVAL-CROSS-ACCOUNT-EXCLUSION */
  readonly shareable: boolean;
  /** Rule: RCP-EXEMPT */
  readonly underRcps: boolean;
  readonly isKms: boolean;
  /**
   * What resource policies have to say: nothing where IAM policies alone decide, as for actions on no key, and for an
   * action on an alias only as far as its key goes. Rule: KMS-KEYLESS-IS-IAM-ONLY
   */
  readonly iamOnly: 'always' | 'onAliases' | 'never';
  /** A KMS grant can hold it. */
  readonly grantable: boolean;
  /** Rule: KMS-RETIRE-GRANT */
  readonly isRetireGrant: boolean;
}

const LIMIT = 4096;
const known = new Map<string, ActionFacts>();

/** Memoised by the action as written; the memo is bounded, since actions may be user text. */
export function factsOfAction(action: string): ActionFacts {
  const found = known.get(action);
  if (found !== undefined) return found;
  if (known.size >= LIMIT) known.clear();
  const lowerCased = action.toLowerCase();
  const service = lowerCased.slice(0, Math.max(0, lowerCased.indexOf(':')));
  const isRetireGrant = lowerCased === 'kms:retiregrant';
  const kms = KMS_ACTIONS.get(lowerCased);
  const sqs = SQS_ACTIONS.get(lowerCased);
  const excluded = kms?.crossAccount === 'no' || sqs?.crossAccount === false;
  const iamAlone = kms?.allowedBy === 'iam' || sqs?.resourceLevel === false;
  const facts: ActionFacts = {
    lowerCased,
    service,
    shareable: !excluded,
    underRcps: supportsRcps(service) && !RCP_EXEMPT_ACTIONS.has(lowerCased),
    isKms: service === 'kms',
    iamOnly: iamAlone ? 'always' : kms?.allowedBy === 'aliasIamAndKeyPolicy' ? 'onAliases' : 'never',
    grantable: kms?.grantable ?? false,
    isRetireGrant,
  };
  known.set(action, facts);
  return facts;
}
