import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCall } from '../../src/replay/run-call.js';
import { asPrinted } from '../../src/services/aws-error.js';
import { PUBLIC_ENDPOINT } from '../../src/world/call.js';
import { worldOf } from '../field-cases/adapter.js';

const { cases } = JSON.parse(
  readFileSync(new URL('../field-cases/seed-examples.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly { readonly id: string; readonly world: unknown }[] };

describe('an error', () => {
  it('of a receive across accounts is printed word for word as the AWS command line prints it', () => {
    const world = worldOf(
      cases.find(({ id }) => id === 'seed4-cross-account-cmk')?.world as Parameters<typeof worldOf>[0],
    );
    const principal = world.estate.principals.get('hoge');
    if (principal === undefined) throw new Error('the case has no principal hoge');
    const { refusal } = runCall(world, {
      api: 'sqs:ReceiveMessage',
      caller: principal.caller,
      principal,
      path: PUBLIC_ENDPOINT,
      on: 'hoge-sse-customer',
      parameters: new Map(),
      context: [],
    });
    const printed = refusal === undefined ? 'no error' : asPrinted(refusal.error);
    expect(printed.replace(/Request ID: [0-9a-f-]{36}/, 'Request ID: REQUEST')).toBe(
      'An error occurred (KMS.AccessDeniedException) when calling the ReceiveMessage operation: ' +
        'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. ' +
        '(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: REQUEST; Proxy: null)',
    );
    expect(printed).toMatch(/Request ID: [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12};/);
  });
});
