// The differential campaign: `node scripts/campaign.mjs [cases] [seed]` puts random requests to the engine and to the
// reference model of test/model and prints where they disagree. 10,000,000 cases with a fresh seed unless said otherwise.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const EXAMPLES = new URL('../test/conformance/kms-examples.json', import.meta.url);
/** The facts are forgotten in turn over so many cases of each process. */
const CASES_FOR_FACTS = 50_000;

if (process.send === undefined) await main();
else process.once('message', work);

/** One process's part of the cases. */
async function work({ seed, from, to }) {
  const { FACT_NAMES, mergeFindings, readExamples, runCampaign } =
    await importBundled('test/drt/campaign.ts');
  const examples = readExamples(EXAMPLES);
  const middle = Math.min(to, from + CASES_FOR_FACTS);
  const first = runCampaign({ seed, from, to: middle, examples, facts: FACT_NAMES });
  const rest = runCampaign({ seed, from: middle, to, examples, facts: [] });
  process.send({ ...mergeFindings([first, rest]), unnoticed: first.unnoticed });
}

async function main() {
  const cases = Number(process.argv[2] ?? 10_000_000);
  const seed = process.argv[3] ?? randomBytes(8).toString('hex');
  if (!Number.isSafeInteger(cases) || cases < 1) {
    console.error('usage: node scripts/campaign.mjs [cases] [seed]');
    process.exitCode = 2;
    return;
  }
  const { FACT_NAMES, mergeFindings } = await importBundled('test/drt/campaign.ts');
  const workers = Math.min(availableParallelism(), cases);
  const started = performance.now();
  const cut = (part) => Math.floor((cases * part) / workers);
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, part) => findings({ seed, from: cut(part), to: cut(part + 1) })),
  );
  const seconds = (performance.now() - started) / 1000;
  print({ ...mergeFindings(parts), seed, seconds, workers, facts: FACT_NAMES.length });
}

function findings(plan) {
  return new Promise((resolve, reject) => {
    const part = fork(fileURLToPath(import.meta.url));
    part.once('message', resolve);
    part.once('exit', (code) => reject(new Error(`a part of the campaign ended with exit code ${code}`)));
    part.send(plan);
  });
}

function print({ cases, seed, seconds, workers, invalid, decisions, disagreements, unnoticed, facts }) {
  const disagreeing = disagreements.reduce((total, each) => total + each.cases, 0);
  console.log(`date: ${new Date().toISOString().slice(0, 10)}`);
  console.log(`seed: ${seed}`);
  console.log(
    `cases: ${cases} in ${seconds.toFixed(0)} s on ${workers} processes, node ${process.versions.node}`,
  );
  console.log(`refused as invalid and not compared: ${invalid}`);
  for (const name of ['allowed', 'explicitDeny', 'implicitDeny']) {
    const count = decisions[name] ?? 0;
    console.log(`${name}: ${count} (${(Math.floor((count / (cases - invalid)) * 1000) / 10).toFixed(1)} %)`);
  }
  console.log(`facts of the model that some case needs: ${facts - unnoticed.length} of ${facts}`);
  if (unnoticed.length > 0) console.log(`not needed by any case: ${unnoticed.join(', ')}`);
  console.log(`disagreements: ${disagreeing}`);
  for (const { engine, model, line, number, cases: count } of disagreements) {
    console.log(`\n${count} cases such as ${number}: engine ${engine}, model ${model}`);
    console.log(JSON.stringify(line));
  }
  process.exitCode = disagreeing === 0 ? 0 : 1;
}
