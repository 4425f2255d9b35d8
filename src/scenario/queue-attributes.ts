import {
  QUEUE_ATTRIBUTES,
  queueAttribute,
  READ_ONLY_QUEUE_ATTRIBUTES,
  REDRIVE,
} from '../catalogue/sqs-attributes.js';
import type { Policy } from '../policy/policy.js';
import type { Arn } from '../syntax/arn.js';
import { parseArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import { scanJson } from '../syntax/json-scanner.js';
import { readDocument } from '../syntax/read-document.js';
import { scalarText } from '../syntax/scalar.js';
import type { Encryption, Queue, RedriveAllow, Tags } from '../world/world.js';
import type { Loader } from './loader.js';
import { describe, itemsOf, type Member, membersOf, refuse, type Spot, suggest } from './spot.js';

interface Bare {
  readonly name: string;
  readonly arn: Arn;
  readonly tags: Tags;
}

/**
 * A queue from what `aws sqs get-queue-attributes` printed, inline or as a file: names and texts as AWS writes them,
 * with the policy and the redrive policy as JSON inside strings. `undefined` after complaints about what is not such.
 * Page: SQS API Reference, SetQueueAttributes.
 */
export function readQueueAttributes(loader: Loader, given: Spot, bare: Bare): Queue | undefined {
  const spot = attributesOf(loader, given);
  if (spot === undefined) return undefined;
  const members = membersOf(spot);
  if (members === undefined) {
    return refuse(loader, spot, {
      code: 'wrong-type',
      message: `the attributes are ${describe(spot.node)}`,
      expected: 'a mapping from attributes to values, or the path of a file',
    });
  }
  checkNames(loader, members);
  const attributes = new Map(members.map(({ key, value }) => [key, value]));
  const policySpot = attributes.get('Policy');
  const policy = policySpot === undefined ? undefined : policyIn(loader, policySpot, bare.name);
  const redrive = redriveIn(loader, attributes.get('RedrivePolicy'));
  const redriveAllow = redriveAllowIn(loader, attributes.get('RedriveAllowPolicy'));
  const delay = secondsIn(loader, attributes.get('DelaySeconds'), 'DelaySeconds');
  return {
    ...bare,
    ...(policy === undefined ? {} : { policy }),
    encryption: encryptionIn(loader, attributes),
    ...(redrive === undefined ? {} : { redrive }),
    ...(redriveAllow === undefined ? {} : { redriveAllow }),
    ...(delay === 0 ? {} : { delay: delay * 1000 }),
    visibilityTimeout: secondsIn(loader, attributes.get('VisibilityTimeout'), 'VisibilityTimeout') * 1000,
  };
}

/** Looks through the file and through the wrapping `{"Attributes": …}` that the command line prints. */
function attributesOf(loader: Loader, given: Spot): Spot | undefined {
  const path = scalarText(given.node);
  const spot = path === undefined ? given : fileOf(loader, given, path);
  if (spot === undefined) return undefined;
  const wrapped = membersOf(spot)?.find(({ key }) => key === 'Attributes');
  return wrapped?.value ?? spot;
}

function fileOf(loader: Loader, given: Spot, path: string): Spot | undefined {
  const source = loader.sourceOf(loader.files.resolve(given.source.name, path), given);
  if (source === undefined) return undefined;
  const { node, issues } = readDocument(source, loader.readYaml);
  loader.take(issues, 'what `aws sqs get-queue-attributes` printed');
  return node === undefined ? undefined : { node, pointer: [], source };
}

function checkNames(loader: Loader, members: readonly Member[]): void {
  const known = [...[...QUEUE_ATTRIBUTES.values()].map(({ name }) => name), ...READ_ONLY_QUEUE_ATTRIBUTES];
  for (const { key, value } of members) {
    if (known.includes(key)) continue;
    refuse(
      loader,
      value,
      {
        code: 'unknown-element',
        message: `SQS has no queue attribute ${excerpt(key)}`,
        expected: 'attributes as `aws sqs get-queue-attributes` prints them',
        help: suggest(loader, key, known),
      },
      'name',
    );
  }
}

function policyIn(loader: Loader, spot: Spot, name: string): Policy | undefined {
  const { node } = spot;
  if (node.kind !== 'string') return loader.policyAt(spot, 'queue', `policy of queue ${name}`);
  return node.value === ''
    ? undefined
    : loader.encodedPolicy(spot, node.value, 'queue', `policy of queue ${name}`);
}

function encryptionIn(loader: Loader, attributes: ReadonlyMap<string, Spot>): Encryption {
  const keySpot = attributes.get('KmsMasterKeyId');
  const key = keySpot === undefined ? '' : scalarText(keySpot.node);
  const own = attributes.get('SqsManagedSseEnabled');
  const reuse = attributes.get('KmsDataKeyReusePeriodSeconds');
  const managed = own === undefined ? undefined : scalarText(own.node);
  const reusePeriod = secondsIn(loader, reuse, 'KmsDataKeyReusePeriodSeconds') * 1000;
  if (own !== undefined && managed !== 'true' && managed !== 'false') {
    refuse(loader, own, {
      code: 'wrong-value',
      message: `\`SqsManagedSseEnabled\` is ${describe(own.node)}`,
      expected: '`true` or `false`',
    });
  }
  if (keySpot !== undefined && key === undefined) {
    refuse(loader, keySpot, {
      code: 'wrong-type',
      message: `\`KmsMasterKeyId\` is ${describe(keySpot.node)}`,
      expected: 'a key id, an alias, or the ARN of one',
    });
  }
  if (key !== undefined && key !== '') return { sse: 'kms', key, reusePeriod };
  return { sse: managed === 'false' ? 'none' : 'sqs' };
}

/** The value of an attribute in seconds, or its default after a complaint. */
function secondsIn(loader: Loader, spot: Spot | undefined, name: string): number {
  const attribute = queueAttribute(name);
  const preset = Number(attribute?.default ?? 0);
  if (spot === undefined || attribute?.value.kind !== 'integer') return preset;
  const { min, max } = attribute.value;
  return numberIn(loader, spot, name, min, max) ?? preset;
}

function numberIn(loader: Loader, spot: Spot, name: string, min: number, max: number): number | undefined {
  const text = scalarText(spot.node) ?? '';
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  return refuse(loader, spot, {
    code: 'wrong-value',
    message: `\`${name}\` is ${describe(spot.node)}`,
    expected: `a whole number from ${min} to ${max}`,
  });
}

function redriveIn(loader: Loader, spot: Spot | undefined): Queue['redrive'] {
  if (spot === undefined || scalarText(spot.node) === '') return undefined;
  const read = decoded(loader, spot);
  if (read === undefined) return undefined;
  const members = membersOf(read);
  const target = members?.find(({ key }) => key === 'deadLetterTargetArn')?.value;
  const count = members?.find(({ key }) => key === 'maxReceiveCount')?.value;
  if (target === undefined) {
    return refuse(loader, spot, {
      code: 'missing-element',
      message: 'the redrive policy names no `deadLetterTargetArn`',
      expected: 'the ARN of the dead-letter queue',
    });
  }
  const arn = parseArn(scalarText(target.node) ?? '');
  if (arn?.service !== 'sqs') {
    return refuse(loader, target, {
      code: 'bad-arn',
      message: `\`deadLetterTargetArn\` is ${describe(target.node)}`,
      expected: 'arn:partition:sqs:region:account:resource',
    });
  }
  const { min, max, default: preset } = REDRIVE.maxReceiveCount;
  const maxReceives = count === undefined ? preset : numberIn(loader, count, 'maxReceiveCount', min, max);
  return { to: arn.resource, maxReceives: maxReceives ?? preset };
}

function redriveAllowIn(loader: Loader, spot: Spot | undefined): RedriveAllow | undefined {
  if (spot === undefined || scalarText(spot.node) === '') return undefined;
  const read = decoded(loader, spot);
  if (read === undefined) return undefined;
  const members = membersOf(read);
  const permission = members?.find(({ key }) => key === 'redrivePermission')?.value;
  const word = permission === undefined ? undefined : scalarText(permission.node);
  if (word === 'allowAll') return undefined;
  if (word === 'denyAll') return { permission: 'denyAll' };
  if (word === 'byQueue') {
    const listed = members?.find(({ key }) => key === 'sourceQueueArns')?.value;
    const items = listed === undefined ? [] : (itemsOf(listed) ?? []);
    const sources = items.flatMap(({ node }) => scalarText(node) ?? []);
    checkSources(loader, listed ?? spot, 'sourceQueueArns', sources);
    return { permission: 'byQueue', sources };
  }
  return refuse(loader, permission ?? spot, {
    code: 'wrong-value',
    message: `\`redrivePermission\` is ${permission === undefined ? 'missing' : describe(permission.node)}`,
    expected: REDRIVE.permissions.map((each) => `\`${each}\``).join(', '),
    help: word === undefined ? undefined : suggest(loader, word, REDRIVE.permissions),
  });
}

/** Page: SQS API Reference, SetQueueAttributes: up to 10 source queues, and at least one. */
export function checkSources(loader: Loader, spot: Spot, field: string, sources: readonly unknown[]): void {
  const most = REDRIVE.maxSourceQueueArns;
  if (sources.length > 0 && sources.length <= most) return;
  refuse(loader, spot, {
    code: 'wrong-value',
    message: `\`${field}\` lists ${sources.length} queues`,
    expected: `1 to ${most} source queues`,
  });
}

/** JSON that stands inside a string, with its positions in the file. */
function decoded(loader: Loader, spot: Spot): Spot | undefined {
  const { node } = spot;
  if (node.kind !== 'string') return spot;
  const origin = node.span === undefined ? {} : { origin: { outer: spot.source, at: node.span } };
  const source = { name: spot.source.name, text: node.value, ...origin };
  const read = scanJson(source);
  loader.issues.push(...read.issues);
  return read.node === undefined ? undefined : { node: read.node, pointer: [], source };
}
