// Prints what `npm run mutation` found, file by file, as the tables of docs/fidelity.md: shares are rounded down.
import { readFileSync } from 'node:fs';

const { files, testFiles } = JSON.parse(readFileSync(process.argv[2] ?? '.stryker/report.json', 'utf8'));
const tests = new Map(
  Object.values(testFiles).flatMap((file) => file.tests.map(({ id, name }) => [id, name])),
);

/** As it stands in the table: on one line, and short. */
const shown = (text) => {
  const line = text.replace(/\s+/g, ' ').trim();
  return `\`${(line.length > 60 ? `${line.slice(0, 59)}…` : line).replaceAll('|', '\\|')}\``;
};

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

const TELLING = [
  'EqualityOperator',
  'LogicalOperator',
  'ArithmeticOperator',
  'BooleanLiteral',
  'ConditionalExpression',
  'MethodExpression',
  'StringLiteral',
];
const fileOf = (test) => test.slice(0, test.indexOf(' > ')).replace('test/', '');

const rows = [];
for (const [file, { source, mutants }] of Object.entries(files)) {
  const judged = mutants.filter(({ status }) => status !== 'Ignored' && !status.endsWith('Error'));
  if (judged.length === 0) continue;
  const caught = judged.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  // The bug of the file: a comparison or a choice that goes the other way says more than a function that is empty.
  const rank = ({ mutatorName }) => TELLING.indexOf(mutatorName) + 1 || TELLING.length + 1;
  const [bug] = caught.filter(({ killedBy }) => killedBy?.length > 0).sort((a, b) => rank(a) - rank(b));
  rows.push({ file, source, caught: caught.length, of: judged.length, bug });
}
rows.sort((a, b) => (a.file < b.file ? -1 : 1));
const share = (caught, of) => Math.floor((caught * 100) / of);

console.log('| file | caught | of | percent | one of them | caught by |\n|---|---|---|---|---|---|');
for (const { file, source, caught, of, bug } of rows) {
  const told =
    bug === undefined
      ? '| |'
      : `line ${bug.location.start.line}: ${shown(textAt(source, bug.location))} → ${shown(bug.replacement)} | ${fileOf(tests.get(bug.killedBy[0]) ?? '')} |`;
  console.log(`| ${file.replace('src/', '')} | ${caught} | ${of} | ${share(caught, of)} | ${told}`);
}
for (const room of ['src/conditions/', 'src/evaluator/']) {
  const inside = rows.filter(({ file }) => file.startsWith(room));
  const sum = (of) => inside.reduce((total, row) => total + row[of], 0);
  if (inside.length > 0)
    console.log(`${room}: ${sum('caught')} of ${sum('of')}, ${share(sum('caught'), sum('of'))} %`);
}
