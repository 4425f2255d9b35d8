import { SECTION_NAMES } from '../../src/scenario/world-format.js';
import { OTHER_CALLS } from '../../src/services/plan-call.js';

/**
 * Scenario files with mistakes, each place of a mistake marked with `¦`. The marks are taken out before the file is read,
 * and every complaint has to point at one, in the order of the text.
 */
export interface Marked {
  readonly wrong: string;
  readonly text: string;
  readonly says: readonly Said[];
}

export type Said = readonly [code: string, message: string, expected?: string, help?: string];

const REGION_AND_ACCOUNT = 'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\n';

const SMALL_WORLD = `${REGION_AND_ACCOUNT}principals: { ann: {} }
keys: { orders-key: { alias: alias/orders } }
queues: { orders: {}, orders-dlq: {} }
buckets: { photos: {} }
`;

const SECTIONS = SECTION_NAMES.join(', ');
const OTHERS = [...OTHER_CALLS.keys()].map((api) => `\`${api}\``).join(', ');

function file(wrong: string, text: string, ...says: readonly Said[]): Marked {
  return { wrong, text: `${REGION_AND_ACCOUNT}${text}\n`, says };
}

function step(wrong: string, text: string, ...says: readonly Said[]): Marked {
  return { wrong, text: `${SMALL_WORLD}steps:\n  - ${text}\n`, says };
}

function call(wrong: string, rest: string, ...says: readonly Said[]): Marked {
  return step(wrong, `{ as: ann, ${rest} }`, ...says);
}

const HEADER: readonly Marked[] = [
  file('title is a list', 'title: ¦[x]', ['wrong-type', '`title` is a list', 'what the scenario shows']),
  file('extends is a list', 'extends: ¦[x]', ['wrong-type', '`extends` is a list', 'the path of a file']),
  file('settings are a word', 'settings: ¦delayed', [
    'wrong-type',
    '`settings` is `delayed`',
    'a mapping: settings',
  ]),
  file('propagation misspelt', 'settings: { propagation: ¦delaid }', [
    'wrong-value',
    '`propagation` is `delaid`',
    '`at-once`, `delayed`',
    'did you mean `delayed`?',
  ]),
  file('the name propagation misspelt', 'settings: { ¦propogation: delayed }', [
    'unknown-element',
    'unknown key `propogation` in settings',
    'data-keys, propagation, kms-requests-per-second',
    'did you mean `propagation`?',
  ]),
  file('no KMS requests at all', 'settings: { kms-requests-per-second: ¦0 }', [
    'wrong-value',
    '`kms-requests-per-second` is `0`',
    'a whole number from 1 to 1000000',
  ]),
  file('KMS requests as a list', 'settings: { kms-requests-per-second: ¦[100] }', [
    'wrong-value',
    '`kms-requests-per-second` is a list',
    'a whole number from 1 to 1000000',
  ]),
  file('KMS requests with a unit', 'settings: { kms-requests-per-second: ¦100/s }', [
    'wrong-value',
    '`kms-requests-per-second` is `100/s`',
    'a whole number from 1 to 1000000',
  ]),
  file('accounts are a word', 'accounts: ¦shop', [
    'wrong-type',
    '`accounts` is `shop`',
    'a mapping: accounts by name',
  ]),
  file('an account of one digit', 'accounts: { shop: ¦1 }', [
    'account-id',
    '`1` is no account id',
    '12 digits in quotes',
    'write "000000000001": other YAML readers take bare digits for a number and drop leading zeros',
  ]),
  file('an account of letters', 'accounts: { shop: ¦mine }', [
    'account-id',
    '`mine` is no account id',
    '12 digits in quotes',
  ]),
  file('an account that is not quoted', 'accounts: { shop: ¦444455556666 }', [
    'account-id',
    'the account id 444455556666 is not quoted',
    '12 digits in quotes',
    'write "444455556666": other YAML readers take bare digits for a number and drop leading zeros',
  ]),
  file('a queue in an account of one digit', 'queues: { orders: { account: ¦7 } }', [
    'account-id',
    '`7` has 1 digit',
    '12 quoted digits',
    'write "000000000007" if a leading zero was lost',
  ]),
];

