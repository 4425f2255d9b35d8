import { describe, expect, it } from 'vitest';
import { traceLines } from '../../src/explain/full-trace.js';
import { columnsOf } from '../../src/explain/plain-text.js';
import { runCall } from '../../src/replay/run-call.js';
import { SITUATIONS } from './situations.js';
import { call, DELEGATES, EVERYTHING, key, policy, queue, role, world } from './small-world.js';

function trace(title: string): string {
  const outcome = SITUATIONS.find((each) => each.title === title)?.outcome();
  return outcome === undefined ? 'no such situation' : `\n${traceLines(outcome).join('\n')}\n`;
}

describe('the whole trace of a call', () => {
  it('shows every statement and facet of a missed condition', () => {
    expect(trace('a queue policy whose condition is missed')).toMatchInlineSnapshot(`
      "
      sqs:SendMessage on orders, made by partner-app: refused
        question 1: sqs:SendMessage on orders: refused for want of an Allow (queue policy)
          asked because: rule EVAL-IDENTITY-OR-RESOURCE: in one account, an allow in an identity
              policy or in the resource policy is enough (IAM User Guide, How AWS enforcement code logic
              evaluates requests to allow or deny access): certain
          caller: arn:aws:sts::444455556666:assumed-role/partner-app/run-1
          resource: arn:aws:sqs:us-east-1:111122223333:orders
          resource control policies: not given
          service control policies: not given
          queue policy: does not allow
            policies/queue.json:4:5: \`PartnerMaySend\`, Allow: fails
              Action sqs:SendMessage; the call is sqs:SendMessage: holds
              Principal arn:aws:iam::444455556666:role/partner-app; the caller is
                  arn:aws:iam::444455556666:role/partner-app: holds
              Resource arn:aws:sqs:us-east-1:111122223333:orders; the call is on
                  arn:aws:sqs:us-east-1:111122223333:orders: holds
              StringEquals aws:PrincipalTag/team: wants billing or shipping; the request has none:
                  fails
          identity policies: allows
            policies/partner.json:4:5: \`UseOrders\`, Allow: holds
              Action sqs:SendMessage or sqs:ReceiveMessage; the call is sqs:SendMessage: holds
              Resource arn:aws:sqs:us-east-1:111122223333:orders; the call is on
                  arn:aws:sqs:us-east-1:111122223333:orders: holds
          rule EVAL-CROSS-ACCOUNT-BOTH-SIDES: across accounts, the resource policy and the identity
              policies of the caller must both allow (IAM User Guide, Cross-account policy evaluation
              logic): certain
        answer (HTTP 403): An error occurred (AccessDenied) when calling the SendMessage operation:
            User: arn:aws:sts::444455556666:assumed-role/partner-app/run-1 is not authorized to perform:
            sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111122223333:orders because no
            resource-based policy allows the sqs:sendmessage action
        on the wire (query XML): HTTP 403, Code AccessDenied
        on the wire (JSON): HTTP 403, __type com.amazon.coral.service#AccessDeniedException,
            x-amzn-query-error AccessDenied;Sender
        message: not sent: nothing is stored; the caller has the error and can send again
      "
    `);
  });

  it('follows a delivery to its dead-letter queue', () => {
    expect(trace('a delivery of SNS that ends in a dead-letter queue')).toMatchInlineSnapshot(`
      "
      sns:Publish on news, made by worker: succeeded
        question 1: sns:Publish on news: allowed (identity policies, \`Everything\`)
          asked because: rule EVAL-IDENTITY-OR-RESOURCE: in one account, an allow in an identity
              policy or in the resource policy is enough (IAM User Guide, How AWS enforcement code logic
              evaluates requests to allow or deny access): certain
          caller: arn:aws:sts::111122223333:assumed-role/worker/run-1
          resource: arn:aws:sns:us-east-1:111122223333:news
          service control policies: not given
          identity policies: allows
            policies/worker.json:4:5: \`Everything\`, Allow: holds
              Action *; the call is sns:Publish: holds
              Resource *; the call is on arn:aws:sns:us-east-1:111122223333:news: holds
          rule EVAL-IDENTITY-OR-RESOURCE: in one account, an allow in an identity policy or in the
              resource policy is enough (IAM User Guide, How AWS enforcement code logic evaluates requests
              to allow or deny access): certain
          not given: service control policies; assumed not to restrict
        topic news to orders: in the dead-letter queue undelivered instead of orders; not lost
          rule SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST: when SNS may not write to a queue, Publish still
              succeeds and the message is dropped unless the subscription has a dead-letter queue (SNS
              Developer Guide, Amazon SNS dead-letter queues): certain
          sqs:SendMessage on orders, made by SNS: refused
            question 1: sqs:SendMessage on orders: refused for want of an Allow (queue policy)
              asked because: rule SQS-SERVICE-CALLS-KMS-ITSELF: SNS, S3 and EventBridge need the queue
                  policy and then the key policy to allow their own service principal (SQS Developer
                  Guide, Key management): certain
              caller: sns.amazonaws.com
              resource: arn:aws:sqs:us-east-1:111122223333:orders
              resource control policies: not given
              rule EVAL-SERVICE-NEEDS-RESOURCE-POLICY: a service principal or an anonymous caller has
                  no identity policies: only the resource policy can allow it (IAM User Guide, How AWS
                  enforcement code logic evaluates requests to allow or deny access): certain
            answer (HTTP 403): An error occurred (AccessDenied) when calling the SendMessage
                operation: User: arn:aws:iam::<sns-internal-account>:user/<AIRPORT>.SQS is not authorized
                to perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111122223333:orders because
                no resource-based policy allows the sqs:sendmessage action
            on the wire (query XML): HTTP 403, Code AccessDenied
            on the wire (JSON): HTTP 403, __type com.amazon.coral.service#AccessDeniedException,
                x-amzn-query-error AccessDenied;Sender
          look at: metric NumberOfNotificationsFailed of the topic; delivery status log, if enabled
          delivery status record
            notification:
                {"messageId":"daa66d13-0002-4000-8000-817784860002","topicArn":"arn:aws:sns:us-east-1:1111
                22223333:news","timestamp":"2026-01-01T00:00:00.000Z"}
            delivery:
                {"deliveryId":"78dde6c4-0003-4000-8000-230c0f510003","destination":"arn:aws:sqs:us-east-1:
                111122223333:orders","providerResponse":"{\\"ErrorCode\\":\\"AccessDenied\\",\\"ErrorMessage\\":
                \\"User: arn:aws:iam::<sns-internal-account>:user/<AIRPORT>.SQS is not authorized to
                perform: sqs:sendmessage on resource: arn:aws:sqs:us-east-1:111122223333:orders because no
                resource-based policy allows the sqs:sendmessage
                action\\",\\"sqsRequestId\\":\\"Unrecoverable\\"}","attempts":1,"statusCode":403}
            status: FAILURE
          topic news to undelivered: arrived
            rule SNS-DEAD-LETTER-QUEUE-ADMITS-SNS: the dead-letter queue of a subscription must admit
                SNS by its own policy and key; otherwise the message is lost there as well
                (NumberOfNotificationsFailedToRedriveToDlq) (SNS Developer Guide, Amazon SNS dead-letter
                queues): certain
            sqs:SendMessage on undelivered, made by SNS: succeeded
              question 1: sqs:SendMessage on undelivered: allowed (queue policy, statement 1)
                asked because: rule SQS-SERVICE-CALLS-KMS-ITSELF: SNS, S3 and EventBridge need the
                    queue policy and then the key policy to allow their own service principal (SQS
                    Developer Guide, Key management): certain
                caller: sns.amazonaws.com
                resource: arn:aws:sqs:us-east-1:111122223333:undelivered
                resource control policies: not given
                queue policy: allows
                  policies/dlq.json:4:5: statement 1, Allow: holds
                    Action sqs:SendMessage; the call is sqs:SendMessage: holds
                    Principal sns.amazonaws.com; the caller is sns.amazonaws.com: holds
                    Resource *; the call is on arn:aws:sqs:us-east-1:111122223333:undelivered: holds
                rule EVAL-SERVICE-NEEDS-RESOURCE-POLICY: a service principal or an anonymous caller
                    has no identity policies: only the resource policy can allow it (IAM User Guide, How
                    AWS enforcement code logic evaluates requests to allow or deny access): certain
                not given: resource control policies; assumed not to restrict
      "
    `);
  });

  it('shows grants, and what a check says', () => {
    expect(trace('a grant whose encryption context is another one')).toContain(
      'grant g-1: does not allow: its encryption context must contain',
    );
    expect(trace('a key that is pending deletion')).toContain(
      'check: kms:GenerateDataKey on orders-key: fails, whatever the policies say',
    );
  });

  it('names what is not known and how to say it', () => {
    const text = trace('an address that is not known').replace(/\s+/g, ' ');
    expect(text).toContain('the request has an unknown value: not known');
    expect(text).toContain('depends on aws:SourceIp (give `from:`)');
  });

  it('says both answers where the pages of AWS disagree on the address', () => {
    expect(trace('a Deny on the address of a call that SQS makes').replace(/\s+/g, ' ')).toContain(
      'AWS’s pages disagree on whether SQS passes the caller’s address on to KMS: if it does refused by a Deny, if not allowed',
    );
  });

  it('shows what a cold cache would answer beside a cached data key', () => {
    const producer = role('producer', [policy('identity', 'producer', EVERYTHING)]);
    const before = world({
      principals: [producer],
      keys: [key('orders-key', policy('key', 'key', DELEGATES))],
      queues: [
        queue('orders', { encryption: { sse: 'kms', key: 'alias/orders-key', reusePeriod: 300_000 } }),
      ],
    });
    const first = runCall(before, call(producer, 'sqs:SendMessage', 'orders'));
    const second = runCall(first.world, call(producer, 'sqs:SendMessage', 'orders'));
    expect(traceLines(second).join('\n')).toContain(
      'question 2: kms:GenerateDataKey on orders-key: not asked, a cached data key answers;',
    );
  });

  it.each(SITUATIONS.map(({ title, outcome }) => ({ title, outcome })))(
    'is no wider than a hundred columns: $title',
    ({ outcome }) => {
      const lines = traceLines(outcome());
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(100);
    },
  );
});
