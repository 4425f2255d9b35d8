import { listParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { spread } from '../world/clock.js';
import type { Tags, World } from '../world/world.js';
import { tagsOf } from './kms-context.js';
import { kmsCheck } from './kms-errors.js';
import { type KmsBehaviours, type KmsRequest, keyOf } from './kms-operation.js';
import type { Check } from './plan.js';

/** As long as a change of tags may take until authorization sees it. Page: KMS Developer Guide, ABAC for AWS KMS. */
const SPREAD = 300_000;
const MOST_TAGS = 50;

/** Page: KMS API Reference, TagResource. Rule: KMS-TAGS-CHANGE */
export const TAG_BEHAVIOURS: KmsBehaviours = {
  TagResource: {
    validation: (request) => checkTags(request, tagsOf(request.call)),
    checks: (request) => [countCheck(request)],
    effect: (world, request) =>
      withTags(world, request, (tags) => new Map([...tags, ...tagsOf(request.call)])),
  },
  UntagResource: {
    effect: (world, request) =>
      withTags(world, request, (tags) => {
        const gone = new Set(listParameter(request.call, 'TagKeys'));
        return new Map([...tags].filter(([key]) => !gone.has(key)));
      }),
  },
};

/** Rule: KMS-TAG-IS-VALID */
export function checkTags(request: KmsRequest, tags: Tags): readonly Check[] {
  const bad = [...tags].find(
    ([key, value]) =>
      key === '' || key.length > 128 || value.length > 256 || key.toLowerCase().startsWith('aws:'),
  );
  return [
    kmsCheck(request, bad === undefined, 'parameter', 'KMS-TAG-IS-VALID', {
      code: 'TagException',
      message: `The tag ${bad?.[0] ?? ''} is not one that a key can have.`,
    }),
  ];
}

function countCheck(request: KmsRequest): Check {
  const tags = new Map([...keyOf(request).tags, ...tagsOf(request.call)]);
  return kmsCheck(request, tags.size <= MOST_TAGS, 'parameter', 'KMS-TAG-IS-VALID', {
    code: 'LimitExceededException',
    message: `A key has at most ${MOST_TAGS} tags.`,
  });
}

function withTags(world: World, request: KmsRequest, change: (tags: Tags) => Tags): World {
  const { name } = keyOf(request);
  return spread(world, SPREAD, `the tags of key ${name} are known everywhere`, (now) =>
    changeThing(now, 'keys', name, (present) => ({ ...present, tags: change(present.tags) })),
  );
}
