import { describe, expect, it } from 'vitest';
import { madeUpKeyId } from '../../src/world/made-up-id.js';

describe('a made-up key id', () => {
  it('has the shape of AWS’s, is always the same for a name, and another for another', () => {
    const names = Array.from({ length: 2000 }, (_, index) => `aws/key-${index}`);
    const ids = names.map(madeUpKeyId);
    expect(new Set(ids).size).toBe(names.length);
    expect(ids).toEqual(names.map(madeUpKeyId));
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
