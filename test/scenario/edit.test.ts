import { describe, expect, it } from 'vitest';
import { principalArn } from '../../src/evaluator/derive-context.js';
import { applyEdits } from '../../src/scenario/edit.js';
import { changeThing } from '../../src/world/change.js';
import type { World } from '../../src/world/world.js';
import { HEAD, scenarioOf, thing } from './in-memory.js';

const WORLD = `${HEAD}
principals:
  admin: { policies: [], tags: { team: blue } }
keys:
  orders-key: { alias: alias/orders, tags: { stage: prod } }
queues:
  orders: { encryption: sqs, visibility: 30s }
topics:
  news: { encryption: { kms: orders-key } }
steps:
`;

/** The world after one `set` or `remove` step, where calls had changed the key, the queue and the topic before. */
function worldAfter(step: string): World {
  const scenario = scenarioOf(`${WORLD}  - ${step}\n`);
  const changed = changeThing(
    changeThing(
      changeThing(scenario.world, 'keys', 'orders-key', (key) => ({ ...key, state: 'Disabled' as const })),
      'queues',
      'orders',
      (queue) => ({ ...queue, encryption: { sse: 'none' as const } }),
    ),
    'topics',
    'news',
    ({ key: _, ...topic }) => topic,
  );
  const [edit] = scenario.steps;
  if (edit?.verb !== 'set' && edit?.verb !== 'remove') throw new Error('the step edits');
  return applyEdits(changed, edit.edits);
}

describe('a set step after calls that configured', () => {
  it('leaves what it does not name as the calls left it', () => {
    const key = thing(
      worldAfter('set: { keys: { orders-key: { tags: { stage: test } } } }').estate.keys,
      'orders-key',
    );
    expect(key).toMatchObject({ state: 'Disabled', aliases: ['alias/orders'] });
    expect([...key.tags]).toEqual([['stage', 'test']]);
    const queue = thing(
      worldAfter('set: { queues: { orders: { visibility: 5s } } }').estate.queues,
      'orders',
    );
    expect(queue).toMatchObject({ encryption: { sse: 'none' }, visibilityTimeout: 5000 });
  });

  it('restores what the file said before, also to the same value', () => {
    const key = thing(
      worldAfter('set: { keys: { orders-key: { state: Enabled } } }').estate.keys,
      'orders-key',
    );
    expect(key.state).toBe('Enabled');
    const topic = thing(
      worldAfter('set: { topics: { news: { encryption: { kms: orders-key } } } }').estate.topics,
      'news',
    );
    expect(topic.key).toMatch(/^arn:aws:kms:/);
  });

  it('takes away attributes and whole things', () => {
    const key = thing(worldAfter('remove: { keys: { orders-key: [alias] } }').estate.keys, 'orders-key');
    expect(key).toMatchObject({ aliases: [], state: 'Disabled' });
    expect(worldAfter('remove: { queues: [orders] }').estate.queues.has('orders')).toBe(false);
  });

  it('follows the words of principals to what they are built into', () => {
    const arn = 'arn:aws:iam::111122223333:role/other';
    const admin = thing(
      worldAfter(`set: { principals: { admin: { arn: "${arn}" } } }`).estate.principals,
      'admin',
    );
    expect(principalArn(admin.caller)).toBe(arn);
    expect([...admin.tags]).toEqual([['team', 'blue']]);
  });
});
