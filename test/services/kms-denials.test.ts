import { describe, expect, it } from 'vitest';
import { HEAD, replay } from '../scenario/in-memory.js';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const THEIRS = 'arn:aws:kms:us-east-1:444455556666:key/0987dcba-09fe-87dc-65ba-ab0987654321';
const NONE = 'key/22222222-2222-4222-8222-222222222222';

const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json] }
  bare: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] }
  denied:
    policies: [admin.json, { Version: "2012-10-17", Statement: { Effect: Deny, Action: "kms:*", Resource: "*" } }]
  bounded:
    policies: [admin.json]
    boundary: { Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }
keys:
  open: { arn: "${KEY}" }
  closed:
    id: 33333333-3333-4333-8333-333333333333
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::777788889999:root" }, Action: "kms:*", Resource: "*" } }
  deny:
    id: 44444444-4444-4444-8444-444444444444
    policy:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Principal: { AWS: "111122223333" }, Action: "kms:*", Resource: "*" }
        - { Effect: Deny, Principal: "*", Action: "kms:*", Resource: "*" }
  theirs:
    arn: "${THEIRS}"
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "111122223333" }, Action: ["kms:Decrypt", "kms:Encrypt"], Resource: "*" } }
  secret: { arn: "arn:aws:kms:us-east-1:444455556666:key/55555555-5555-4555-8555-555555555555" }
queues:
  orders: { encryption: { kms: "${KEY}" }, messages: [{ count: 1 }] }
  hidden: { encryption: { kms: "arn:aws:kms:us-east-1:444455556666:key/55555555-5555-4555-8555-555555555555" }, messages: [{ count: 1 }] }
  unnamed: { encryption: { kms: "arn:aws:kms:us-east-1:444455556666:${NONE}" } }
  missing: { encryption: { kms: alias/none } }
`;

const who = (name: string): string =>
  `User: arn:aws:sts::111122223333:assumed-role/${name}/<session> is not authorized to perform:`;
const HIDDEN =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

/** The error of one step. */
function errorOf(step: string): { readonly code: string; readonly message: string; readonly http: number } {
  const [result] = replay(`${WORLD}\nsteps: [${step}]\n`);
  const error = result?.outcome?.refusal?.error;
  return { code: error?.code ?? '', message: error?.message ?? '', http: error?.http ?? 0 };
}

describe('a refusal of KMS', () => {
  it.each([
    [
      'bare',
      'Decrypt',
      'key: open',
      `kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      'denied',
      'Decrypt',
      'key: open',
      `kms:Decrypt on resource: ${KEY} with an explicit deny in an identity-based policy`,
    ],
    [
      'bounded',
      'Encrypt',
      'key: open',
      `kms:Encrypt on resource: ${KEY} because no permissions boundary allows the kms:Encrypt action`,
    ],
    [
      'admin',
      'Encrypt',
      'key: closed',
      `kms:Encrypt on resource: ${KEY.slice(0, KEY.indexOf('key/'))}key/33333333-3333-4333-8333-333333333333 because no resource-based policy allows the kms:Encrypt action`,
    ],
    [
      'admin',
      'Encrypt',
      'key: deny',
      `kms:Encrypt on resource: ${KEY.slice(0, KEY.indexOf('key/'))}key/44444444-4444-4444-8444-444444444444 with an explicit deny in a resource-based policy`,
    ],
    ['admin', 'Encrypt', 'key: secret', `kms:Encrypt on this resource ${HIDDEN}`],
    [
      'admin',
      'Decrypt',
      'key: secret',
      `kms:Decrypt on the resource associated with this ciphertext ${HIDDEN}`,
    ],
    [
      'admin',
      'Encrypt',
      `with: { KeyId: "arn:aws:kms:us-east-1:444455556666:${NONE}" }`,
      `kms:Encrypt on this resource ${HIDDEN}`,
    ],
    [
      'bare',
      'Decrypt',
      'key: theirs',
      'kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action',
    ],
    [
      'bare',
      'Encrypt',
      'key: theirs',
      'kms:Encrypt on this resource because no identity-based policy allows the kms:Encrypt action',
    ],
    ['admin', 'DescribeKey', 'key: theirs', `kms:DescribeKey on this resource ${HIDDEN}`],
    [
      'bare',
      'ListKeys',
      '',
      'kms:ListKeys on resource: * because no identity-based policy allows the kms:ListKeys action',
    ],
  ])('to %s, of %s on %s', (by, operation, on, text) => {
    const fields = [`as: ${by}`, `call: kms:${operation}`, on].filter((field) => field !== '').join(', ');
    expect(errorOf(`{ ${fields} }`)).toEqual({
      code: 'AccessDeniedException',
      message: `${who(by)} ${text}`,
      http: 400,
    });
  });

  it.each([
    [
      'KeyId',
      `arn:aws:kms:us-east-1:111122223333:${NONE}`,
      `Key 'arn:aws:kms:us-east-1:111122223333:${NONE}' does not exist`,
    ],
    ['KeyId', 'alias/none', 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.'],
  ])('of a missing %s %s in the own account', (parameter, typed, message) => {
    expect(errorOf(`{ as: admin, call: kms:Encrypt, with: { ${parameter}: "${typed}" } }`)).toEqual({
      code: 'NotFoundException',
      message,
      http: 400,
    });
  });
});

describe('a refusal of KMS through SQS', () => {
  const suffix =
    /\(Service: AWSKMS; Status Code: 400; Error Code: (\w+); Request ID: [0-9a-f-]{36}; Proxy: null\)$/;

  it.each([
    [
      'bare',
      'SendMessage',
      'orders',
      'AccessDenied',
      `${who('bare')} kms:GenerateDataKey on resource: ${KEY} because no identity-based policy allows the kms:GenerateDataKey action`,
    ],
    [
      'bare',
      'ReceiveMessage',
      'orders',
      'AccessDenied',
      `${who('bare')} kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action`,
    ],
    [
      'admin',
      'ReceiveMessage',
      'hidden',
      'AccessDenied',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    ],
    [
      'admin',
      'SendMessage',
      'unnamed',
      'AccessDenied',
      `${who('admin')} kms:GenerateDataKey on this resource ${HIDDEN}`,
    ],
    [
      'admin',
      'SendMessage',
      'missing',
      'NotFound',
      'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.',
    ],
  ])('to %s, of %s on %s', (by, operation, queue, kind, text) => {
    const { code, message, http } = errorOf(`{ as: ${by}, call: sqs:${operation}, queue: ${queue} }`);
    expect({ code, http }).toEqual({ code: `KMS.${kind}Exception`, http: 400 });
    expect(message.replace(suffix, '').trim()).toBe(text);
    expect(message.match(suffix)?.[1]).toBe(`${kind}Exception`);
  });
});
