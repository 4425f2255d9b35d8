import type { Arn } from '../syntax/arn.js';
import { scanJson } from '../syntax/json-scanner.js';
import type { Encryption, Queue, Tags } from '../world/world.js';
import type { Loader } from './loader.js';
import { describe, membersOf, refuse, type Spot, scalarText } from './spot.js';

interface Bare {
  readonly name: string;
  readonly arn: Arn;
  readonly tags: Tags;
}

/**
 * A queue from what `aws sqs get-queue-attributes` printed, inline or as a file: names and texts as AWS writes them,
 * with the policy and the redrive policy as JSON inside strings.
 */
export function readQueueAttributes(loader: Loader, given: Spot, bare: Bare): Queue | undefined {
  const spot = attributesOf(loader, given);
  const members = spot === undefined ? undefined : membersOf(spot);
  if (members === undefined) {
    if (spot !== undefined)
      refuse(loader, spot, {
        code: 'wrong-type',
        message: `attributes is ${describe(spot.node)}`,
        expected: 'a mapping, or a file',
      });
    return undefined;
  }
  const attributes = new Map(members.map(({ key, value }) => [key, value]));
  const text = (name: string): string | undefined => {
    const found = attributes.get(name);
    return found === undefined ? undefined : scalarText(found.node);
  };
  const policySpot = attributes.get('Policy');
  const policy =
    policySpot === undefined || text('Policy') === '' ? undefined : policyIn(loader, policySpot, bare.name);
  const redrive = redriveIn(loader, attributes.get('RedrivePolicy'));
  return {
    ...bare,
    ...(policy === undefined ? {} : { policy }),
    encryption: encryptionIn(text),
    ...(redrive === undefined ? {} : { redrive }),
    visibilityTimeout: Number(text('VisibilityTimeout') ?? '30') * 1000,
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
  const { node, issues } = scanJson(source);
  loader.issues.push(...issues);
  return node === undefined ? undefined : { node, pointer: [], source };
}

function policyIn(loader: Loader, spot: Spot, name: string) {
  const { node } = spot;
  if (node.kind !== 'string') return loader.policyAt(spot, 'queue', `policy of queue ${name}`);
  return loader.encodedPolicy(spot, node.value, 'queue', `policy of queue ${name}`);
}

function encryptionIn(text: (name: string) => string | undefined): Encryption {
  const key = text('KmsMasterKeyId');
  if (key !== undefined && key !== '') {
    return { sse: 'kms', key, reusePeriod: Number(text('KmsDataKeyReusePeriodSeconds') ?? '300') * 1000 };
  }
  return { sse: text('SqsManagedSseEnabled') === 'false' ? 'none' : 'sqs' };
}

function redriveIn(
  loader: Loader,
  spot: Spot | undefined,
): { readonly to: string; readonly maxReceives: number } | undefined {
  if (spot === undefined) return undefined;
  const value =
    spot.node.kind === 'string'
      ? scanJson({ name: spot.source.name, text: spot.node.value }).node
      : spot.node;
  const members = value === undefined ? undefined : membersOf({ ...spot, node: value });
  const target = members?.find(({ key }) => key === 'deadLetterTargetArn')?.value.node;
  const count = members?.find(({ key }) => key === 'maxReceiveCount')?.value.node;
  const arn = target === undefined ? undefined : scalarText(target);
  if (arn === undefined) {
    return refuse(loader, spot, {
      code: 'missing-element',
      message: 'the redrive policy names no deadLetterTargetArn',
      expected: 'the ARN of the dead-letter queue',
    });
  }
  return {
    to: arn.slice(arn.lastIndexOf(':') + 1),
    maxReceives: Number((count === undefined ? undefined : scalarText(count)) ?? '10'),
  };
}
