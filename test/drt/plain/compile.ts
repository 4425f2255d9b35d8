import { CompiledStatement } from '../../../src/evaluator/compile.js';
import type { Policy } from '../../../src/policy/policy.js';

export * from '../../../src/evaluator/compile.js';

/** Every policy anew, and every condition of every statement on its own. */
export function compilePolicy(policy: Policy): readonly CompiledStatement[] {
  const effective = policy.statements.filter(({ inert }) => !inert);
  return effective.map((statement) => new CompiledStatement(policy, statement, new Map()));
}

export { compilePolicy as compileOnce };
