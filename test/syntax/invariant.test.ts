import { describe, expect, it } from 'vitest';
import { invariant } from '../../src/syntax/invariant.js';

describe('an invariant', () => {
  it('says whose mistake it is when it does not hold, and nothing when it does', () => {
    expect(() => invariant(undefined, 'the sky is up')).toThrow('gainsay: invariant broken: the sky is up');
    expect(invariant('anything', 'the sky is up')).toBeUndefined();
  });
});
