import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const FILES = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `test/${name}`);

/** Runs of fast-check in one file, and whether each says its seed. */
function runsIn(path: string): readonly (readonly [string, boolean])[] {
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: (readonly [string, boolean])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^fc\.(?:assert|check|sample)$/.test(node.expression.getText(tree))) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      const last = node.arguments.at(-1);
      const seeded =
        last !== undefined &&
        ts.isObjectLiteralExpression(last) &&
        last.properties.some((property) => property.name?.getText(tree) === 'seed');
      found.push([`${path}:${line + 1}`, seeded]);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

// A run with a seed of its own each time could fail a change that has nothing to do with it, and pass when it is repeated.
it('every property says its seed', () => {
  const runs = FILES.flatMap(runsIn);
  expect(runs.length).toBeGreaterThan(30);
  expect(runs.flatMap(([where, seeded]) => (seeded ? [] : [where]))).toEqual([]);
});
