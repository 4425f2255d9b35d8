import type { OperatorUse } from '../conditions/operators.js';
import type { AccountId, Arn } from '../syntax/arn.js';
import type { Pointer, Source, SourceNode } from '../syntax/source.js';

/** Where a policy is attached decides which elements it may hold and what it can do. */
export type PolicyType =
  | 'identity'
  | 'queue'
  | 'topic'
  | 'key'
  | 'resource'
  | 'permissions-boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpc-endpoint';

/** A checked, frozen policy document. Positions are looked up by pointer (`placeIn`), so nothing here holds an offset. */
export interface Policy {
  readonly type: PolicyType;
  /** What people call it: a file path, a managed policy's name, or a label such as `policy of queue orders`. */
  readonly name: string;
  readonly arn?: string;
  /** A document without `Version` is read as `2008-10-17`: no policy variables. */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
  readonly origin: Origin;
}

/** What places are found by. `pointer` leads from the root of the document in `source` to the policy inside it. */
export interface Origin {
  readonly source: Source;
  readonly node: SourceNode;
  readonly pointer: Pointer;
}

/** `Action` or `NotAction`, `Resource` or `NotResource`, `Principal` or `NotPrincipal`. */
export interface Listed<T> {
  readonly negated: boolean;
  readonly entries: readonly T[];
}

export interface Statement {
  /** Its place in the document's list of statements, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** Legal and without effect, such as a key policy statement that lacks `Resource`. */
  readonly inert: boolean;
  readonly principal?: Listed<PrincipalEntry>;
  readonly action: Listed<string>;
  readonly resource: Listed<string>;
  readonly conditions: readonly Condition[];
}

export type PrincipalEntry =
  | { readonly kind: 'everyone'; readonly text: string }
  | {
      readonly kind: 'account';
      readonly text: string;
      readonly account: AccountId;
      readonly partition?: string;
    }
  | { readonly kind: 'service'; readonly text: string; readonly host: string }
  | { readonly kind: 'user' | 'role' | 'session' | 'federatedUser'; readonly text: string; readonly arn: Arn }
  | { readonly kind: 'uniqueId'; readonly text: string; readonly id: string }
  | { readonly kind: 'federated'; readonly text: string; readonly provider: string }
  | { readonly kind: 'canonicalUser'; readonly text: string };

/** One operator applied to one condition key. Operands are text as typed (`true`, `30` too). */
export interface Condition {
  readonly operator: OperatorUse;
  /** The condition key as written; it is compared without regard to letter case. */
  readonly key: string;
  readonly operands: readonly string[];
}
