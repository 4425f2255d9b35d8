import type { Estate } from '../world/world.js';
import type { Loader } from './loader.js';
import { type Located, referTo } from './spot.js';
import type { SectionName } from './world-format.js';

/** What one thing of a section is called. */
export const NOUNS = {
  principals: 'principal',
  keys: 'key',
  queues: 'queue',
  topics: 'topic',
  buckets: 'bucket',
  rules: 'rule',
  functions: 'function',
  sources: 'source',
  endpoints: 'endpoint',
} as const satisfies Readonly<Record<SectionName, string>>;

/** The name of a thing of a section, or of one that a call has made; `undefined` after a complaint, or when its definition has been refused. */
export function named(
  loader: Loader,
  estate: Estate,
  reference: Located<string> | undefined,
  section: SectionName,
): string | undefined {
  if (reference === undefined || loader.hasRefused(section, reference.value)) return undefined;
  if (loader.isMade(section, reference.value)) return reference.value;
  return referTo(loader, reference, estate[section], NOUNS[section]);
}
