import { type ActionView, viewAction as viewWithShortCuts } from '../../../src/evaluator/action-view.js';
import type { BoundPolicies } from '../../../src/evaluator/bind.js';

export * from '../../../src/evaluator/action-view.js';

/** Every layer is asked: none is known beforehand to deny nothing, or to let everything pass. */
export function viewAction(policies: BoundPolicies, action: string): ActionView {
  return { ...viewWithShortCuts(policies, action), mayDeny: -1, alwaysAllow: 0 };
}
