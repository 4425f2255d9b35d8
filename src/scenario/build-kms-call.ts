import { CALL_PARAMETERS } from '../catalogue/call-parameters.js';
import { KMS_OPERATIONS } from '../catalogue/kms-operations.js';
import { keyParameter, readsCiphertext } from '../services/kms-key-reference.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Call } from '../world/call.js';
import type { Estate } from '../world/world.js';
import type { Loader } from './loader.js';
import { named } from './named.js';
import type { ReadStep } from './read-step.js';
import { type Located, refuse } from './spot.js';

type ReadCall = ReadStep<'call'>;

/** Operations on no key, or on one that only an alias leads to. */
const KEYLESS: ReadonlySet<string> = new Set([
  'DeleteAlias',
  ...[...KMS_OPERATIONS.values()]
    .filter(({ permissions }) => permissions.every(({ on }) => on === 'none'))
    .map(({ name }) => name),
]);

/** What AWS demands beside the key and what becomes of the call hangs on, each in one of several parameters. */
const NEEDED: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['CreateAlias', [['AliasName']]],
  ['UpdateAlias', [['AliasName']]],
  ['DeleteAlias', [['AliasName']]],
  ['CreateGrant', [['GranteePrincipal', 'GranteeServicePrincipal'], ['Operations']]],
  ['PutKeyPolicy', [['Policy']]],
  ['ReEncrypt', [['DestinationKeyId']]],
  ['ReplicateKey', [['ReplicaRegion']]],
  ['RetireGrant', [['GrantToken', 'GrantId']]],
  ['RevokeGrant', [['GrantId']]],
  ['TagResource', [['Tags']]],
  ['UntagResource', [['TagKeys']]],
  ['UpdatePrimaryRegion', [['PrimaryRegion']]],
]);

/**
 * The key that a call of KMS is on: by its name in the file, by an identifier among the parameters, or none; of CreateKey,
 * the name of the key to be. `undefined` after a complaint.
 */
export function keyCalledOn(
  loader: Loader,
  estate: Estate,
  read: ReadCall,
  operation: string,
): { readonly on?: string } | undefined {
  demandParameters(loader, read, operation);
  const { key } = read;
  if (operation === 'CreateKey') return key === undefined ? {} : keyToMake(loader, estate, read, key);
  const parameter = keyParameter(operation);
  const typed = read.with?.get(parameter);
  if (key === undefined) {
    if (KEYLESS.has(operation) || typed !== undefined) return {};
    return refuse(loader, read.call.spot, {
      code: 'missing-element',
      message: `${excerpt(`kms:${operation}`)} names no key`,
      expected: `\`key:\` with the name of a key of this file, or \`with: { ${parameter}: … }\``,
    });
  }
  if (KEYLESS.has(operation) || (typed !== undefined && !readsCiphertext(operation))) {
    const message =
      typed === undefined
        ? `${excerpt(`kms:${operation}`)} is not called on a key`
        : `the key is named by \`key\` and by ${excerpt(parameter)}`;
    const expected = typed === undefined ? 'no `key:`' : 'one of the two';
    return refuse(loader, key.spot, { code: 'conflicting-elements', message, expected }, 'name');
  }
  const on = named(loader, estate, key, 'keys');
  return on === undefined ? undefined : { on };
}

function demandParameters(loader: Loader, { call, with: given }: ReadCall, operation: string): void {
  const api = `kms:${operation}`;
  const names = [...(given ?? [])].flatMap(([name, { node }]) => (node.kind === 'null' ? [] : [name]));
  // Of a parameter that is misspelt, that is all there is to say.
  if (names.some((name) => CALL_PARAMETERS.get(api)?.has(name) === false)) return;
  for (const either of NEEDED.get(operation) ?? []) {
    if (either.some((name) => names.includes(name))) continue;
    refuse(loader, call.spot, {
      code: 'missing-element',
      message: `${excerpt(api)} names no ${either.join(' and no ')}`,
      expected: either.map((name) => `\`with: { ${name}: … }\``).join(' or '),
    });
  }
}

/** The name of the replica that a call makes; its `key:` is the primary. */
export function replicaToMake(
  loader: Loader,
  estate: Estate,
  read: ReadCall,
  api: string,
): Pick<Call, 'makes'> {
  const { makes } = read;
  if (makes === undefined) return {};
  if (api === 'kms:ReplicateKey') {
    const made = keyToMake(loader, estate, read, makes);
    return made === undefined ? {} : { makes: made.on };
  }
  refuse(
    loader,
    makes.spot,
    {
      code: 'conflicting-elements',
      message: `${excerpt(api)} makes nothing that \`makes\` could name`,
      expected: '`makes:` in kms:ReplicateKey alone; kms:CreateKey names its key by `key:`',
    },
    'name',
  );
  return {};
}

function keyToMake(
  loader: Loader,
  estate: Estate,
  read: ReadCall,
  { value, spot }: Located<string>,
): { readonly on: string } | undefined {
  if (estate.keys.has(value) || loader.isMade('keys', value) || (read.times ?? 1) > 1) {
    return refuse(loader, spot, {
      code: 'repeated-value',
      message: `${excerpt(value)} would not be the name of one new key`,
      expected: 'a name that no other key of this file has, for one call',
    });
  }
  loader.makeThing('keys', value);
  return { on: value };
}
