import { CALL_PARAMETERS, type ParameterShape } from '../catalogue/call-parameters.js';
import { queueAttribute } from '../catalogue/sqs-attributes.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Loader } from './loader.js';
import { region } from './parts-format.js';
import { byKind, list, object, raw, record, type Shape, text } from './shape.js';
import { refuse, type Spot, suggest } from './spot.js';

const one = text('a text');
const pairs = record(one, 'names and texts');

/** How the parameters of a call are written; what they may be is for the service to say, when the call is made. */
const SHAPES: Readonly<Record<ParameterShape, Shape<unknown>>> = {
  text: one,
  texts: byKind<unknown>({ scalar: one, list: list(one, 'texts') }, 'a list of texts'),
  pairs,
  tags: byKind<unknown>(
    { mapping: pairs, list: list(object({ TagKey: one, TagValue: one }, 'a tag', ['TagKey']), 'tags') },
    '`{ name: value }`, or a list of `{ TagKey, TagValue }`',
  ),
  entries: byKind<unknown>(
    { scalar: one, list: raw('the entries of a batch') },
    'a list of entries, or how many',
  ),
  constraints: object(
    { EncryptionContextSubset: pairs, EncryptionContextEquals: pairs, SourceArn: one },
    'the constraints of a grant',
  ),
  attributes: record(raw('a value'), 'attributes and their values'),
  any: raw('a value'),
};

/**
 * Of calls of other services, the parameters that change nothing here, or what is said elsewhere in the file. Any other
 * would change what AWS asks (`ACL`, `Tagging`) or what is configured, and be passed over.
 */
const OF_OTHERS: ReadonlyMap<string, { readonly known: readonly string[]; readonly help: string }> = new Map([
  [
    'sns:Publish',
    {
      known: [
        'Message',
        'Subject',
        'MessageStructure',
        'MessageAttributes',
        'MessageGroupId',
        'MessageDeduplicationId',
      ],
      help: 'the topic is named by `topic:`',
    },
  ],
  [
    's3:PutObject',
    {
      known: ['Key', 'Body', 'ContentType', 'Metadata'],
      help: 'only what S3 asks without further parameters is replayed',
    },
  ],
  [
    's3:PutBucketNotificationConfiguration',
    { known: [], help: 'what is configured are the `notifications:` of the bucket' },
  ],
  ['events:PutEvents', { known: [], help: 'the event is one that the rule matches' }],
  ['lambda:CreateEventSourceMapping', { known: [], help: 'the queue is the one that the function `polls:`' }],
]);

/**
 * Complains about parameters that a call does not have, and about those in a form in which nothing could
 * be read: without the complaint they would count as left out. `Region` says where a call is sent, as at the command line.
 */
export function checkParameters(
  loader: Loader,
  api: string,
  given: ReadonlyMap<string, Spot> | undefined,
): void {
  const known = CALL_PARAMETERS.get(api);
  if (known === undefined) {
    checkOther(loader, api, given);
    return;
  }
  for (const [name, spot] of given ?? []) {
    const shape = known.get(name);
    if (shape === undefined && name !== 'Region') {
      const names = [...known.keys()];
      refuse(
        loader,
        spot,
        {
          code: 'unknown-element',
          message: `${excerpt(api)} has no parameter ${excerpt(name)}`,
          expected: names.join(', '),
          help:
            known.has('Attributes') && queueAttribute(name)?.name === name
              ? 'write it inside `Attributes`'
              : suggest(loader, name, names),
        },
        'name',
      );
    } else if (spot.node.kind !== 'null') {
      (shape === undefined ? region : SHAPES[shape]).read(loader, spot);
    }
  }
}

function checkOther(loader: Loader, api: string, given: ReadonlyMap<string, Spot> | undefined): void {
  const { known = [], help } = OF_OTHERS.get(api) ?? {};
  for (const [name, spot] of given ?? []) {
    if (known.includes(name)) continue;
    refuse(
      loader,
      spot,
      {
        code: 'unknown-element',
        message: `${excerpt(name)} of ${excerpt(api)} is not replayed`,
        expected: known.length === 0 ? 'no `with:`' : known.join(', '),
        help: suggest(loader, name, known) ?? help,
      },
      'name',
    );
  }
}