const ORGANIZATION: readonly Marked[] = [
  file('an organization that is a list', 'organization: ¦[x]', [
    'wrong-type',
    'the organization is a list',
    'a mapping',
  ]),
  file('organizations that are a word', 'organizations: ¦x', [
    'wrong-type',
    '`organizations` is `x`',
    'a list of organizations',
  ]),
  file('no id', 'organization: ¦{ scps: [] }', [
    'missing-element',
    'the organization has no `id`',
    'an id such as `o-a1b2c3d4e5`',
  ]),
  file('no organization after its name', 'organization:¦', [
    'missing-element',
    'the organization has no `id`',
    'an id such as `o-a1b2c3d4e5`',
  ]),
  file('an id that is a list', 'organization: { id: ¦[o-abc] }', [
    'wrong-value',
    '`id` is a list',
    'an id such as `o-a1b2c3d4e5`',
  ]),
  file('a management account that is a list', 'organization: { id: o-abc, management: ¦[x] }', [
    'wrong-type',
    'a list is no account',
    'an account',
  ]),
  file('units that are a list', 'organization: { id: o-abc, units: ¦[x] }', [
    'wrong-type',
    '`units` is a list',
    'a mapping from unit names',
  ]),
  file('a unit that is a number', 'organization: { id: o-abc, units: { tests: ¦5, empty: } }', [
    'wrong-type',
    'unit `tests` is `5`',
    'a mapping',
  ]),
  file('SCPs that are one path', 'organization: { id: o-abc, scps: ¦deny.json }', [
    'wrong-type',
    '`scps` is `deny.json`',
    'a list of policies',
  ]),
  file('an RCP that is a list', 'organization: { id: o-abc, rcps: [¦[x]] }', [
    'wrong-type',
    'entry 1 is no policy',
    'the path of a policy file, or a policy with Version and Statement',
  ]),
  file('accounts that are a word', 'organization: { id: o-abc, accounts: ¦shop }', [
    'wrong-type',
    '`accounts` is `shop`',
    'a list of accounts, or a mapping from accounts to their policies',
  ]),
  file('a member that nobody knows', 'organization: { id: o-abc, accounts: { ¦shop: {} } }', [
    'unknown-name',
    'unknown account `shop`',
    '12 quoted digits',
  ]),
  file('a member that is a list', 'organization: { id: o-abc, accounts: { "111122223333": ¦[x] } }', [
    'wrong-type',
    'account `111122223333` is a list',
    'a mapping',
  ]),
];

const PRINCIPALS_AND_KEYS: readonly Marked[] = [
  file('a type misspelt', 'principals: { ann: { type: ¦usr } }', [
    'wrong-value',
    '`type` is `usr`',
    '`role`, `user`, `root`, `federated-user`',
    'did you mean `user`?',
  ]),
  file('an ARN of a group', 'principals: { ann: { arn: ¦arn:aws:iam::111122223333:group/ann } }', [
    'bad-arn',
    '`arn:aws:iam::111122223333:group/ann` is no principal',
    'the ARN of a role, user, session, federated user or account root',
  ]),
  file('an ARN that is none', 'principals: { ann: { arn: ¦ann } }', [
    'bad-arn',
    '`ann` is no ARN of iam',
    'arn:partition:iam:region:account:resource',
  ]),
  file('a second factor that is a word', 'principals: { ann: { session: { mfa: ¦yes } } }', [
    'wrong-type',
    '`mfa` is `yes`',
    '`true` or `false`',
  ]),
  file('a key state misspelt', 'keys: { orders-key: { state: ¦Disabeld } }', [
    'wrong-value',
    '`state` is `Disabeld`',
    '`Enabled`, `Disabled`, `PendingDeletion`, `PendingReplicaDeletion`, `PendingImport`, `Unavailable`, `Creating`, `Updating`',
    'did you mean `Disabled`?',
  ]),
  file('an alias without its beginning', 'keys: { orders-key: { alias: ¦orders } }', [
    'wrong-value',
    '`alias` is `orders`',
    'an alias, such as alias/orders',
  ]),
  file('a key policy that is a list', 'keys: { orders-key: { policy: ¦[x] } }', [
    'wrong-type',
    '`policy` is no policy',
    'the path of a policy file, or a policy with Version and Statement',
  ]),
  file(
    'a replica with the id of another key',
    'keys: { far: { multi-region: replica, id: ¦1234abcd-12ab-34cd-56ef-1234567890ab } }',
    [
      'conflicting-elements',
      'a multi-Region key has an id that does not say so',
      'an id that begins with `mrk-`, the same for the primary and its replicas',
    ],
  ),
  file(
    'a replica with the ARN of another key',
    'keys: { far: { multi-region: replica, arn: ¦arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab } }',
    [
      'conflicting-elements',
      'a multi-Region key has an id that does not say so',
      'an id that begins with `mrk-`, the same for the primary and its replicas',
    ],
  ),
  file('grants that are a word', 'keys: { orders-key: { grants: ¦all } }', [
    'wrong-type',
    '`grants` is `all`',
    'a list: grants on the key',
  ]),
  file('a grant to nobody', 'keys: { orders-key: { grants: [¦{ operations: [Decrypt] }] } }', [
    'missing-element',
    'a grant has no `grantee`',
    '`grantee`',
  ]),
  file(
    'a grant of nothing',
    'principals: { ann: {} }\nkeys: { orders-key: { grants: [¦{ grantee: ann }] } }',
    ['missing-element', 'a grant has no `operations`', '`operations`'],
  ),
  file(
    'a grantee misspelt',
    'principals: { worker: {} }\nkeys: { orders-key: { grants: [{ grantee: ¦wroker, operations: [Decrypt] }] } }',
    [
      'unknown-name',
      'unknown principal `wroker`',
      'a principal of this file, an ARN, an account or a service principal',
      'did you mean `worker`?',
    ],
  ),
  file(
    'a retiring principal that nobody knows',
    'principals: { worker: {} }\nkeys: { orders-key: { grants: [{ grantee: worker, operations: [Decrypt], retiring: ¦nobody }] } }',
    [
      'unknown-name',
      'unknown principal `nobody`',
      'a principal of this file, an ARN, an account or a service principal',
    ],
  ),
  file(
    'a source that is no ARN',
    'principals: { worker: {} }\nkeys: { orders-key: { grants: [{ grantee: worker, operations: [Decrypt], source-arn: ¦here }] } }',
    ['wrong-value', '`source-arn` is `here`', 'an ARN'],
  ),
];

