import { isAccountId } from '../syntax/arn.js';
import { scalarText } from '../syntax/scalar.js';
import {
  byKind,
  choice,
  duration,
  list,
  map,
  object,
  raw,
  record,
  type Shape,
  text,
  textLike,
} from './shape.js';
import { describe, type Located, refuse } from './spot.js';

/** What the definitions of several sections are made of. */

/** What other YAML readers take for a number or a truth value is text here. */
export const SCALAR = { type: ['string', 'number', 'boolean'] } as const;

export const name = (description: string): Shape<Located<string>> => text(description);
export const arn = text('an ARN', { pattern: '^arn:' });
export const region = textLike('a Region, such as us-east-1', /^[a-z]{2,4}(-[a-z]+)+-\d$/);
export const accountRef = text('an account: a name from `accounts`, or 12 quoted digits');

export const accountId: Shape<string> = {
  schema: { type: 'string', pattern: '^\\d{12}$', description: 'a 12-digit account id, quoted' },
  read: (reading, spot) => {
    const value = scalarText(spot.node);
    const quoted = spot.node.kind === 'string' && spot.node.quoted !== false;
    if (value !== undefined && isAccountId(value) && quoted) return value;
    const digits = value !== undefined && /^\d{1,12}$/.test(value);
    return refuse(reading, spot, {
      code: 'account-id',
      message:
        digits && value.length === 12
          ? `the account id ${value} is not quoted`
          : `${describe(spot.node)} is no account id`,
      expected: '12 digits in quotes',
      help: digits
        ? `write "${value.padStart(12, '0')}": other YAML readers take bare digits for a number and drop leading zeros`
        : undefined,
    });
  },
};

/** A policy: the path of a file, or the document itself. Read when its type is known. */
export const policy = raw(
  'the path of a JSON or YAML policy file, relative to this file, or the policy itself',
  {
    anyOf: [{ type: 'string' }, { type: 'object', required: ['Statement'] }],
  },
);
export const policies = list(policy, 'policies, each a file or inline');

export const tags = map(
  record(text('a tag value', SCALAR), 'tags'),
  (read) => new Map([...read].map(([key, { value }]) => [key, value])),
);

const kmsEncryption = object(
  {
    kms: text('alias/name, alias ARN, key ARN, key id, or the name of a key in this file'),
    reuse: duration('the data key reuse period, 60 s to 24 h; 5m unless said', {
      least: 60_000,
      most: 86_400_000,
      words: 'from `60s` to `24h`',
    }),
  },
  'encryption',
  ['kms'],
);

export type EncryptionWord = 'none' | 'sqs';
type ReadKms = NonNullable<ReturnType<typeof kmsEncryption.read>>;
export const encryption: Shape<EncryptionWord | ReadKms> = byKind<EncryptionWord | ReadKms>(
  { scalar: choice<EncryptionWord>(['none', 'sqs'], 'no encryption, or SSE-SQS'), mapping: kmsEncryption },
  '`none`, `sqs`, or `{ kms: alias/name, reuse: 5m }`',
);
