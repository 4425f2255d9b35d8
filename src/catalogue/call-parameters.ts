/**
 * The parameters of every call of SQS and KMS, and how each is written.
 *
 * Sources: the service models of SQS (2012-11-05) and KMS (2014-11-01), as botocore 1.43.107 has them.
 */
import { frozen } from './table.js';

/**
 * `texts`: a list of texts, of which a single one is the shortest; `pairs`: names and texts; `tags`: pairs, or AWS's list
 * of `TagKey` and `TagValue`; `entries`: those of a batch; `attributes`: those of a queue; `constraints`: those of a grant; `any`: documents and what
 * nothing depends on.
 */
export type ParameterShape =
  | 'text'
  | 'texts'
  | 'pairs'
  | 'tags'
  | 'entries'
  | 'attributes'
  | 'constraints'
  | 'any';

type Row = Readonly<Partial<Record<ParameterShape, string>>>;

const QUEUE: Row = { text: 'QueueUrl' };
const KEY: Row = { text: 'KeyId' };
const DATA_KEY: Row = {
  text: 'KeyId KeySpec NumberOfBytes DryRun',
  pairs: 'EncryptionContext',
  texts: 'GrantTokens',
  any: 'Recipient',
};
const DATA_KEY_PAIR: Row = {
  text: 'KeyId KeyPairSpec DryRun',
  pairs: 'EncryptionContext',
  texts: 'GrantTokens',
  any: 'Recipient',
};
const PAGED_KEY: Row = { text: 'KeyId Limit Marker' };
const KEY_STORE: Row = { text: 'CustomKeyStoreId' };
const KEY_STORE_DETAILS =
  'CloudHsmClusterId KeyStorePassword XksProxyUriEndpoint XksProxyUriPath XksProxyVpcEndpointServiceName ' +
  'XksProxyVpcEndpointServiceOwner XksProxyConnectivity';

