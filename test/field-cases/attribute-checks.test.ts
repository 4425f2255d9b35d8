import { describe, expect, it } from 'vitest';
import { runPlan } from '../../src/replay/run-call.js';
import type { Encryption } from '../../src/world/world.js';
import { worldOf } from './adapter.js';
import { planOf } from './calls.js';
import { type AttributeCheck, caseFiles, type RawWorld } from './case-format.js';

const WORLD: RawWorld = {
  principals: {
    admin: {
      arn: 'arn:aws:iam::111122223333:role/admin',
      policies: [
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'sqs:SetQueueAttributes', Resource: '*' }],
        },
      ],
    },
  },
  queues: {
    plain: { arn: 'arn:aws:sqs:us-east-1:111122223333:plain', attributes: { SqsManagedSseEnabled: 'false' } },
    managed: {
      arn: 'arn:aws:sqs:us-east-1:111122223333:managed',
      attributes: { SqsManagedSseEnabled: 'true' },
    },
    keyed: {
      arn: 'arn:aws:sqs:us-east-1:111122223333:keyed',
      attributes: { KmsMasterKeyId: 'alias/orders', KmsDataKeyReusePeriodSeconds: '3600' },
    },
  },
};

const CHECKS = caseFiles().flatMap(({ attributeChecks = [] }) => attributeChecks);

/** The encryption of a queue in the words of the checks. */
function inTheirWords(encryption: Encryption | undefined): AttributeCheck['effective'] {
  switch (encryption?.sse) {
    case 'kms':
      return {
        sse: 'SSE-KMS',
        key: encryption.key,
        dataKeyReusePeriodSeconds: encryption.reusePeriod / 1000,
      };
    case 'sqs':
      return { sse: 'SSE-SQS' };
    default:
      return { sse: 'none' };
  }
}

describe.each(Object.keys(WORLD.queues ?? {}))('attributes set on the queue %s', (queue) => {
  it.each(CHECKS.map((check) => [check.id, check] as const))('%s', (_id, check) => {
    const world = worldOf(WORLD);
    const step = { op: check.op, by: 'admin', on: queue, params: check.attributes, expect: check.expect };
    const outcome = runPlan(world, planOf(world, step));
    expect(outcome.succeeded ? 'ok' : 'denied').toBe(check.expect);
    const { code, http, message, at } = { http: undefined, message: undefined, ...check.error };
    if (check.error !== undefined) {
      expect(outcome.refusal?.by).toBe('parameter');
      expect(outcome.refusal?.error).toMatchObject({
        code,
        service: at,
        ...(http === undefined ? {} : { http }),
        ...(message === undefined ? {} : { message }),
      });
      expect(outcome.world.estate.queues.get(queue)).toBe(world.estate.queues.get(queue));
    }
    if (check.effective === undefined) return;
    expect(inTheirWords(outcome.world.estate.queues.get(queue)?.encryption)).toEqual(check.effective);
  });
});

describe('the attribute checks', () => {
  it('are those of the documented examples', () => {
    expect(CHECKS.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'seed4-attributes-sse-sqs',
        'seed4-attributes-sse-kms',
        'attributes-both',
        'reuse-period-59',
        'reuse-period-60',
        'reuse-period-300',
        'reuse-period-86400',
        'reuse-period-86401',
      ]),
    );
  });
});
