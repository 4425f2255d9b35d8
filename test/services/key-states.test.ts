import { describe, expect, it } from 'vitest';
import { keyOffers } from '../../src/catalogue/key-specs.js';
import { KEY_STATES, type KeyState } from '../../src/catalogue/key-states.js';
import { checkKey } from '../../src/services/kms-use.js';
import type { Key } from '../../src/world/world.js';
import { DELEGATES, KEY_ID, key, policy, SHOP } from '../explain/small-world.js';
import { FOOTNOTES, PAGE, PAGE_STATES } from './key-state-page.js';

const ORIGINS = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
const isStore = (origin: string): boolean => origin.endsWith('STORE') || origin === 'AWS_CLOUDHSM';

/** A key on which the operation is possible, as far as its usage goes. */
function keyFor(operation: string, state: KeyState, origin: string): Key {
  const kinds = [
    ['ENCRYPT_DECRYPT', 'SYMMETRIC_DEFAULT'],
    ['SIGN_VERIFY', 'RSA_2048'],
    ['GENERATE_VERIFY_MAC', 'HMAC_256'],
    ['KEY_AGREEMENT', 'ECC_NIST_P256'],
  ] as const;
  const [usage, spec] = kinds.find(([each, of]) => keyOffers(operation, each, of)) ?? kinds[0];
  return key('orders-key', policy('key', 'key', DELEGATES), { state, origin, usage, spec });
}

/** The footnote by which the page refuses the operation to a key of that origin; `undefined` if it does not. */
function footnoteOf(cell: string, origin: string): number | undefined {
  const footnotes = [...cell.matchAll(/\[(\d+)\]/g)].map(([, number]) => Number(number));
  const applies = (footnote: number): boolean =>
    (footnote === 7 && isStore(origin)) ||
    (footnote === 8 && origin === 'EXTERNAL') ||
    (footnote === 9 && origin !== 'EXTERNAL');
  const special = footnotes.find(applies);
  if (special !== undefined || !cell.startsWith('X')) return special;
  // Footnote 13 is a remark. Of [2] and [3] the later is what people see.
  const plain = footnotes.filter((footnote) => ![7, 8, 9, 13].includes(footnote));
  return plain.at(-1) ?? footnotes.at(-1);
}

const CELLS = PAGE.flatMap(([operations, ...cells]) =>
  operations
    .split(', ')
    .flatMap((operation) =>
      PAGE_STATES.map((state, index) => ({ operation, state, cell: cells[index] ?? 'no cell' })),
    ),
);

describe('the states of a key', () => {
  it('are all on the page, PendingReplicaDeletion in the column of PendingDeletion', () => {
    expect([...PAGE_STATES, 'PendingReplicaDeletion'].sort()).toEqual([...KEY_STATES].sort());
    expect(CELLS.filter(({ cell }) => !/^(OK|X|\?|-)/.test(cell))).toEqual([]);
    expect(new Set(CELLS.map(({ operation }) => operation)).size).toBe(43);
  });

  it.each(CELLS)('$operation on a key that is $state: $cell', ({ operation, state, cell }) => {
    const states: readonly KeyState[] =
      state === 'PendingDeletion' ? ['PendingDeletion', 'PendingReplicaDeletion'] : [state];
    for (const each of states) {
      for (const origin of ORIGINS) {
        const [refused] = checkKey(keyFor(operation, each, origin), `kms:${operation}`, {
          other: (code, message) => ({ code, message, http: 400, service: 'kms', operation }),
        });
        const footnote = footnoteOf(cell, origin);
        const where = `${each}, origin ${origin}`;
        expect(refused?.holds, where).toBe(footnote === undefined);
        if (footnote === undefined) continue;
        const [code = 'no such footnote', text = ''] = FOOTNOTES[footnote] ?? [];
        const error = refused?.refusedWith(1);
        expect(error?.code, where).toBe(code);
        const arn = `arn:aws:kms:us-east-1:${SHOP}:key/${KEY_ID}`;
        if (text === '') expect(error?.message, where).toMatch(new RegExp(`^${arn} \\S`));
        else expect(error?.message, where).toBe(`${arn} ${text}`);
      }
    }
  });
});
