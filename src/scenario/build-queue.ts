import { type Arn, parseArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import { resolveKey } from '../world/key-reference.js';
import {
  EMPTY_ESTATE,
  type Encryption,
  type Key,
  type Message,
  type Queue,
  type RedriveAllow,
} from '../world/world.js';
import { arnOf, type Home } from './home.js';
import type { Loader } from './loader.js';
import { checkSources, readQueueAttributes } from './queue-attributes.js';
import type { Read } from './shape.js';
import { type Located, referTo, refuse, suggest } from './spot.js';
import type { queue } from './world-format.js';

type ReadQueue = Read<typeof queue>;
type ReadEncryption = NonNullable<ReadQueue['encryption']>;

const DEFAULT_REUSE = 300_000;
const DEFAULT_VISIBILITY = 30_000;
const DEFAULT_RECEIVES = 10;

export function buildQueue(
  loader: Loader,
  home: Home,
  name: string,
  read: ReadQueue,
  keys: ReadonlyMap<string, Key>,
): Queue | undefined {
  const arn = arnOf(loader, home, read, 'sqs', name);
  if (arn === undefined) return undefined;
  if (read.attributes !== undefined) {
    for (const field of ['policy', 'encryption', 'redrive', 'redrive-allow', 'visibility'] as const) {
      if (read[field] === undefined) continue;
      refuse(
        loader,
        read.attributes,
        {
          code: 'conflicting-elements',
          message: `\`attributes\` and \`${field}\` both describe queue ${excerpt(name)}`,
          expected: 'one of the two',
        },
        'name',
      );
    }
    return readQueueAttributes(loader, read.attributes, { name, arn, tags: read.tags ?? new Map() });
  }
  const policy =
    read.policy === undefined ? undefined : loader.policyAt(read.policy, 'queue', `policy of queue ${name}`);
  const redriveAllow = redriveAllowOf(loader, read['redrive-allow'], arn);
  return {
    name,
    arn,
    ...(policy === undefined ? {} : { policy }),
    encryption: buildEncryption(loader, read.encryption ?? 'sqs', keys),
    ...(read.redrive === undefined
      ? {}
      : { redrive: { to: read.redrive.to.value, maxReceives: read.redrive.after ?? DEFAULT_RECEIVES } }),
    ...(redriveAllow === undefined ? {} : { redriveAllow }),
    visibilityTimeout: read.visibility ?? DEFAULT_VISIBILITY,
    tags: read.tags ?? new Map(),
  };
}

/** Queues are named as in the file, or by ARN; a name stands for a queue beside the dead-letter queue. */
function redriveAllowOf(
  loader: Loader,
  read: ReadQueue['redrive-allow'],
  arn: Arn,
): RedriveAllow | undefined {
  if (read === undefined || read === 'allowAll') return undefined;
  if (read === 'denyAll') return { permission: 'denyAll' };
  const named = read.byQueue;
  checkSources(loader, read.spot, 'byQueue', named);
  const beside = (name: string): string => arn.text.slice(0, arn.text.length - arn.resource.length) + name;
  const sources = named.map(({ value }) => (value.startsWith('arn:') ? value : beside(value)));
  return { permission: 'byQueue', sources };
}

export function buildEncryption(
  loader: Loader,
  read: ReadEncryption,
  keys: ReadonlyMap<string, Key>,
): Encryption {
  if (read === 'none' || read === 'sqs') return { sse: read };
  const reusePeriod = read.reuse ?? DEFAULT_REUSE;
  return { sse: 'kms', key: keyReference(loader, read.kms, keys), reusePeriod };
}

/** A key as SQS stores it: what was written, or the ARN of the key of that name in this file. */
export function keyReference(loader: Loader, given: Located<string>, keys: ReadonlyMap<string, Key>): string {
  const { value, spot } = given;
  const named = keys.get(value);
  if (named !== undefined) return named.arn.text;
  const looksLikeAReference = value.startsWith('alias/') || parseArn(value) !== undefined || isKeyId(value);
  if (!looksLikeAReference && !loader.hasRefused('keys', value)) {
    refuse(loader, spot, {
      code: 'unknown-name',
      message: `unknown key ${excerpt(value)}`,
      expected: 'the name of a key in this file, alias/name, a key id, or the ARN of a key or alias',
      help: suggest(loader, value, keys.keys()),
    });
  }
  return value;
}

function isKeyId(value: string): boolean {
  return /^(mrk-)?[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

/** The messages a queue holds at the start, each with the key that encrypted it. */
export function buildMessages(
  loader: Loader,
  read: ReadQueue,
  of: Queue,
  queues: ReadonlyMap<string, Queue>,
  keys: ReadonlyMap<string, Key>,
  now: number,
): readonly Message[] {
  return (read.messages ?? []).flatMap((group, index) => {
    const from = group['moved-from'];
    const origin = from === undefined ? of : queues.get(from.value);
    if (origin === undefined) {
      if (from !== undefined && !loader.hasRefused('queues', from.value))
        referTo(loader, from, queues, 'queue');
      return [];
    }
    const keyArn = keyArnOf(loader, group['encrypted-with'], origin, keys);
    return Array.from({ length: group.count ?? 1 }, (_, each): Message => {
      const id = `message ${index + 1}.${each + 1} of ${of.name}`;
      const encryption =
        keyArn === undefined
          ? {}
          : {
              encryption: {
                keyArn,
                contextQueueArn: origin.arn.text,
                dataKey: `data key ${index + 1} of ${of.name}`,
              },
            };
      const moved = from === undefined ? {} : { movedFrom: origin.name };
      return { id, ...encryption, sent: now, visibleAt: now, receives: 0, ...moved };
    });
  });
}

function keyArnOf(
  loader: Loader,
  given: Located<string> | undefined,
  origin: Queue,
  keys: ReadonlyMap<string, Key>,
): string | undefined {
  if (given?.value === 'none') return undefined;
  const { partition, region, account } = origin.arn;
  const reference =
    given === undefined
      ? origin.encryption.sse === 'kms'
        ? origin.encryption.key
        : undefined
      : keyReference(loader, given, keys);
  if (reference === undefined) return undefined;
  const found = resolveKey({ ...EMPTY_ESTATE, keys }, reference, { partition, region, account });
  return found.key?.arn.text ?? found.arn;
}