const ROWS: Readonly<Record<string, Row>> = {
  'sqs:AddPermission': { text: 'QueueUrl Label', texts: 'AWSAccountIds Actions' },
  'sqs:CancelMessageMoveTask': { text: 'TaskHandle' },
  'sqs:ChangeMessageVisibility': { text: 'QueueUrl ReceiptHandle VisibilityTimeout' },
  'sqs:ChangeMessageVisibilityBatch': { text: 'QueueUrl', entries: 'Entries' },
  'sqs:CreateQueue': { text: 'QueueName', attributes: 'Attributes', pairs: 'tags' },
  'sqs:DeleteMessage': { text: 'QueueUrl ReceiptHandle' },
  'sqs:DeleteMessageBatch': { text: 'QueueUrl', entries: 'Entries' },
  'sqs:DeleteQueue': QUEUE,
  'sqs:GetQueueAttributes': { text: 'QueueUrl', texts: 'AttributeNames' },
  'sqs:GetQueueUrl': { text: 'QueueName QueueOwnerAWSAccountId' },
  'sqs:ListDeadLetterSourceQueues': { text: 'QueueUrl NextToken MaxResults' },
  'sqs:ListMessageMoveTasks': { text: 'SourceArn MaxResults' },
  'sqs:ListQueueTags': QUEUE,
  'sqs:ListQueues': { text: 'QueueNamePrefix NextToken MaxResults' },
  'sqs:PurgeQueue': QUEUE,
  'sqs:ReceiveMessage': {
    text: 'QueueUrl MaxNumberOfMessages VisibilityTimeout WaitTimeSeconds ReceiveRequestAttemptId',
    texts: 'AttributeNames MessageSystemAttributeNames MessageAttributeNames',
  },
  'sqs:RemovePermission': { text: 'QueueUrl Label' },
  'sqs:SendMessage': {
    text: 'QueueUrl MessageBody DelaySeconds MessageDeduplicationId MessageGroupId',
    any: 'MessageAttributes MessageSystemAttributes',
  },
  'sqs:SendMessageBatch': { text: 'QueueUrl', entries: 'Entries' },
  'sqs:SetQueueAttributes': { text: 'QueueUrl', attributes: 'Attributes' },
  'sqs:StartMessageMoveTask': { text: 'SourceArn DestinationArn MaxNumberOfMessagesPerSecond' },
  'sqs:TagQueue': { text: 'QueueUrl', pairs: 'Tags' },
  'sqs:UntagQueue': { text: 'QueueUrl', texts: 'TagKeys' },
  'kms:CancelKeyDeletion': KEY,
  'kms:ConnectCustomKeyStore': KEY_STORE,
  'kms:CreateAlias': { text: 'AliasName TargetKeyId' },
  'kms:CreateCustomKeyStore': {
    text: `CustomKeyStoreName TrustAnchorCertificate CustomKeyStoreType ${KEY_STORE_DETAILS}`,
    any: 'XksProxyAuthenticationCredential',
  },
  'kms:CreateGrant': {
    text: 'KeyId GranteePrincipal GranteeServicePrincipal RetiringPrincipal RetiringServicePrincipal Name DryRun',
    texts: 'Operations GrantTokens',
    constraints: 'Constraints',
  },
  'kms:CreateKey': {
    text:
      'Description KeyUsage CustomerMasterKeySpec KeySpec Origin CustomKeyStoreId BypassPolicyLockoutSafetyCheck ' +
      'MultiRegion XksKeyId',
    tags: 'Tags',
    any: 'Policy',
  },
  'kms:Decrypt': {
    text: 'CiphertextBlob KeyId EncryptionAlgorithm DryRun',
    pairs: 'EncryptionContext',
    texts: 'GrantTokens DryRunModifiers',
    any: 'Recipient',
  },
  'kms:DeleteAlias': { text: 'AliasName' },
  'kms:DeleteCustomKeyStore': KEY_STORE,
  'kms:DeleteImportedKeyMaterial': { text: 'KeyId KeyMaterialId' },
  'kms:DeriveSharedSecret': {
    text: 'KeyId KeyAgreementAlgorithm PublicKey DryRun',
    texts: 'GrantTokens',
    any: 'Recipient',
  },
  'kms:DescribeCustomKeyStores': { text: 'CustomKeyStoreId CustomKeyStoreName Limit Marker' },
  'kms:DescribeKey': { text: 'KeyId', texts: 'GrantTokens' },
  'kms:DisableKey': KEY,
  'kms:DisableKeyRotation': KEY,
  'kms:DisconnectCustomKeyStore': KEY_STORE,
  'kms:EnableKey': KEY,
  'kms:EnableKeyRotation': { text: 'KeyId RotationPeriodInDays' },
  'kms:Encrypt': {
    text: 'KeyId Plaintext EncryptionAlgorithm DryRun',
    pairs: 'EncryptionContext',
    texts: 'GrantTokens',
  },
  'kms:GenerateDataKey': DATA_KEY,
  'kms:GenerateDataKeyPair': DATA_KEY_PAIR,
  'kms:GenerateDataKeyPairWithoutPlaintext': { ...DATA_KEY_PAIR, any: '' },
  'kms:GenerateDataKeyWithoutPlaintext': { ...DATA_KEY, any: '' },
  'kms:GenerateMac': { text: 'KeyId Message MacAlgorithm DryRun', texts: 'GrantTokens' },
  'kms:GenerateRandom': { text: 'NumberOfBytes CustomKeyStoreId', any: 'Recipient' },
  'kms:GetKeyLastUsage': KEY,
  'kms:GetKeyPolicy': { text: 'KeyId PolicyName' },
  'kms:GetKeyRotationStatus': KEY,
  'kms:GetParametersForImport': { text: 'KeyId WrappingAlgorithm WrappingKeySpec' },
  'kms:GetPublicKey': { text: 'KeyId', texts: 'GrantTokens' },
  'kms:ImportKeyMaterial': {
    text: 'KeyId ImportToken EncryptedKeyMaterial ValidTo ExpirationModel ImportType KeyMaterialDescription KeyMaterialId',
  },
  'kms:ListAliases': PAGED_KEY,
  'kms:ListGrants': { text: 'KeyId Limit Marker GrantId GranteePrincipal GranteeServicePrincipal' },
  'kms:ListKeyPolicies': PAGED_KEY,
  'kms:ListKeyRotations': { text: 'KeyId IncludeKeyMaterial Limit Marker' },
  'kms:ListKeys': { text: 'Limit Marker' },
  'kms:ListResourceTags': PAGED_KEY,
  'kms:ListRetirableGrants': { text: 'Limit Marker RetiringPrincipal RetiringServicePrincipal' },
  'kms:PutKeyPolicy': { text: 'KeyId PolicyName BypassPolicyLockoutSafetyCheck', any: 'Policy' },
  'kms:ReEncrypt': {
    text: 'CiphertextBlob SourceKeyId DestinationKeyId SourceEncryptionAlgorithm DestinationEncryptionAlgorithm DryRun',
    pairs: 'SourceEncryptionContext DestinationEncryptionContext',
    texts: 'GrantTokens DryRunModifiers',
  },
  'kms:ReplicateKey': {
    text: 'KeyId ReplicaRegion BypassPolicyLockoutSafetyCheck Description',
    tags: 'Tags',
    any: 'Policy',
  },
  'kms:RetireGrant': { text: 'GrantToken KeyId GrantId DryRun' },
  'kms:RevokeGrant': { text: 'KeyId GrantId DryRun' },
  'kms:RotateKeyOnDemand': KEY,
  'kms:ScheduleKeyDeletion': { text: 'KeyId PendingWindowInDays' },
  'kms:Sign': { text: 'KeyId Message MessageType SigningAlgorithm DryRun', texts: 'GrantTokens' },
  'kms:TagResource': { text: 'KeyId', tags: 'Tags' },
  'kms:UntagResource': { text: 'KeyId', texts: 'TagKeys' },
  'kms:UpdateAlias': { text: 'AliasName TargetKeyId' },
  'kms:UpdateCustomKeyStore': {
    text: `CustomKeyStoreId NewCustomKeyStoreName ${KEY_STORE_DETAILS}`,
    any: 'XksProxyAuthenticationCredential',
  },
  'kms:UpdateKeyDescription': { text: 'KeyId Description' },
  'kms:UpdatePrimaryRegion': { text: 'KeyId PrimaryRegion' },
  'kms:Verify': {
    text: 'KeyId Message MessageType Signature SigningAlgorithm DryRun',
    texts: 'GrantTokens',
  },
  'kms:VerifyMac': { text: 'KeyId Message Mac MacAlgorithm DryRun', texts: 'GrantTokens' },
};

/** Per call (`kms:CreateGrant`), its parameters by name. */
export const CALL_PARAMETERS: ReadonlyMap<string, ReadonlyMap<string, ParameterShape>> = new Map(
  Object.entries(frozen(ROWS)).map(([api, row]) => [api, parametersOf(row)]),
);

function parametersOf(row: Row): ReadonlyMap<string, ParameterShape> {
  return new Map(
    Object.entries(row).flatMap(([shape, names]) =>
      names
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => [name, shape as ParameterShape] as const),
    ),
  );
}
