import type { RequestContext } from '../conditions/context.js';
import type { Policy, PrincipalEntry } from '../policy/policy.js';
import type { AccountId, Arn } from '../syntax/arn.js';

/** Who makes a request, as AWS sees it. A role is never the caller: its sessions are. */
export type Caller =
  | { readonly kind: 'user'; readonly arn: Arn; readonly id?: string }
  | {
      readonly kind: 'session';
      /** `arn:aws:sts::A:assumed-role/NAME/SESSION`; without a session name (`…/NAME`) it matches the role and no session ARN. */
      readonly arn: Arn;
      /** The role, with its path. */
      readonly role: Arn;
      /** The role's unique id (`AROA…`). */
      readonly id?: string;
      readonly serviceLinked: boolean;
    }
  | { readonly kind: 'federatedUser'; readonly arn: Arn; readonly user?: Arn }
  | { readonly kind: 'root'; readonly account: AccountId; readonly partition: string }
  | { readonly kind: 'service'; readonly host: string; readonly regionalHost?: string }
  | { readonly kind: 'anonymous' };

export type CallerKind = Caller['kind'];

export interface RequestedResource {
  /** The ARN authorized, or `*` for actions that name no resource. */
  readonly arn: string;
  /** The owner. ARNs of S3 buckets do not show it, hence its own field; `undefined` with `*`. */
  readonly account?: AccountId;
}

/** One action on one resource by one caller: the unit of authorization. */
export interface AuthorizationRequest {
  readonly caller: Caller;
  /** As AWS spells it: `kms:GenerateDataKey`. */
  readonly action: string;
  readonly resource: RequestedResource;
  readonly context: RequestContext;
  /** The service that acts with the caller's identity (forward access session), such as KMS called by SQS. */
  readonly through?: { readonly service: string; readonly region: string };
  /** The pairs of `EncryptionContext`, in the letter case they were sent in. */
  readonly encryptionContext?: ReadonlyMap<string, string>;
  readonly grantTokens?: readonly string[];
}

/** A KMS grant: one key, one grantee, operations, perhaps constraints. It allows and never denies. */
export interface Grant {
  readonly id: string;
  /** The name that its maker gave it. */
  readonly name?: string;
  readonly grantee: PrincipalEntry;
  readonly operations: readonly string[];
  readonly encryptionContextEquals?: ReadonlyMap<string, string>;
  readonly encryptionContextSubset?: ReadonlyMap<string, string>;
  readonly sourceArn?: string;
  /** Not visible everywhere yet; the token makes it usable at once. */
  readonly pending?: boolean;
  readonly token?: string;
  readonly retiring?: PrincipalEntry;
}

/**
 * A layer of policies in one of four states: given; `'none'` (known not to exist or not to apply);
 * `'unknown'` (it may exist and say anything: the verdict becomes undetermined where it matters);
 * or left out (assumed not to exist, and the verdict says that it was assumed).
 */
export type Layered<T> = T | 'none' | 'unknown';

/** The policies that apply to one request. Levels run from the organization's root down. */
export interface ApplicablePolicies {
  readonly identity?: Layered<readonly Policy[]>;
  readonly resource?: Layered<Policy>;
  readonly permissionsBoundary?: Layered<Policy>;
  readonly session?: Layered<readonly Policy[]>;
  readonly scp?: Layered<readonly (readonly Policy[])[]>;
  readonly rcp?: Layered<readonly (readonly Policy[])[]>;
  readonly vpcEndpoint?: Layered<Policy>;
  readonly grants?: Layered<readonly Grant[]>;
  readonly keyManager?: 'customer' | 'aws';
  readonly principalInManagementAccount?: boolean;
  readonly resourceInManagementAccount?: boolean;
}