const QUEUES: readonly Marked[] = [
  file('redrive-allow misspelt', 'queues: { orders-dlq: { redrive-allow: ¦denyal } }', [
    'wrong-value',
    '`redrive-allow` is `denyal`',
    '`allowAll`, `denyAll`',
    'did you mean `denyAll`?',
  ]),
  file('redrive-allow as a list', 'queues: { orders-dlq: { redrive-allow: ¦[orders] } }', [
    'wrong-type',
    '`redrive-allow` is a list',
    'which queues may use it as their dead-letter queue: `allowAll`, `denyAll`, or `{ byQueue: [orders] }`',
  ]),
  file('redrive-allow that says nothing', 'queues: { orders-dlq: { redrive-allow: ¦{} } }', [
    'missing-element',
    'a redrive permission has no `byQueue`',
    '`byQueue`',
  ]),
  file(
    'byQueue misspelt',
    'queues: { orders: {}, orders-dlq: { redrive-allow: ¦{ ¦byQueues: [orders] } } }',
    ['missing-element', 'a redrive permission has no `byQueue`', '`byQueue`'],
    [
      'unknown-element',
      'unknown key `byQueues` in a redrive permission',
      'byQueue',
      'did you mean `byQueue`?',
    ],
  ),
  file('byQueue as a word', 'queues: { orders: {}, orders-dlq: { redrive-allow: { byQueue: ¦orders } } }', [
    'wrong-type',
    '`byQueue` is `orders`',
    'a list: the source queues, at most 10',
  ]),
  file('byQueue without a queue', 'queues: { orders-dlq: { redrive-allow: ¦{ byQueue: [] } } }', [
    'wrong-value',
    '`byQueue` lists 0 queues',
    '1 to 10 source queues',
  ]),
  file(
    'byQueue with eleven',
    `queues: { a-dlq: { redrive-allow: ¦{ byQueue: [${'a-dlq, '.repeat(11)}] } } }`,
    ['wrong-value', '`byQueue` lists 11 queues', '1 to 10 source queues'],
  ),
  file(
    'a source queue misspelt',
    'queues: { orders: {}, orders-dlq: { redrive-allow: { byQueue: [¦ordres] } } }',
    ['unknown-name', 'unknown queue `ordres`', 'one of `orders`, `orders-dlq`', 'did you mean `orders`?'],
  ),
  file('redrive without a queue', 'queues: { orders: { redrive: ¦{ after: 3 } } }', [
    'missing-element',
    'redrive has no `to`',
    '`to`',
  ]),
  file('encryption without a key', 'queues: { orders: { encryption: ¦{ reuse: 5m } } }', [
    'missing-element',
    'encryption has no `kms`',
    '`kms`',
  ]),
  file('messages from elsewhere', 'queues: { orders: { messages: [{ moved-from: ¦ordrs }] } }', [
    'unknown-name',
    'unknown queue `ordrs`',
    'one of `orders`',
    'did you mean `orders`?',
  ]),
  file(
    'messages encrypted with a wrong word',
    'queues: { orders: { messages: [{ encrypted-with: ¦nothing }] } }',
    [
      'unknown-name',
      'unknown key `nothing`',
      'the name of a key in this file, alias/name, a key id, or the ARN of a key or alias',
    ],
  ),
  file('attributes that are a list', 'queues: { orders: { attributes: ¦[x] } }', [
    'wrong-type',
    'the attributes are a list',
    'a mapping from attributes to values, or the path of a file',
  ]),
  file('an attribute file that is not there', 'queues: { orders: { attributes: ¦orders.json } }', [
    'file-not-found',
    'the file `orders.json` does not exist',
    'the path of a file',
    'paths are seen from `x.yaml`',
  ]),
  file('a key that is a list', 'queues: { orders: { attributes: { KmsMasterKeyId: ¦[x] } } }', [
    'wrong-type',
    '`KmsMasterKeyId` is a list',
    'a key id, an alias, or the ARN of one',
  ]),
  file('SSE that is a list', 'queues: { orders: { attributes: { SqsManagedSseEnabled: ¦[true] } } }', [
    'wrong-value',
    '`SqsManagedSseEnabled` is a list',
    '`true` or `false`',
  ]),
  file('a redrive policy without a target', 'queues: { orders: { attributes: { RedrivePolicy: ¦{} } } }', [
    'missing-element',
    'the redrive policy names no `deadLetterTargetArn`',
    'the ARN of the dead-letter queue',
  ]),
  file(
    'a redrive policy with a target that is no ARN',
    'queues: { orders: { attributes: { RedrivePolicy: { deadLetterTargetArn: ¦orders-dlq } } } }',
    ['bad-arn', '`deadLetterTargetArn` is `orders-dlq`', 'arn:partition:sqs:region:account:resource'],
  ),
  file(
    'a redrive permission misspelt',
    'queues: { orders: { attributes: { RedriveAllowPolicy: { redrivePermission: ¦denyal } } } }',
    [
      'wrong-value',
      '`redrivePermission` is `denyal`',
      '`allowAll`, `denyAll`, `byQueue`',
      'did you mean `denyAll`?',
    ],
  ),
  file(
    'a redrive permission misspelt in a string',
    `queues: { orders: { attributes: { RedriveAllowPolicy: "{\\"redrivePermission\\": ¦\\"allow\\"}" } } }`,
    ['wrong-value', '`redrivePermission` is `allow`', '`allowAll`, `denyAll`, `byQueue`'],
  ),
  file('no redrive permission', 'queues: { orders: { attributes: { RedriveAllowPolicy: ¦{} } } }', [
    'wrong-value',
    '`redrivePermission` is missing',
    '`allowAll`, `denyAll`, `byQueue`',
  ]),
  file(
    'a redrive permission that is a list',
    'queues: { orders: { attributes: { RedriveAllowPolicy: ¦[x] } } }',
    ['wrong-value', '`redrivePermission` is missing', '`allowAll`, `denyAll`, `byQueue`'],
  ),
  file(
    'source queues that are not listed',
    'queues: { orders: { attributes: { RedriveAllowPolicy: ¦{ redrivePermission: byQueue } } } }',
    ['wrong-value', '`sourceQueueArns` lists 0 queues', '1 to 10 source queues'],
  ),
  file(
    'source queues that are one text',
    'queues: { orders: { attributes: { RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: ¦x } } } }',
    ['wrong-value', '`sourceQueueArns` lists 0 queues', '1 to 10 source queues'],
  ),
];

