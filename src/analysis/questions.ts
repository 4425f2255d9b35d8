import { KMS_OPERATIONS } from '../catalogue/kms-operations.js';
import { SQS_OPERATIONS } from '../catalogue/sqs-operations.js';
import { type CalledOn, OTHER_CALLS } from '../services/plan-call.js';
import type { EstateSection } from '../world/change.js';
import type { Estate } from '../world/world.js';

/** What a question is about: a thing of the world by its name, or `*` for calls that name none. */
export interface Subject {
  readonly kind: Exclude<CalledOn, 'function'> | 'none';
  readonly name: string;
}

/** Calls that can be asked about, by what they are made on, in the order in which matrices show them. */
export const ASKABLE: ReadonlyMap<string, Subject['kind']> = new Map<string, Subject['kind']>([
  ...[...SQS_OPERATIONS.values()].map(({ name, resourceLevel }): [string, Subject['kind']] => [
    `sqs:${name}`,
    resourceLevel ? 'queue' : 'none',
  ]),
  ...[...KMS_OPERATIONS.values()].flatMap(({ name, permissions }): [string, Subject['kind']][] => {
    const needed = permissions.filter(({ when }) => when === undefined).map(({ on }) => on);
    if (needed.every((on) => on === 'key')) return [[`kms:${name}`, 'key']];
    return needed.every((on) => on === 'none') ? [[`kms:${name}`, 'none']] : [];
  }),
  // Who calls Lambda does not matter: the execution role is what is checked.
  ...[...OTHER_CALLS].flatMap(([api, on]): [string, Subject['kind']][] =>
    on === 'function' ? [] : [[api, on]],
  ),
]);

export const SECTION_OF = {
  queue: 'queues',
  key: 'keys',
  topic: 'topics',
  bucket: 'buckets',
  rule: 'rules',
} as const satisfies Readonly<Record<Exclude<Subject['kind'], 'none'>, EstateSection>>;

/** The things of one kind, each with its ARN. */
export function thingsOf(
  estate: Estate,
  kind: Subject['kind'],
): readonly { readonly name: string; readonly arn: string }[] {
  if (kind === 'none') return [{ name: '*', arn: '*' }];
  return [...estate[SECTION_OF[kind]].values()].map(({ name, arn }) => ({ name, arn: arn.text }));
}
