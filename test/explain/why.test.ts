import { describe, expect, it } from 'vitest';
import { explainOutcome } from '../../src/explain/explanation.js';
import { columnsOf } from '../../src/explain/plain-text.js';
import { whyLines } from '../../src/explain/why.js';
import { SITUATIONS } from './situations.js';

/** The lines as the terminal shows them, under a line of their own so that the column of labels can be seen. */
function why(title: string): string {
  const explanation = SITUATIONS.find((each) => each.title === title)?.explanation();
  return explanation === undefined ? 'nothing to explain' : `\n${whyLines(explanation).join('\n')}\n`;
}

describe('a refusal in eight lines', () => {
  it('explains a role without any identity policy', () => {
    expect(why('a role without any identity policy')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no identity-based policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  worker has no identity policy, and orders has no queue policy
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains an identity policy about another queue', () => {
    expect(why('an identity policy about another queue')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no identity-based policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  policies/worker.json:1:1: worker’s policies do not allow it, and orders has no queue policy
      nearest  …/worker.json:11:19: \`UseOrders\` covers arn:aws:sqs:us-east-1:111122223333:orders-dlq; the
               call is on arn:aws:sqs:us-east-1:111122223333:orders
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a queue policy whose condition is missed', () => {
    expect(why('a queue policy whose condition is missed')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no resource-based policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by partner-app
      because  policies/queue.json:1:1: the queue policy of orders does not allow it
      nearest  policies/queue.json:15:13: the request carries no aws:PrincipalTag/team; \`PartnerMaySend\`
               wants billing or shipping
      rule     across accounts, the resource policy and the identity policies of the caller must both
               allow (IAM User Guide, Cross-account policy evaluation logic): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a key policy that does not delegate to IAM', () => {
    expect(why('a key policy that does not delegate to IAM')).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … no resource-based policy allows the kms:GenerateDataKey action
      refused  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      because  policies/key.json:1:1: the key policy of orders-key does not allow it
      nearest  policies/key.json:8:16: \`AllowConsumers\` names arn:aws:iam::111122223333:role/consumer; the
               caller is arn:aws:iam::111122223333:role/worker
      rule     nobody may use a key unless its key policy, a grant, or IAM with the key policy’s consent
               allows it: not even the account’s root user (KMS Developer Guide): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a key policy that delegates, and no identity policy for the second action', () => {
    expect(
      why('a key policy that delegates, and no identity policy for the second action'),
    ).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … because no identity-based policy allows the kms:Decrypt action
      refused  kms:Decrypt on orders-key, made by SQS for worker’s SendMessageBatch on orders
      because  policies/worker.json:1:1: worker’s policies do not allow it; the key policy defers to IAM
      nearest  policies/worker.json:16:17: \`MakeDataKeys\` lists kms:GenerateDataKey*; the call is
               kms:Decrypt
      rule     IAM policies count for a key only as far as the key policy allows the account principal,
               which by itself gives no user or role anything (KMS Developer Guide): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a Deny that matches because a key is absent', () => {
    expect(why('a Deny that matches because a key is absent')).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … with an explicit deny in a resource-based policy …
      refused  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      because  policies/key.json:13:5: \`OnlyThroughTheEndpoint\` in the key policy of orders-key denies it
      matched  policies/key.json:21:29: the request carries no aws:SourceVpce; the deny spares only
               vpce-0a1b2c3d4e5f60718
      rule     SQS calls KMS with the identity of its caller (forward access session): kms:ViaService
               names SQS, and source address of a VPC endpoint is gone (IAM User Guide): assumed
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a Deny by a condition that is met', () => {
    expect(why('a Deny by a condition that is met')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … with an explicit deny in an identity-based policy
      refused  sqs:SendMessage on orders, made by worker
      because  policies/worker.json:10:5: statement 2 in an identity policy of worker denies it
      matched  policies/worker.json:16:34: aws:SecureTransport is false; the deny is for false
      rule     an explicit deny in any policy that applies wins over every allow (IAM User Guide, How AWS
               enforcement code logic evaluates requests to allow or deny access): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a unit of the organization that does not allow', () => {
    expect(why('a unit of the organization that does not allow')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no service control policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  policies/only-eu.json:1:1: no service control policy at unit workloads allows it
      nearest  policies/only-eu.json:12:13: aws:RequestedRegion is us-east-1; \`Everything\` wants eu-west-1
               or eu-central-1
      rule     service control policies must allow at the root, at every unit on the path and at the
               account of the caller (Organizations User Guide, SCP evaluation): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a Deny in a service control policy', () => {
    expect(why('a Deny in a service control policy')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … with an explicit deny in a service control policy
      refused  sqs:SendMessage on orders, made by worker
      because  policies/guard.json:10:5: \`NoSending\` in a service control policy at unit workloads denies
               it
      rule     an explicit deny in any policy that applies wins over every allow (IAM User Guide, How AWS
               enforcement code logic evaluates requests to allow or deny access): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a permissions boundary, and a session policy behind it', () => {
    expect(why('a permissions boundary, and a session policy behind it')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no permissions boundary allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  policies/boundary.json:1:1: the permissions boundary of worker does not allow it
      nearest  policies/boundary.json:8:9: \`ReceiveOnly\` lists sqs:ReceiveMessage, sqs:DeleteMessage or
               sqs:GetQueueAttributes; the call is sqs:SendMessage
      rule     a permissions boundary that does not allow the action denies it (IAM User Guide): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      also     then the session policy would refuse
      "
    `);
  });
  it('explains a session policy about another queue', () => {
    expect(why('a session policy about another queue')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no session policy allows the sqs:receivemessage action
      refused  sqs:ReceiveMessage on orders, made by worker
      because  policies/session.json:1:1: the session policy of worker does not allow it
      nearest  …/session.json:11:19: \`UseOrders\` covers arn:aws:sqs:us-east-1:111122223333:invoices; the
               call is on arn:aws:sqs:us-east-1:111122223333:orders
      rule     a session policy that does not allow the action denies it (IAM User Guide, How AWS
               enforcement code logic evaluates requests to allow or deny access): certain
      message  safe: it stays in orders until its retention ends; the caller has the error
      "
    `);
  });
  it('explains a VPC endpoint whose policy is about another account', () => {
    expect(why('a VPC endpoint whose policy is about another account')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no VPC endpoint policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  policies/endpoint.json:1:1: the VPC endpoint policy does not allow it
      nearest  policies/endpoint.json:11:34: aws:ResourceAccount is 111122223333; statement 1 wants
               444455556666
      rule     a request that enters through a VPC endpoint must be allowed by the endpoint’s policy,
               which never grants (AWS PrivateLink Guide): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains an operation that cannot be shared across accounts', () => {
    expect(why('an operation that cannot be shared across accounts')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no resource-based policy allows the sqs:setqueueattributes action
      refused  sqs:SetQueueAttributes on orders, made by partner-app
      because  partner-app is of account 444455556666, orders of 111122223333; no policy can bridge that
               for this action
      rule     this operation cannot be shared across accounts: no policy can allow an outside principal
               (SQS Developer Guide, Limitations of Amazon SQS custom policies): certain
      "
    `);
  });
  it('explains a key that is pending deletion', () => {
    expect(why('a key that is pending deletion')).toMatchInlineSnapshot(`
      "
      answer   KMS.InvalidStateException: …key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion (…
      refused  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      because  the key orders-key is PendingDeletion; no policy is to blame
      rule     a key that is disabled, pending deletion, pending import or unavailable refuses
               cryptographic operations (KMS Developer Guide, Key states of AWS KMS keys): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a key of the wrong kind', () => {
    expect(why('a key for message authentication')).toMatchInlineSnapshot(`
      "
      answer   KMS.InvalidKeyUsageException: …key/1234abcd-12ab-34cd-56ef-1234567890ab key usage is GENER…
      refused  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      because  orders-key is a key for GENERATE_VERIFY_MAC of spec HMAC_256; no policy is to blame
      rule     a key serves the operations of its usage alone, and data keys need a symmetric encryption
               key (KMS API Reference, CreateKey): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a queue that does not exist', () => {
    expect(why('a queue that does not exist')).toMatchInlineSnapshot(`
      "
      answer   AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.
      refused  sqs:ReceiveMessage on ordesr, made by worker
      because  there is no such queue: ordesr
      rule     a call on a queue that does not exist answers NonExistentQueue (SQS API Reference, Common
               errors): observed
      "
    `);
  });
  it('explains an alias that does not exist', () => {
    expect(why('an alias that does not exist')).toMatchInlineSnapshot(`
      "
      answer   KMS.NotFoundException: Alias …alias/orders-key is not found. …
      refused  kms:GenerateDataKey on alias/orders-key, made by SQS for worker’s SendMessage on orders
      because  there is no such key or alias: arn:aws:kms:us-east-1:111122223333:alias/orders-key
      rule     a key or alias that does not exist in the Region answers NotFoundException in its own
               account and access denied across accounts; of a key that a ciphertext names, a direct
               caller is told no more than that (KMS API Reference, Common errors): assumed
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a delivery of SNS that the queue policy does not expect', () => {
    expect(why('a delivery of SNS that the queue policy does not expect')).toMatchInlineSnapshot(`
      "
      answer   Publish succeeded and nobody is told; SNS gets AccessDenied
      refused  sqs:SendMessage on orders, made by SNS for topic other after worker’s Publish
      because  policies/queue.json:1:1: the queue policy of orders does not allow it
      nearest  policies/queue.json:14:28: aws:SourceArn is arn:aws:sns:us-east-1:111122223333:other;
               \`AllowNews\` wants arn:aws:sns:us-east-1:111122223333:news
      rule     a service principal or an anonymous caller has no identity policies: only the resource
               policy can allow it (IAM User Guide): certain
      message  lost: it never reaches orders; look at: metric NumberOfNotificationsFailed of the topic
      "
    `);
  });
  it('explains a delivery of SNS that the AWS managed key refuses', () => {
    expect(why('a delivery of SNS that the AWS managed key refuses')).toMatchInlineSnapshot(`
      "
      answer   Publish succeeded and nobody is told; SNS gets KMS.AccessDeniedException
      refused  kms:GenerateDataKey on aws/sqs, made as SNS itself for its SendMessage on orders (topic
               news, after worker’s Publish)
      because  the policy of aws/sqs, which AWS keeps, does not allow it
      rule     the AWS managed key aws/sqs serves every principal of its account through SQS, and nobody
               else: no other account, no direct call, no service principal (SQS Developer Guide): certain
      message  lost: both orders and the dead-letter queue undelivered refuse it (there AccessDenied at
               sqs:SendMessage); look at: metric NumberOfNotificationsFailedToRedriveToDlq of the topic
      "
    `);
  });
  it('explains a delivery of SNS that ends in a dead-letter queue', () => {
    expect(why('a delivery of SNS that ends in a dead-letter queue')).toMatchInlineSnapshot(`
      "
      answer   Publish succeeded and nobody is told; SNS gets AccessDenied
      refused  sqs:SendMessage on orders, made by SNS for topic news after worker’s Publish
      because  orders has no queue policy
      rule     a service principal or an anonymous caller has no identity policies: only the resource
               policy can allow it (IAM User Guide, How AWS enforcement code logic evaluates requests to
               allow or deny access): certain
      message  in the dead-letter queue undelivered instead of orders; not lost; look at: metric
               NumberOfNotificationsFailed of the topic; delivery status log, if enabled
      "
    `);
  });
  it('explains an address that is not known', () => {
    expect(why('an address that is not known')).toMatchInlineSnapshot(`
      "
      answer   success, or AccessDenied: … no identity-based policy allows the sqs:sendmessage action
      perhaps  sqs:SendMessage on orders, made by worker
      nearest  policies/worker.json:15:13: aws:SourceIp is not known; \`UseOrders\` wants 10.0.0.0/8 or
               203.0.113.0/24
      rule     what no policy allows is denied (IAM User Guide): certain
      depends  on aws:SourceIp (give \`from:\`)
      message  if refused, not sent: nothing is stored; the caller has the error and can send again
      assumed  not given: resource control policies, service control policies; assumed not to restrict
      "
    `);
  });
  it('explains a tag that is not known', () => {
    expect(why('a tag that is not known')).toMatchInlineSnapshot(`
      "
      answer   success, or AccessDenied: … no identity-based policy allows the sqs:sendmessage action
      perhaps  sqs:SendMessage on orders, made by worker
      nearest  policies/worker.json:14:36: aws:PrincipalTag/team is not known; \`UseOrders\` wants orders-*
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      depends  on aws:PrincipalTag/team (give \`context: { aws:PrincipalTag/team: … }\`)
      message  if refused, not sent: nothing is stored; the caller has the error and can send again
      assumed  not given: resource control policies, service control policies; assumed not to restrict
      "
    `);
  });
  it('explains a Deny on the address of a call that SQS makes', () => {
    expect(why('a Deny on the address of a call that SQS makes')).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … with an explicit deny in a resource-based policy …
      refused  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      because  policies/key.json:13:5: \`NotFromTheGuests\` in the key policy of orders-key denies it
      matched  policies/key.json:21:27: aws:SourceIp is 203.0.113.9; the deny is for 203.0.113.0/24
      rule     an explicit deny in any policy that applies wins over every allow (IAM User Guide, How AWS
               enforcement code logic evaluates requests to allow or deny access): certain
      unsure   if SQS hides the address from KMS (AWS’s pages disagree): allowed
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a Deny on the address of a call that SQS makes, with the address not known', () => {
    expect(
      why('a Deny on the address of a call that SQS makes, with the address not known'),
    ).toMatchInlineSnapshot(`
      "
      answer   success, or KMS.AccessDeniedException: … with an explicit deny in a resource-based policy …
      perhaps  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      nearest  policies/key.json:21:27: aws:SourceIp is not known; \`OnlyFromTheOffice\` spares only
               198.51.100.0/24
      rule     an explicit deny in any policy that applies wins over every allow (IAM User Guide): certain
      depends  on aws:SourceIp (give \`from:\`); if SQS hides it from KMS (unclear): refused by a Deny
      message  if refused, not sent: nothing is stored; the caller has the error and can send again
      assumed  not given: resource control policies, service control policies; assumed not to restrict
      "
    `);
  });
  it('explains a grant whose encryption context is another one', () => {
    expect(why('a grant whose encryption context is another one')).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … no resource-based policy allows the kms:GenerateDataKey action
      refused  kms:GenerateDataKey on orders-key, made by SQS for worker’s SendMessage on orders
      because  policies/key.json:1:1: the key policy of orders-key does not allow it, nor does a grant
      nearest  grant g-1: its encryption context must contain
               aws:sqs:arn=arn:aws:sqs:us-east-1:111122223333:invoices; the request has …orders
      rule     a grant with an encryption context constraint serves only requests whose encryption context
               equals it, or contains it (KMS Developer Guide, Grants in AWS KMS): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a key of another account that its own account does not open', () => {
    expect(why('a key of another account that its own account does not open')).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … the resource does not exist in this Region, no resource-based…
      refused  kms:GenerateDataKey on orders-key, made by SQS for partner-app’s SendMessage on orders
      because  policies/key.json:1:1: the key policy of orders-key does not allow it
      nearest  policies/key.json:26:29: kms:ViaService is sqs.us-east-1.amazonaws.com; \`PartnerThroughSqs\`
               wants sqs.eu-west-1.amazonaws.com; it also misses kms:EncryptionContext:aws:sqs:arn
      rule     a caller of another account needs the key policy and its own IAM policies to allow, even
               when the key policy names it (KMS Developer Guide): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a Deny with NotPrincipal', () => {
    expect(why('a Deny with NotPrincipal')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … with an explicit deny in a resource-based policy
      refused  sqs:SendMessage on orders, made by worker
      because  policies/queue.json:4:5: statement 1 in the queue policy of orders denies it
      matched  policies/queue.json:9:11: the deny spares only arn:aws:iam::111122223333:role/consumer or
               arn:aws:iam::111122223333:root; the caller is arn:aws:iam::111122223333:role/worker
      rule     a caller escapes a Deny with NotPrincipal only if the account and each link of its chain
               (user; role and session) are listed (IAM User Guide): assumed
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a condition value with a wildcard that the operator does not read', () => {
    expect(why('a condition value with a wildcard that the operator does not read')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no identity-based policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  policies/worker.json:1:1: worker’s policies do not allow it, and orders has no queue policy
      nearest  policies/worker.json:14:31: aws:PrincipalArn is arn:aws:iam::111122223333:role/worker;
               \`UseOrders\` wants arn:aws:iam::111122223333:role/* (StringEquals reads no wildcards)
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a policy variable whose value is another one', () => {
    expect(why('a policy variable whose value is another one')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no identity-based policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by worker
      because  policies/worker.json:1:1: worker’s policies do not allow it, and orders has no queue policy
      nearest  policies/worker.json:14:35: aws:ResourceTag/team is orders; \`UseOrders\` wants
               \${aws:PrincipalTag/team}, which is billing here
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });
  it('explains a receive by a function that may not decrypt', () => {
    expect(why('a receive by a function that may not decrypt')).toMatchInlineSnapshot(`
      "
      answer   KMS.AccessDeniedException: … because no identity-based policy allows the kms:Decrypt action
      refused  kms:Decrypt on orders-key, made by SQS for billing-role’s ReceiveMessage on orders
      because  policies/billing.json:1:1: billing-role’s policies do not allow it; the key policy
               (policies/key.json:4:5) defers to IAM
      rule     IAM policies count for a key only as far as the key policy allows the account principal,
               which by itself gives no user or role anything (KMS Developer Guide): certain
      message  delayed: it stays in orders and function billing is not invoked; look at: no invocations of
               the function; metric ApproximateAgeOfOldestMessage of the queue
      "
    `);
  });
  it('explains notifications of a bucket to a queue that does not know it', () => {
    expect(why('notifications of a bucket to a queue that does not know it')).toMatchInlineSnapshot(`
      "
      answer   InvalidArgument; behind it AccessDenied
      refused  sqs:SendMessage on orders, made by S3 for bucket uploads after worker’s
               PutBucketNotificationConfiguration
      because  orders has no queue policy
      rule     a service principal or an anonymous caller has no identity policies: only the resource
               policy can allow it (IAM User Guide, How AWS enforcement code logic evaluates requests to
               allow or deny access): certain
      message  only a test message: the notifications are not configured, and the caller is told
      "
    `);
  });
  it('explains a move task that may not send', () => {
    expect(why('a move task that may not send')).toMatchInlineSnapshot(`
      "
      answer   StartMessageMoveTask was accepted; its task fails with AccessDenied
      refused  sqs:SendMessage on orders, made by worker for move task of dead-orders
      because  policies/worker.json:1:1: worker’s policies do not allow it, and orders has no queue policy
      nearest  …/worker.json:8:9: \`UseOrders\` lists sqs:StartMessageMoveTask, sqs:GetQueueAttributes,
               sqs:ReceiveMessage or sqs:DeleteMessage; the call is sqs:SendMessage
      rule     what no policy allows is denied (IAM User Guide): certain
      message  safe: it stays in the dead-letter queue; the move task ends FAILED; look at: status FAILED
               in ListMessageMoveTasks
      "
    `);
  });
  it('explains a name that tries to write backwards', () => {
    expect(why('a name that tries to write backwards')).toMatchInlineSnapshot(`
      "
      answer   AccessDenied: … because no resource-based policy allows the sqs:sendmessage action
      refused  sqs:SendMessage on orders, made by partner-app
      because  policies/queue.json:1:1: the queue policy of orders does not allow it
      nearest  policies/queue.json:12:34: aws:RequestedRegion is us-east-1; \`aU+202EbU+0007\` wants
               U+2066euU+2069U+000A
      rule     across accounts, the resource policy and the identity policies of the caller must both
               allow (IAM User Guide, Cross-account policy evaluation logic): certain
      message  not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });

  it('says nothing of a call that succeeded', () => {
    const delivered = SITUATIONS.find(({ title }) => title.startsWith('a delivery of SNS'));
    const outcome = delivered?.outcome();
    expect(outcome?.succeeded).toBe(true);
    expect(outcome === undefined ? 'no outcome' : explainOutcome(outcome)).toBeUndefined();
  });

  it.each(SITUATIONS.map(({ title, explanation }) => ({ title, explanation })))(
    'keeps to eight lines of the width asked for: $title',
    ({ explanation }) => {
      const explained = explanation();
      expect(explained).toBeDefined();
      if (explained === undefined) return;
      for (const width of [100, 80, 60, 40, 7, 1000]) {
        const lines = whyLines(explained, { width });
        expect(lines.length).toBeLessThanOrEqual(8);
        for (const line of lines)
          expect(columnsOf(line)).toBeLessThanOrEqual(Math.min(100, Math.max(40, width)));
      }
    },
  );

  it('is plain data that JSON keeps', () => {
    for (const { explanation } of SITUATIONS) {
      const explained = explanation();
      expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
    }
  });
});