const SOURCES: readonly Marked[] = [
  file('a topic with the ARN of nothing', 'topics: { news: { arn: ¦news } }', [
    'bad-arn',
    '`news` is no ARN of sns',
    'arn:partition:sns:region:account:resource',
  ]),
  file('a subscription without a queue', 'topics: { news: { subscriptions: [¦{ confirmed: true }] } }', [
    'missing-element',
    'a subscription has no `queue`',
    '`queue`',
  ]),
  file(
    'a subscription that is perhaps confirmed',
    'queues: { orders: {} }\ntopics: { news: { subscriptions: [{ queue: orders, confirmed: ¦maybe }] } }',
    ['wrong-type', '`confirmed` is `maybe`', '`true` or `false`'],
  ),
  file('a notification to nowhere', 'buckets: { photos: { notifications: [{ queue: ¦orders }] } }', [
    'unknown-name',
    'unknown queue `orders`',
    'a queue defined in this file',
  ]),
  file(
    'a target with a role that nobody knows',
    'queues: { orders: {} }\nrules: { nightly: { targets: [{ queue: orders, role: ¦robot }] } }',
    ['unknown-name', 'unknown principal `robot`', 'a principal defined in this file'],
  ),
  file('a rule with the ARN of nothing', 'rules: { nightly: { arn: ¦nightly } }', [
    'bad-arn',
    '`nightly` is no ARN of events',
    'arn:partition:events:region:account:resource',
  ]),
  file('a function without a role', 'functions: { handler: ¦{ polls: orders } }', [
    'missing-element',
    'a function has no `role`',
    '`role`',
  ]),
  file(
    'a function with the ARN of nothing',
    'principals: { worker: {} }\nfunctions: { handler: { role: worker, arn: ¦handler } }',
    ['bad-arn', '`handler` is no ARN of lambda', 'arn:partition:lambda:region:account:resource'],
  ),
  file('an endpoint of no service', 'endpoints: { vpce-1a2b: ¦{ vpc: vpc-1a2b } }', [
    'missing-element',
    'an endpoint has no `service`',
    '`service`',
  ]),
  file('an endpoint in no VPC', 'endpoints: { vpce-1a2b: { service: sqs, vpc: ¦mine } }', [
    'wrong-value',
    '`vpc` is `mine`',
    'the VPC, such as vpc-1a2b3c4d',
  ]),
  file(
    'a topic that is refused, and a step that names it',
    'topics: { news: ¦5 }\nqueues: { orders: {} }\nsteps: [{ deliver: news, to: orders }]',
    ['wrong-type', '`5` stands where a definition is expected', 'a mapping'],
  ),
  file(
    'a function that is refused, and a step that names it',
    'functions: { handler: ¦{} }\nsteps: [{ poll: handler }]',
    ['missing-element', 'a function has no `role`', '`role`'],
  ),
  file(
    'a queue that is refused, and messages that come from it',
    'queues: { orders: ¦5, orders-dlq: { messages: [{ moved-from: orders }] } }',
    ['wrong-type', '`5` stands where a definition is expected', 'a mapping'],
  ),
];

