import { describe, expect, it } from 'vitest';
import * as managed from '../../src/catalogue/aws-managed-policies.js';
import * as globalKeys from '../../src/catalogue/condition-keys/global.js';
import * as kmsKeys from '../../src/catalogue/condition-keys/kms.js';
import * as serviceKeys from '../../src/catalogue/condition-keys/services.js';
import * as conditionKeys from '../../src/catalogue/condition-keys.js';
import * as eventSources from '../../src/catalogue/event-sources.js';
import * as keyPolicies from '../../src/catalogue/key-policies.js';
import * as keySpecs from '../../src/catalogue/key-specs.js';
import * as keyStates from '../../src/catalogue/key-states.js';
import * as kmsActions from '../../src/catalogue/kms-actions.js';
import * as kmsOperations from '../../src/catalogue/kms-operations.js';
import * as partitions from '../../src/catalogue/partitions.js';
import * as quotas from '../../src/catalogue/quotas.js';
import * as services from '../../src/catalogue/services.js';
import * as attributes from '../../src/catalogue/sqs-attributes.js';
import * as sqsOperations from '../../src/catalogue/sqs-operations.js';

const TABLES = Object.entries({
  ...managed,
  ...conditionKeys,
  ...globalKeys,
  ...kmsKeys,
  ...serviceKeys,
  ...eventSources,
  ...keyPolicies,
  ...keySpecs,
  ...keyStates,
  ...kmsActions,
  ...kmsOperations,
  ...partitions,
  ...quotas,
  ...services,
  ...attributes,
  ...sqsOperations,
}).filter(([, value]) => typeof value === 'object');

/** The first thing inside that someone could change, as a path. A map counts as its values: its type is read-only. */
function loosePart(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const lookup = value instanceof Map || value instanceof Set;
  if (!lookup && !Object.isFrozen(value)) return path;
  for (const [name, part] of value instanceof Map ? value : lookup ? [] : Object.entries(value)) {
    const found = loosePart(part, `${path}.${String(name)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

describe('the tables of the catalogue', () => {
  it.each(TABLES)('%s cannot be changed by a reader', (name, table) => {
    expect(loosePart(table, name)).toBeUndefined();
  });
});
