import { accountId, accountRef, region } from './parts-format.js';
import { choice, integer, object, raw, record, text } from './shape.js';
import { STEPS, VERBS } from './step-format.js';
import { DEFINITIONS, organizationSchema, SECTION_NAMES, SECTIONS } from './world-format.js';

/** The format of scenario files, version 1: what is read here is what schema/scenario-1.json says. */

export const settings = object(
  {
    'data-keys': choice(['cached', 'cold'], 'cold: no data key is ever served from the cache'),
    propagation: choice(
      ['at-once', 'delayed'],
      'delayed: what calls configure is in force only after the time that it may take to spread',
    ),
    'kms-requests-per-second': integer(
      1,
      1_000_000,
      'how many KMS requests an account may make in a Region in one second; as many as it likes unless said',
    ),
  },
  'settings',
);

export const HEADER = {
  gainsay: text('the version of the format: 1'),
  title: text('what the scenario shows'),
  region,
  account: accountRef,
  partition: choice(['aws', 'aws-cn', 'aws-us-gov'], 'the partition; aws unless said'),
  starts: text('the virtual clock at the first step, ISO 8601; 2026-01-01T00:00:00Z unless said'),
  settings,
  extends: text('a file that holds everything but the steps'),
  accounts: record(accountId, 'accounts by name'),
  organization: raw('the organization', { $ref: '#/$defs/organization' }),
  organizations: raw('several organizations', { type: 'array', items: { $ref: '#/$defs/organization' } }),
} as const;

/** The JSON Schema of scenario files, as editors use it. */
export function scenarioSchema(): unknown {
  const sections = Object.fromEntries(
    SECTION_NAMES.map((section) => [
      section,
      { type: 'object', additionalProperties: SECTIONS[section].schema },
    ]),
  );
  const header = Object.fromEntries(Object.entries(HEADER).map(([field, shape]) => [field, shape.schema]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://gainsay.dev/schema/scenario-1.json',
    title: 'gainsay scenario, format 1',
    type: 'object',
    additionalProperties: false,
    required: ['gainsay'],
    properties: {
      ...header,
      gainsay: { enum: [1, '1'], description: 'the version of the format' },
      ...sections,
      steps: {
        type: 'array',
        description: 'what happens, in order',
        items: { anyOf: VERBS.map((verb) => STEPS[verb].schema) },
      },
    },
    $defs: { ...DEFINITIONS, organization: organizationSchema },
  };
}