const STEPS: readonly Marked[] = [
  step('nothing that is known', '¦{ zzzzzz: 1 }', [
    'missing-element',
    'the step says nothing to do',
    'exactly one of call, deliver, poll, set, remove, wait, check',
  ]),
  step('a title and a remark alone', '¦{ title: Nothing, note: nothing }', [
    'missing-element',
    'the step says nothing to do',
    'exactly one of call, deliver, poll, set, remove, wait, check',
  ]),
  step('a set of a word', '{ set: ¦orders }', [
    'wrong-type',
    '`set` is `orders`',
    `a mapping from sections: ${SECTIONS}`,
  ]),
  step('a set of nothing', '{ set: ¦{} }', [
    'wrong-type',
    '`set` is an empty mapping',
    `a mapping from sections: ${SECTIONS}`,
  ]),
  step('a set of a list', '{ set: { queues: ¦[orders] } }', [
    'wrong-type',
    '`queues` is a list',
    'a mapping from names',
  ]),
  step('a set of a number', '{ set: { queues: { orders: ¦5 } } }', [
    'wrong-type',
    '`5` stands where attributes are expected',
    'a mapping from attributes to values',
  ]),
  step('a remove of a word', '{ remove: { queues: ¦orders } }', [
    'wrong-type',
    '`queues` is `orders`',
    'a mapping from names',
  ]),
  step(
    'a remove of what is no name',
    '{ remove: { queues: [¦[orders], ¦{ orders: policy }] } }',
    ['wrong-type', 'a list stands where the name of a thing is expected', 'the name of a thing'],
    ['wrong-type', 'a mapping stands where the name of a thing is expected', 'the name of a thing'],
  ),
  step('a remove of one attribute without a list', '{ remove: { queues: { orders: ¦policy } } }', [
    'wrong-type',
    '`policy` stands where attributes are expected',
    'a list of attributes',
  ]),
  step('a remove of what is no attribute', '{ remove: { keys: { orders-key: [¦[alias]] } } }', [
    'wrong-type',
    'a list stands where the name of an attribute is expected',
    'the name of an attribute',
  ]),
  step('a remove of an attribute misspelt', '{ remove: { keys: { orders-key: [¦alais] } } }', [
    'unknown-name',
    '`orders-key` has no `alais` to remove',
    'one of `alias`',
    'did you mean `alias`?',
  ]),
  file('a remove of what is refused', 'queues: { orders: ¦5 }\nsteps: [{ remove: { queues: [orders] } }]', [
    'wrong-type',
    '`5` stands where a definition is expected',
    'a mapping',
  ]),
  step('a check of a word', '{ check: ¦orders }', [
    'wrong-type',
    '`check` is `orders`',
    'a mapping: a check',
  ]),
  step('a check without a queue', '{ check: ¦{ task: COMPLETED } }', [
    'missing-element',
    'a check has no `queue`',
    '`queue`',
  ]),
  step('a check of an unknown queue', '{ check: { queue: ¦order, task: COMPLETED } }', [
    'unknown-name',
    'unknown queue `order`',
    'one of `orders`, `orders-dlq`',
    'did you mean `orders`?',
  ]),
  step('a task status misspelt', '{ check: { queue: orders, task: ¦COMPLETD } }', [
    'wrong-value',
    '`task` is `COMPLETD`',
    '`RUNNING`, `COMPLETED`, `CANCELLING`, `CANCELLED`, `FAILED`',
    'did you mean `COMPLETED`?',
  ]),
  step('a task status that is a list', '{ check: { queue: orders, task: ¦[COMPLETED] } }', [
    'wrong-value',
    '`task` is a list',
    '`RUNNING`, `COMPLETED`, `CANCELLING`, `CANCELLED`, `FAILED`',
  ]),
  step('the name task misspelt', '{ check: { queue: orders, ¦taks: COMPLETED } }', [
    'unknown-element',
    'unknown key `taks` in a check',
    'queue, messages, encrypted-with, task',
    'did you mean `task`?',
  ]),
  call('a call for TLS perhaps', 'call: sqs:SendMessage, queue: orders, tls: ¦maybe', [
    'wrong-type',
    '`tls` is `maybe`',
    '`true` or `false`',
  ]),
  call(
    'a condition key with a mapping',
    'call: sqs:SendMessage, queue: orders, context: { aws:SourceIp: ¦{ a: b } }',
    ['wrong-type', 'the value of `aws:SourceIp` is a mapping', 'a text or a list of texts'],
  ),
  call(
    'a condition key twice',
    'call: sqs:SendMessage, queue: orders, unknown: [aws:SourceIp, ¦aws:SourceIp]',
    ['condition-key-letter-case', 'the condition key `aws:SourceIp` is given twice', 'one of the two'],
  ),
  call(
    'a KMS request with too many words',
    'call: sqs:SendMessage, queue: orders, calls: [¦kms:Decrypt orders-key now]',
    [
      'wrong-value',
      '`kms:Decrypt orders-key now` is no KMS request',
      '`kms:Decrypt`, or `kms:Decrypt key-name`',
    ],
  ),
  call(
    'a refusal at no action',
    'call: sqs:SendMessage, queue: orders, expect: { denied: true, at: ¦decrypt }',
    ['wrong-value', '`at` is `decrypt`', 'an action such as `kms:Decrypt`'],
  ),
];

