/** The modules of the engine that are there for speed, and what stands in for each of them. */
export const INSTEAD: Readonly<Record<string, string>> = {
  'src/conditions/remember.ts': 'test/drt/plain/remember.ts',
  'src/evaluator/action-view.ts': 'test/drt/plain/action-view.ts',
  'src/evaluator/bind.ts': 'test/drt/plain/bind.ts',
  'src/evaluator/compile.ts': 'test/drt/plain/compile.ts',
  'src/evaluator/matches-any.ts': 'test/drt/plain/matches-any.ts',
  'src/evaluator/verdict.ts': 'test/drt/plain/verdict.ts',
  'src/syntax/wildcard.ts': 'test/drt/plain/wildcard.ts',
};
