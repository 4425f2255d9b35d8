import type { Decider } from '../evaluator/layer.js';
import type { EventSource } from '../services/delivery.js';
import type { Place } from '../syntax/source.js';
import type { Call } from '../world/call.js';
import type { MoveTaskStatus, World } from '../world/world.js';
import type { Change } from './definitions.js';
import type { Edit } from './edit.js';

/** One step of a scenario, checked and ready to run. */
export type Step = StepBase &
  (
    | { readonly verb: 'call'; readonly call: Call; readonly times: number; readonly expect: Expectation }
    | {
        readonly verb: 'deliver';
        readonly from: EventSource;
        readonly to: string;
        readonly expect: Expectation;
      }
    | {
        readonly verb: 'poll';
        readonly by: 'function' | 'pipe';
        readonly name: string;
        readonly expect: Expectation;
      }
    | {
        readonly verb: 'set' | 'remove';
        readonly changes: readonly Change[];
        readonly edits: readonly Edit[];
      }
    | { readonly verb: 'wait'; readonly milliseconds: number }
    | {
        readonly verb: 'check';
        readonly queue: string;
        readonly messages?: number;
        readonly encryptedWith?: string;
        readonly task?: MoveTaskStatus;
      }
  );

interface StepBase {
  /** From 1, over all steps. */
  readonly number: number;
  readonly title?: string;
  readonly at: Place;
}

/** What a step that acts expects. */
export interface Expectation {
  readonly of: 'allowed' | 'denied' | 'lost' | 'taskFails' | 'undetermined';
  /** For `denied` and `taskFails`. */
  readonly reason?: ExpectedReason;
  readonly lost?: readonly ExpectedReason[];
  readonly undetermined?: readonly string[];
  readonly calls?: readonly { readonly action: string; readonly key?: string }[];
}

/** Each part that is given must hold. */
export interface ExpectedReason {
  readonly queue?: string;
  readonly code?: string;
  readonly at?: string;
  readonly key?: string;
  readonly by?: Decider;
  readonly statement?: string;
  readonly explicit?: boolean;
  readonly message?: string;
  readonly because?: readonly string[];
  /** Of a delivery that did not arrive. */
  readonly becomes?: 'lost' | 'delayed' | 'stays' | 'dead-lettered';
}

export interface Scenario {
  readonly file: string;
  readonly title?: string;
  readonly world: World;
  readonly steps: readonly Step[];
}
