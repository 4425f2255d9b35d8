import { SOURCE_TYPES } from '../catalogue/event-sources.js';
import { accountRef, arn, encryption, name, policy, region, tags } from './parts-format.js';
import { choice, flag, list, object, text } from './shape.js';

/** What feeds queues and drains them, as a scenario file says it. */

export const topic = object(
  {
    arn,
    account: accountRef,
    region,
    policy,
    encryption,
    subscriptions: list(
      object(
        {
          queue: name('the subscribed queue'),
          'dead-letter': name('the dead-letter queue of the subscription'),
          confirmed: flag('false while nobody has confirmed it; true unless said'),
        },
        'a subscription',
        ['queue'],
      ),
      'subscriptions',
    ),
    tags,
  },
  'a topic',
);

export const bucket = object(
  {
    account: accountRef,
    region,
    policy,
    notifications: list(
      object({ queue: name('the queue to notify') }, 'a notification', ['queue']),
      'event notifications',
    ),
  },
  'a bucket',
);

export const rule = object(
  {
    arn,
    account: accountRef,
    region,
    bus: text('the event bus; the default one unless said'),
    'bus-policy': policy,
    targets: list(
      object(
        {
          queue: name('the target queue'),
          role: name('the role of the target'),
          'dead-letter': name('the dead-letter queue of the target'),
        },
        'a target',
        ['queue'],
      ),
      'targets',
    ),
  },
  'a rule',
);

export const lambda = object(
  {
    arn,
    account: accountRef,
    region,
    role: name('the execution role, a principal of this file'),
    polls: name('the queue of its event source mapping'),
    'on-failure': name('the queue that is the on-failure destination of asynchronous invocations'),
    'dead-letter': name('the dead-letter queue of asynchronous invocations'),
  },
  'a function',
  ['role'],
);

export const source = object(
  {
    type: choice([...SOURCE_TYPES.keys()], 'what kind of source'),
    arn,
    account: accountRef,
    region,
    role: name('the role that it sends with, for the types that have one'),
    queue: name('the queue that it sends to'),
    'dead-letter': name('the dead-letter queue of a schedule'),
    polls: name('the queue that a pipe reads from'),
  },
  'a source',
  ['type', 'queue'],
);
