import type { Rule } from './rule.js';

const PERMISSIONS = 'KMS Developer Guide, AWS KMS permissions';
const KEYS = 'KMS Developer Guide, AWS KMS condition keys';
const MULTI_REGION = 'KMS Developer Guide, Multi-Region keys in AWS KMS';

/** What direct calls of KMS ask, check and change. */
export const KMS_CALL_RULES = {
  'KMS-SEVERAL-DECISIONS': {
    says: 'an operation on two keys, or on an alias and its keys, is one decision for each of them: ReEncrypt, CreateAlias, UpdateAlias, DeleteAlias, ReplicateKey, UpdatePrimaryRegion',
    page: PERMISSIONS,
    basis: 'documented',
    facts: ['kms:KD-6', 'kms:KX-9'],
  },
  'KMS-KEY-IDENTIFIERS': {
    says: 'cryptographic operations, DescribeKey and GetPublicKey take a key id, key ARN, alias or alias ARN, the others a key id or key ARN; what is no ARN means the caller’s account and the Region that is called',
    page: 'KMS Developer Guide, Key identifiers',
    basis: 'documented',
    facts: ['kms:KX-2'],
  },
  'KMS-LISTS-ARE-LOCAL': {
    says: 'ListKeys and ListAliases tell of the account of the caller and the Region called, and take no key of another account; DescribeKey answers about AWS managed keys too, and about keys of other accounts that let the caller',
    page: 'KMS API Reference, ListAliases',
    basis: 'documented',
    facts: ['kms:KA-9'],
  },
  'KMS-RETIRABLE-GRANTS': {
    says: 'ListRetirableGrants is allowed by IAM policies of the caller’s account, on `*`: not on the principal that it names, nor on the keys, which may be of any account',
    page: 'KMS API Reference, ListRetirableGrants',
    basis: 'assumed',
    facts: ['kms:KX-5'],
  },
  'KMS-OPERATION-CARRIES-KEYS': {
    says: 'a condition key that an operation does not carry is absent from its requests',
    page: PERMISSIONS,
    basis: 'documented',
    facts: ['kms:6', 'kms:9'],
  },
  'KMS-PARAMETER-KEYS': {
    says: 'condition keys repeat the parameters of a call; what AWS fills in itself (SYMMETRIC_DEFAULT, RAW, 30 days) counts as sent',
    page: KEYS,
    basis: 'documented',
    facts: ['kms:9'],
  },
  'KMS-ENCRYPTION-CONTEXT-KEYS': {
    says: 'each pair of the encryption context is a condition key; ReEncryptFrom carries the source’s pairs, ReEncryptTo the destination’s',
    page: KEYS,
    basis: 'documented',
    facts: ['kms:9', 'kms:KC-3'],
  },
  'KMS-REENCRYPT-ON-SAME-KEY': {
    says: 'kms:ReEncryptOnSameKey says whether ReEncrypt stays on one key, on both of its decisions',
    page: KEYS,
    basis: 'documented',
    facts: ['kms:9'],
  },
  'KMS-REQUEST-ALIAS': {
    says: 'kms:RequestAlias is the alias that the caller typed, never an ARN, and absent if the caller typed none',
    page: KEYS,
    basis: 'documented',
    facts: ['kms:KR-3', 'kms:KX-3', 'kms:9'],
  },
  'KMS-REQUEST-TAGS': {
    says: 'aws:RequestTag and aws:TagKeys are the tags of CreateKey, TagResource and UntagResource; tags on a new key need kms:TagResource by IAM as well',
    page: 'KMS Developer Guide, ABAC for AWS KMS',
    basis: 'documented',
    facts: ['kms:KW-4', 'kms:KD-6'],
  },
  'KMS-TAGS-CHANGE': {
    says: 'tags of a key count in decisions at most five minutes after they were changed',
    page: 'KMS Developer Guide, ABAC for AWS KMS',
    basis: 'documented',
    facts: ['kms:KW-4'],
  },
  'KMS-TAG-IS-VALID': {
    says: 'a key has at most 50 tags, and none begins with aws:',
    page: 'KMS API Reference, TagResource',
    basis: 'assumed',
    facts: ['err:6'],
  },
  'KMS-ALIASES-CHANGE': {
    says: 'an alias is looked up when it is used: once it points at another key, requests and queues that name it use that key',
    page: 'KMS Developer Guide, Aliases in AWS KMS',
    basis: 'assumed',
    facts: ['sqs:T-2'],
  },
  'KMS-ALIAS-CHANGES-SPREAD': {
    says: 'kms:ResourceAliases shows a change of aliases after at most five minutes',
    page: KEYS,
    basis: 'documented',
    facts: ['kms:9'],
  },
  'KMS-ALIAS-NAME': {
    says: 'an alias begins with alias/, and alias/aws/ is kept for keys that AWS manages',
    page: 'KMS API Reference, CreateAlias',
    basis: 'assumed',
    facts: ['err:6'],
  },
  'KMS-ALIAS-IS-FREE': {
    says: 'an alias that exists in the account and Region is moved, not created again',
    page: 'KMS API Reference, CreateAlias',
    basis: 'assumed',
    facts: ['err:6'],
  },
  'KMS-ALIASES-PER-KEY': {
    says: 'a key has at most 50 aliases',
    page: 'KMS Developer Guide, Quotas',
    basis: 'documented',
    facts: ['kms:KS-7'],
  },
  'KMS-ALIAS-STAYS-OF-ITS-KIND': {
    says: 'an alias moves only between keys of the same type and usage',
    page: 'KMS API Reference, UpdateAlias',
    basis: 'assumed',
    facts: ['err:6'],
  },
  'KMS-KEY-USAGE': {
    says: 'a key serves the operations of its usage alone, and data keys need a symmetric encryption key',
    page: 'KMS API Reference, CreateKey',
    basis: 'documented',
    facts: ['kms:KS-2', 'kms:KS-3'],
  },
  'KMS-KEY-ALGORITHM': {
    says: 'a key serves the algorithms of its spec alone; Encrypt and Decrypt use SYMMETRIC_DEFAULT unless they name another',
    page: 'KMS API Reference, InvalidKeyUsageException',
    basis: 'documented',
    facts: ['kms:KS-2', 'kms:KS-4'],
  },
  'KMS-INCORRECT-KEY': {
    says: 'Decrypt and ReEncrypt fail when the key that is named is not the one of the ciphertext',
    page: 'KMS API Reference, IncorrectKeyException',
    basis: 'documented',
    facts: ['kms:KS-3'],
  },
  'KMS-ROTATION-FITS-THE-KEY': {
    says: 'only symmetric encryption keys are rotated, and of related multi-Region keys the primary for all; automatic rotation is not for imported key material, rotation on demand is',
    page: 'KMS API Reference, EnableKeyRotation and RotateKeyOnDemand',
    basis: 'documented',
    facts: ['kms:8'],
  },
  'KMS-KEY-STORE-LIMITS': {
    says: 'a key in a custom key store is a symmetric encryption key of one Region, and makes no data key pairs',
    page: 'KMS API Reference, CreateKey and GenerateDataKeyPair',
    basis: 'documented',
    facts: ['kms:8', 'kms:KS-4'],
  },
  'KMS-DRY-RUN': {
    says: 'a call with DryRun that would have succeeded answers DryRunOperationException and does nothing',
    page: 'KMS API Reference, DryRunOperationException',
    basis: 'assumed',
    facts: ['err:6'],
  },
  'KMS-CREATE-KEY': {
    says: 'a new key has one of the specs of its partition, a usage that the spec offers, which only a symmetric encryption key need not say, and the key policy it is given or the default one',
    page: 'KMS API Reference, CreateKey',
    basis: 'documented',
    facts: ['kms:KS-4'],
  },
  'KMS-MULTI-REGION-KEYS': {
    says: 'the replicas of a multi-Region key share its id and material, and each has policy, grants, aliases, tags and a state of its own; a ciphertext of one is decrypted by the one in the Region that is called',
    page: MULTI_REGION,
    basis: 'documented',
    facts: ['kms:KS-5'],
  },
  'KMS-REPLICA-IS-A-NEW-KEY': {
    says: 'the condition keys of the CreateKey that ReplicateKey needs in the Region of the replica are those of the key to be: multi-Region, a replica, with the spec, usage and origin of its primary',
    page: MULTI_REGION,
    basis: 'assumed',
    facts: ['kms:KD-6', 'kms:9'],
  },
  'KMS-REPLICA-SERVES-ITS-REGION': {
    says: 'a queue that names a multi-Region key uses the one in its own Region, like any other key there',
    page: MULTI_REGION,
    basis: 'assumed',
    facts: ['kms:KQ-11'],
  },
  'KMS-AWS-KEY-AT-FIRST-USE': {
    says: 'the AWS managed key of a service exists as soon as its alias is used: by the service, or by DescribeKey',
    page: 'KMS API Reference, DescribeKey',
    basis: 'documented',
    facts: ['kms:KM-5'],
  },
} as const satisfies Record<string, Rule>;