const CALLS: readonly Marked[] = [
  call('an object without a name', 'call: ¦s3:PutObject, bucket: photos', [
    'missing-element',
    '`s3:PutObject` names no object',
    '`with: { Key: name }`',
  ]),
  call('a call of a service without a near name', 'call: ¦Zzzzzzzzzzzz, queue: orders', [
    'unknown-name',
    '`Zzzzzzzzzzzz` does not name its service',
    `a call of SQS or KMS such as \`sqs:SendMessage\`, or ${OTHERS}`,
  ]),
  call('a call misspelt without its service', 'call: ¦SendMesage, queue: orders', [
    'unknown-name',
    '`SendMesage` does not name its service',
    `a call of SQS or KMS such as \`sqs:SendMessage\`, or ${OTHERS}`,
    'did you mean `sqs:SendMessage`?',
  ]),
  call('an alias without a name', 'call: ¦kms:CreateAlias, key: orders-key', [
    'missing-element',
    '`kms:CreateAlias` names no AliasName',
    '`with: { AliasName: … }`',
  ]),
  call(
    'a grant that nobody gets',
    'call: ¦kms:CreateGrant, key: orders-key, with: { Operations: [Decrypt] }',
    [
      'missing-element',
      '`kms:CreateGrant` names no GranteePrincipal and no GranteeServicePrincipal',
      '`with: { GranteePrincipal: … }` or `with: { GranteeServicePrincipal: … }`',
    ],
  ),
  call('a key policy that is not said', 'call: ¦kms:PutKeyPolicy, key: orders-key', [
    'missing-element',
    '`kms:PutKeyPolicy` names no Policy',
    '`with: { Policy: … }`',
  ]),
  call(
    'notifications among the parameters',
    'call: s3:PutBucketNotificationConfiguration, bucket: photos, with: { ¦Queues: [orders] }',
    [
      'unknown-element',
      '`Queues` of `s3:PutBucketNotificationConfiguration` is not replayed',
      'no `with:`',
      'what is configured are the `notifications:` of the bucket',
    ],
  ),
  call(
    'an object with a list of access',
    'call: s3:PutObject, bucket: photos, with: { Key: a, ¦ACL: private }',
    [
      'unknown-element',
      '`ACL` of `s3:PutObject` is not replayed',
      'Key, Body, ContentType, Metadata',
      'only what S3 asks without further parameters is replayed',
    ],
  ),
  call('a call of KMS on no key', 'call: ¦kms:Decrypt', [
    'missing-element',
    '`kms:Decrypt` names no key',
    '`key:` with the name of a key of this file, or `with: { KeyId: … }`',
  ]),
  call('a key named twice', 'call: kms:Encrypt, ¦key: orders-key, with: { KeyId: alias/orders }', [
    'conflicting-elements',
    'the key is named by `key` and by `KeyId`',
    'one of the two',
  ]),
  call('a key for a call on none', 'call: kms:ListKeys, ¦key: orders-key', [
    'conflicting-elements',
    '`kms:ListKeys` is not called on a key',
    'no `key:`',
  ]),
  call(
    'a replica with the name of a key',
    'call: kms:ReplicateKey, key: orders-key, makes: ¦orders-key, with: { ReplicaRegion: eu-west-1 }',
    [
      'repeated-value',
      '`orders-key` would not be the name of one new key',
      'a name that no other key of this file has, for one call',
    ],
  ),
  call('a call that makes nothing', 'call: sqs:SendMessage, queue: orders, ¦makes: second', [
    'conflicting-elements',
    '`sqs:SendMessage` makes nothing that `makes` could name',
    '`makes:` in kms:ReplicateKey alone; kms:CreateKey names its key by `key:`',
  ]),
];

