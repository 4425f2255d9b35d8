import fc from 'fast-check';
import { readCaller } from '../evaluator/caller.js';
import type { Caller, CallerKind } from '../evaluator/request.js';
import { invariant } from '../syntax/invariant.js';
import { principalArn, serviceHost } from './names.js';
import type { FuzzOptions } from './vocabulary.js';

export interface CallerOptions extends FuzzOptions {
  /** Left out: anybody, services and anonymous callers too. */
  readonly kinds?: readonly CallerKind[];
}

const KINDS: readonly CallerKind[] = [
  'user',
  'session',
  'session',
  'service',
  'root',
  'federatedUser',
  'anonymous',
];

/** Who calls, as a `decide` line names it: an ARN, the host name of a service, or `anonymous`. */
export function callerText(options: CallerOptions = {}): fc.Arbitrary<string> {
  const kinds = options.kinds === undefined || options.kinds.length === 0 ? KINDS : options.kinds;
  return fc.oneof(...kinds.map((kind) => textOfKind(kind, options)));
}

function textOfKind(kind: CallerKind, options: FuzzOptions): fc.Arbitrary<string> {
  switch (kind) {
    case 'user':
    case 'session':
    case 'federatedUser':
    case 'root':
      return principalArn([kind], options);
    case 'service':
      return serviceHost();
    case 'anonymous':
      return fc.constant('anonymous');
  }
}

/** Who calls, ready for a request. */
export function caller(options: CallerOptions = {}): fc.Arbitrary<Caller> {
  return callerText(options).map((text) => {
    const found = readCaller(text);
    invariant(found !== undefined, `${text} is a caller`);
    return found;
  });
}
