import { SOURCE_TYPES } from '../catalogue/event-sources.js';
import { excerpt } from '../syntax/excerpt.js';
import type { QueueSource } from '../world/world.js';
import { arnOf, type Home } from './home.js';
import type { Loader } from './loader.js';
import type { Read } from './shape.js';
import type { source } from './source-format.js';
import { type Located, refuse } from './spot.js';

type ReadSource = Read<typeof source>;
type NameOf = (reference: Located<string>) => string;

/** A source of one of the types that have no section of their own; `undefined` after complaints. */
export function buildSource(
  loader: Loader,
  home: Home,
  name: string,
  read: ReadSource,
  names: { readonly queue: NameOf; readonly principal: NameOf },
): QueueSource | undefined {
  const type = SOURCE_TYPES.get(read.type);
  if (type === undefined) return undefined;
  const { sends, caller } = type;
  const kind = `a source of type \`${read.type}\``;
  if (caller === 'role' && read.role === undefined) {
    return refuse(loader, read.spot, {
      code: 'missing-element',
      message: `${excerpt(name)} has no \`role\``,
      expected: `\`role:\`, with which ${kind} sends`,
    });
  }
  const fits = [
    refuseUnless(loader, read.role, caller === 'role', `${kind} calls as itself and has no role`),
    refuseUnless(loader, read['dead-letter'], sends.deadLetters === true, `${kind} has no dead-letter queue`),
    refuseUnless(loader, read.polls, sends.polls === true, `${kind} reads from no queue`),
  ];
  const arn = arnOf(
    loader,
    home,
    read,
    sends.service,
    sends.resource.replace('{name}', () => name),
  );
  if (arn === undefined || fits.includes(false)) return undefined;
  return {
    name,
    type: read.type,
    arn,
    ...(read.role === undefined ? {} : { role: names.principal(read.role) }),
    queue: names.queue(read.queue),
    ...(read['dead-letter'] === undefined ? {} : { deadLetter: names.queue(read['dead-letter']) }),
    ...(read.polls === undefined ? {} : { polls: names.queue(read.polls) }),
  };
}

function refuseUnless(
  loader: Loader,
  given: Located<string> | undefined,
  fits: boolean,
  message: string,
): boolean {
  if (given === undefined || fits) return true;
  refuse(loader, given.spot, { code: 'conflicting-elements', message }, 'name');
  return false;
}
