// As much of Vitest as the tests of the deciding rooms use, without processes and reports.
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

export function expect(value, message) {
  return chai.expect(value, message);
}
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);

/** A fresh `describe` and `it`, and the tests that they are told of in files that hold a wanted test. */
export function collect(wanted) {
  const files = wanted && new Set([...wanted].map((id) => id.slice(0, id.indexOf(' > '))));
  const tests = [];
  const path = [];
  const seen = new Map();
  const it = (title, run) => {
    const name = [...path, title].join(' > ');
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const id = count === 1 ? name : `${name} #${count}`;
    tests.push({ id, name: id, run: async () => run() });
  };
  const describe = (title, body) => {
    path.push(title);
    body();
    path.pop();
  };
  const over = (call) => (table) => (title, body) => {
    table.forEach((row, at) => {
      const values = Array.isArray(row) ? row : [row];
      call(`${title} [${at}]`, () => body(...values));
    });
  };
  it.each = over(it);
  describe.each = over(describe);
  return {
    tests,
    api: { describe, it, test: it },
    begins: (file) => {
      path[0] = file;
      return files === undefined || files.has(file);
    },
  };
}
