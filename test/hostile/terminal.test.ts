import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A terminal obeys some of these, shows a line backwards for others, and shows nothing for the rest. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const EVIL = 'a\u001b[2J\u0007\u009b31mb\u202ec\u2066d\ne\rf\u2028g\u200bh\u00adi';

const policy = (sid: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: EVIL,
    Statement: [
      {
        Sid: sid,
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: `sqs:${EVIL}*`,
        Resource: '*',
        Condition: { StringEquals: { [`aws:PrincipalTag/${EVIL}`]: EVIL } },
      },
      {
        Sid: `${sid}2`,
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { StringLike: { [`my:${EVIL}`]: `${EVIL}*` } },
      },
      {
        Sid: `${sid}3`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sqs:ReceiveMessage',
        Resource: '*',
        Condition: {
          StringEquals: { [`my:${EVIL}`]: EVIL },
          ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:*:${EVIL}` },
        },
      },
    ],
  });

const scenario = JSON.stringify({
  gainsay: 1,
  title: EVIL,
  region: 'us-east-1',
  account: '111122223333',
  principals: { [EVIL]: { tags: { [EVIL]: EVIL }, arn: 'arn:aws:iam::111122223333:role/worker' }, ann: {} },
  keys: { [EVIL]: { id: '1234abcd-12ab-34cd-56ef-1234567890ab' } },
  queues: {
    [EVIL]: {
      policy: 'policy.json',
      arn: 'arn:aws:sqs:us-east-1:111122223333:orders',
      tags: { [EVIL]: EVIL },
    },
  },
  steps: [
    {
      title: `${EVIL} one`,
      as: EVIL,
      call: 'sqs:SendMessage',
      queue: EVIL,
      context: { [`my:${EVIL}`]: `${EVIL}!` },
    },
    {
      title: EVIL,
      note: EVIL,
      as: EVIL,
      call: 'sqs:ReceiveMessage',
      queue: EVIL,
      expect: { denied: 'Other' },
    },
    {
      as: 'ann',
      call: 'sqs:ReceiveMessage',
      queue: EVIL,
      expect: { denied: 'AccessDenied', message: EVIL, statement: EVIL },
    },
    { as: EVIL, call: 'kms:Encrypt', key: EVIL, with: { EncryptionContext: { [EVIL]: EVIL } } },
    { check: { queue: EVIL, messages: 7, 'encrypted-with': EVIL } },
  ],
});

const broken = JSON.stringify({
  gainsay: 1,
  region: EVIL,
  account: EVIL,
  [EVIL]: 1,
  principals: { [EVIL]: { policies: [EVIL], [EVIL]: EVIL, type: EVIL } },
  queues: {
    [EVIL]: {
      policy: { Statement: { [EVIL]: EVIL, Effect: EVIL, Action: EVIL, Principal: EVIL } },
      visibility: EVIL,
    },
  },
  steps: [
    { as: EVIL, call: EVIL, queue: EVIL },
    { as: 'ann', call: `sqs:${EVIL}`, queue: EVIL, expect: EVIL },
    { [EVIL]: EVIL },
    { wait: EVIL },
    { set: { [EVIL]: {}, queues: { [EVIL]: EVIL } } },
    { remove: { queues: [EVIL] } },
  ],
});

const FILES = { 'x.json': scenario, 'policy.json': policy(EVIL), 'broken.json': broken };

describe('what cannot be seen never reaches the terminal', () => {
  it.each([
    ['test', 'x.json'],
    ['test', '--verbose', 'x.json'],
    ['test', '--json', 'x.json'],
    ['explain', 'x.json', '--step', '1'],
    ['explain', 'x.json', '--step', '2'],
    ['explain', 'x.json', '--step', '3'],
    ['explain', 'x.json', '--step', '4', '--json'],
    ['explain', 'x.json', '--step', '2', '--json'],
    ['explain', 'x.json', '--step', EVIL],
    ['explain', 'x.json', '--step', `${EVIL} on`],
    ['test', 'broken.json'],
    ['test', '--json', 'broken.json'],
    ['test', EVIL],
    ['test', `${EVIL}*`],
    ['explain', EVIL, '--step', '1'],
    ['rules', EVIL],
    [EVIL],
    ['test', `--${EVIL}`],
    ['cost', '--reuse', EVIL, '--billing-seconds', '1', '--producers', '1', '--consumers', '1'],
  ])('of %s %s %s %s', async (...argv) => {
    const { code, out, err } = await gainsay(argv, { cwd: temporaryFolder(FILES) });
    const said = `${out}${err}`.replaceAll('\n', '');
    expect([...said.matchAll(HIDDEN)].map(({ index }) => said.slice(index - 40, index + 5))).toEqual([]);
    expect(said).not.toBe('');
    expect(code).toBeLessThanOrEqual(2);
  });

  it('and in colours, nothing but the colours is left', async () => {
    const cwd = temporaryFolder(FILES);
    const { out, err } = await gainsay(['test', '--verbose', 'x.json', 'broken.json'], {
      cwd,
      env: { FORCE_COLOR: '1' },
    });
    const paint = `${String.fromCharCode(0x1b)}[`;
    expect(out).toContain(paint);
    const pieces = `${out}${err}`.split(paint);
    expect(pieces.slice(1).filter((piece) => !/^\d{1,2}m/.test(piece))).toEqual([]);
    expect(pieces.join('').replaceAll('\n', '')).not.toMatch(HIDDEN);
  });

  it('and the line of a mistake stays one line', async () => {
    const { err } = await gainsay(['test', 'broken.json'], { cwd: temporaryFolder(FILES) });
    for (const line of err.split('\n'))
      expect(line).toMatch(/^$|^(?:broken|policy)\.json:| {2}(?:expected|hint|see): |more$/);
  });
});
