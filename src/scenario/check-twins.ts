import type { Arn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Key } from '../world/world.js';
import type { Definitions } from './definitions.js';
import type { Loader } from './loader.js';
import { NOUNS } from './named.js';
import { refuse } from './spot.js';
import type { SectionName } from './world-format.js';

/** What only one thing of an account can have, and how to say that two have it. */
interface Mark {
  readonly slot: string;
  readonly has: string;
  readonly expected: string;
}

/** Complains of keys with one alias, one ARN, or one id of which both are the primary. Page: KMS Developer Guide, Multi-Region keys. */
export function checkKeyTwins(
  loader: Loader,
  definitions: Definitions,
  keys: ReadonlyMap<string, Key>,
): void {
  refuseTwins(loader, definitions, 'keys', keys, ({ arn, aliases, multiRegionType }) => [
    ...aliases.map((alias) => ({
      slot: `${arn.account} ${arn.region} ${alias}`,
      has: `alias ${excerpt(alias)}`,
      expected: 'an alias that points at one key of its account and Region',
    })),
    arnOfOne(arn),
    ...(multiRegionType === 'PRIMARY'
      ? [
          {
            slot: `${arn.account} ${arn.resource} primary`,
            has: `id ${excerpt(arn.resource.slice('key/'.length))}, and both are primaries`,
            expected: 'one primary; the others with `multi-region: replica`',
          },
        ]
      : []),
  ]);
}

/** Complains of two things of a section with one ARN, which AWS could not tell apart. */
export function checkTwins(
  loader: Loader,
  definitions: Definitions,
  section: Exclude<SectionName, 'keys' | 'principals'>,
  things: ReadonlyMap<string, { readonly arn: Arn }>,
): void {
  refuseTwins(loader, definitions, section, things, ({ arn }) => [arnOfOne(arn)]);
}

function arnOfOne({ text }: Arn): Mark {
  return { slot: text, has: `ARN ${excerpt(text)}`, expected: 'an ARN that nothing else has' };
}

function refuseTwins<T>(
  loader: Loader,
  definitions: Definitions,
  section: SectionName,
  things: ReadonlyMap<string, T>,
  marksOf: (thing: T) => readonly Mark[],
): void {
  const owners = new Map<string, string>();
  for (const [name, thing] of things) {
    const definition = definitions.get(section)?.get(name);
    const taken = marksOf(thing).find(({ slot }) => owners.has(slot));
    const other = taken === undefined ? undefined : owners.get(taken.slot);
    if (taken !== undefined && other !== undefined && definition !== undefined) {
      const first = definitions.get(section)?.get(other);
      refuse(
        loader,
        definition.spot,
        {
          code: 'repeated-value',
          message: `${NOUNS[section]}s ${excerpt(other)} and ${excerpt(name)} have the same ${taken.has}`,
          expected: taken.expected,
          related: first === undefined ? [] : [first.spot],
        },
        'name',
      );
    }
    for (const { slot } of marksOf(thing)) owners.set(slot, name);
  }
}