const CREATE_GRANT =
  'KeyId, GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal, Name, DryRun, Operations, GrantTokens, Constraints';
const GRANT = 'call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: ann, Operations: [Decrypt]';

const PARAMETERS: readonly Marked[] = [
  call('parameters that are a word', 'call: sqs:CreateQueue, with: ¦jobs', [
    'wrong-type',
    '`with` is `jobs`',
    'a mapping: parameters under AWS’s names',
  ]),
  call(
    'a grantee that is a list',
    'call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: ¦[ann], Operations: [Decrypt] }',
    ['wrong-type', '`GranteePrincipal` is a list', 'a text'],
  ),
  call(
    'operations that are a mapping',
    'call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: ann, Operations: ¦{ Decrypt: true } }',
    ['wrong-type', '`Operations` is a mapping', 'a list of texts'],
  ),
  call(
    'an operation that is a list',
    'call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: ann, Operations: [Decrypt, ¦[Encrypt]] }',
    ['wrong-type', 'entry 2 is a list', 'a text'],
  ),
  call(
    'operations misspelt',
    'call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: ann, ¦Operation: [Decrypt] }',
    [
      'unknown-element',
      '`kms:CreateGrant` has no parameter `Operation`',
      CREATE_GRANT,
      'did you mean `Operations`?',
    ],
  ),
  call('constraints that are a list', `${GRANT}, Constraints: ¦[tenant] }`, [
    'wrong-type',
    '`Constraints` is a list',
    'a mapping: the constraints of a grant',
  ]),
  call('a constraint misspelt', `${GRANT}, Constraints: { ¦EncryptionContextSubst: { tenant: shop } } }`, [
    'unknown-element',
    'unknown key `EncryptionContextSubst` in the constraints of a grant',
    'EncryptionContextSubset, EncryptionContextEquals, SourceArn',
    'did you mean `EncryptionContextSubset`?',
  ]),
  call('a constraint that is a text', `${GRANT}, Constraints: { EncryptionContextEquals: ¦tenant } }`, [
    'wrong-type',
    '`EncryptionContextEquals` is `tenant`',
    'a mapping: names and texts',
  ]),
  call(
    'a constraint with a list',
    `${GRANT}, Constraints: { EncryptionContextEquals: { tenant: ¦[shop] } } }`,
    ['wrong-type', '`tenant` is a list', 'a text'],
  ),
  call(
    'grant tokens that are a mapping',
    'call: kms:Decrypt, key: orders-key, with: { GrantTokens: ¦{ a: b } }',
    ['wrong-type', '`GrantTokens` is a mapping', 'a list of texts'],
  ),
  call(
    'an encryption context that is a text',
    'call: kms:Decrypt, key: orders-key, with: { EncryptionContext: ¦tenant }',
    ['wrong-type', '`EncryptionContext` is `tenant`', 'a mapping: names and texts'],
  ),
  call(
    'a policy misspelt',
    'call: kms:PutKeyPolicy, key: orders-key, with: { ¦Polcy: { Version: "2012-10-17", Statement: [] } }',
    [
      'unknown-element',
      '`kms:PutKeyPolicy` has no parameter `Polcy`',
      'KeyId, PolicyName, BypassPolicyLockoutSafetyCheck, Policy',
      'did you mean `Policy`?',
    ],
  ),
  call(
    'a policy file that is not there',
    'call: kms:PutKeyPolicy, key: orders-key, with: { Policy: ¦policies/new.json }',
    [
      'file-not-found',
      'the file `policies/new.json` does not exist',
      'the path of a file',
      'paths are seen from `x.yaml`',
    ],
  ),
  call('tags that are a text', 'call: kms:TagResource, key: orders-key, with: { Tags: ¦blue }', [
    'wrong-type',
    '`Tags` is `blue`',
    '`{ name: value }`, or a list of `{ TagKey, TagValue }`',
  ]),
  call(
    'a tag under other names',
    'call: kms:TagResource, key: orders-key, with: { Tags: [¦{ ¦Key: team, ¦Value: blue }] }',
    ['missing-element', 'a tag has no `TagKey`', '`TagKey`'],
    ['unknown-element', 'unknown key `Key` in a tag', 'TagKey, TagValue'],
    ['unknown-element', 'unknown key `Value` in a tag', 'TagKey, TagValue'],
  ),
  call(
    'an attribute without Attributes',
    'call: sqs:SetQueueAttributes, queue: orders, with: { ¦VisibilityTimeout: 5 }',
    [
      'unknown-element',
      '`sqs:SetQueueAttributes` has no parameter `VisibilityTimeout`',
      'QueueUrl, Attributes',
      'write it inside `Attributes`',
    ],
  ),
  call(
    'attributes that are a list',
    'call: sqs:SetQueueAttributes, queue: orders, with: { Attributes: ¦[VisibilityTimeout] }',
    ['wrong-type', '`Attributes` is a list', 'a mapping: attributes and their values'],
  ),
  call(
    'the name Attributes misspelt',
    'call: sqs:SetQueueAttributes, queue: orders, with: { ¦Atributes: { VisibilityTimeout: 5 } }',
    [
      'unknown-element',
      '`sqs:SetQueueAttributes` has no parameter `Atributes`',
      'QueueUrl, Attributes',
      'did you mean `Attributes`?',
    ],
  ),
  call(
    'a queue policy file that is not there',
    'call: sqs:SetQueueAttributes, queue: orders, with: { Attributes: { Policy: ¦policies/new.json } }',
    [
      'file-not-found',
      'the file `policies/new.json` does not exist',
      'the path of a file',
      'paths are seen from `x.yaml`',
    ],
  ),
  call('a new queue without a name', 'call: ¦sqs:CreateQueue', [
    'missing-element',
    '`sqs:CreateQueue` names no queue',
    '`queue:` with the name of the new queue, or `QueueName` in `with:`',
  ]),
  call('a new queue in no Region', 'call: sqs:CreateQueue, with: { QueueName: jobs, Region: ¦nowhere }', [
    'wrong-value',
    '`Region` is `nowhere`',
    'a Region, such as us-east-1',
  ]),
  call(
    'a new queue with attributes of one word',
    'call: sqs:CreateQueue, with: { QueueName: jobs, Attributes: ¦default }',
    ['wrong-type', '`Attributes` is `default`', 'a mapping: attributes and their values'],
  ),
  call('a new queue with tags of one word', 'call: sqs:CreateQueue, with: { QueueName: jobs, tags: ¦blue }', [
    'wrong-type',
    '`tags` is `blue`',
    'a mapping: names and texts',
  ]),
  call(
    'a new queue with tags as KMS calls them',
    'call: sqs:CreateQueue, with: { QueueName: jobs, ¦Tags: { team: blue } }',
    [
      'unknown-element',
      '`sqs:CreateQueue` has no parameter `Tags`',
      'QueueName, Attributes, tags',
      'did you mean `tags`?',
    ],
  ),
  call(
    'entries that are a mapping',
    'call: sqs:SendMessageBatch, queue: orders, with: { Entries: ¦{ Id: 1 } }',
    ['wrong-type', '`Entries` is a mapping', 'a list of entries, or how many'],
  ),
];

export const MARKED: readonly Marked[] = [
  ...HEADER,
  ...ORGANIZATION,
  ...PRINCIPALS_AND_KEYS,
  ...QUEUES,
  ...SOURCES,
  ...STEPS,
  ...CALLS,
  ...PARAMETERS,
];
