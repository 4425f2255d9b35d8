import fc from 'fast-check';
import { GRANT_OPERATIONS } from '../catalogue/kms-actions.js';
import { chance, choice, perhaps } from './choice.js';
import { arn, principalArn, serviceHost } from './names.js';
import type { FuzzOptions } from './vocabulary.js';

/** A grant as a `decide` line lists it. */
export interface GrantDocument {
  readonly id: string;
  readonly granteePrincipal?: string;
  readonly granteeServicePrincipal?: string;
  readonly operations: readonly string[];
  readonly constraints?: {
    readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
    readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
    readonly SourceArn?: string;
  };
  readonly retiringPrincipal?: string;
  readonly pending?: boolean;
  readonly token?: string;
}

/** A KMS grant: a grantee, some operations, and now and then a constraint or a token that it still needs. */
export function grant(options: FuzzOptions = {}): fc.Arbitrary<GrantDocument> {
  const pairs = arn('sqs', options).map((queue) => ({ 'aws:sqs:arn': queue }));
  const constraints = fc.oneof<fc.Arbitrary<NonNullable<GrantDocument['constraints']>>[]>(
    pairs.map((EncryptionContextSubset) => ({ EncryptionContextSubset })),
    pairs.map((EncryptionContextEquals) => ({ EncryptionContextEquals })),
    arn('sns', options).map((SourceArn) => ({ SourceArn })),
  );
  const identity = principalArn(['role', 'user', 'session', 'root'], options);
  return fc
    .record({
      id: fc.constantFrom('grant-1', 'grant-2'),
      grantee: choice<Pick<GrantDocument, 'granteePrincipal' | 'granteeServicePrincipal'>>(
        [4, identity.map((granteePrincipal) => ({ granteePrincipal }))],
        [1, serviceHost().map((granteeServicePrincipal) => ({ granteeServicePrincipal }))],
      ),
      operations: operations(),
      constraints: perhaps(35, constraints),
      retiring: perhaps(20, principalArn(['role', 'user'], options)),
      pending: chance(10),
    })
    .map(({ id, grantee, operations: granted, constraints: bound, retiring, pending }) => ({
      id,
      ...grantee,
      operations: granted,
      ...(bound === undefined ? {} : { constraints: bound }),
      ...(retiring === undefined ? {} : { retiringPrincipal: retiring }),
      ...(pending ? { pending, token: `token-of-${id}` } : {}),
    }));
}

const USUAL = ['Decrypt', 'GenerateDataKey'] as const;

function operations(): fc.Arbitrary<readonly string[]> {
  const some = fc.uniqueArray(fc.constantFrom(...USUAL, ...GRANT_OPERATIONS), { minLength: 1, maxLength: 3 });
  return choice<readonly string[]>([3, fc.constant([...USUAL])], [2, some]);
}
