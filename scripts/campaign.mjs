// The differential campaign: `node scripts/campaign.mjs [cases] [seed]` puts random requests to the engine and to the
// reference model of test/model and prints where they disagree. 10,000,000 cases with a fresh seed unless said otherwise.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const ROOT = new URL('../', import.meta.url);
/** Over so many cases the facts of the model are switched off in turn, and each should change so many decisions. */
const CASES_FOR_FACTS = 100_000;
const CASES_FOR_EACH_FACT = 100;

if (process.send === undefined) await main();
else process.once('message', work);

/** One process's part of the cases. */
async function work({ seed, from, middle, to }) {
  const { FACT_NAMES, mergeFindings, readCorpus, runCampaign } = await importBundled('test/drt/campaign.ts');
  const plan = { seed, corpus: readCorpus(ROOT), enough: Number.POSITIVE_INFINITY };
  const first = runCampaign({ ...plan, from, to: middle, facts: FACT_NAMES });
  const rest = runCampaign({ ...plan, from: middle, to, facts: [] });
  process.send(mergeFindings([first, rest]));
}

async function main() {
  const cases = Number(process.argv[2] ?? 10_000_000);
  const seed = process.argv[3] ?? randomBytes(8).toString('hex');
  if (!Number.isSafeInteger(cases) || cases < 1) {
    console.error('usage: node scripts/campaign.mjs [cases] [seed]');
    process.exitCode = 2;
    return;
  }
  const { mergeFindings } = await importBundled('test/drt/campaign.ts');
  const workers = Math.min(availableParallelism(), cases);
  const started = performance.now();
  const cut = (part) => Math.floor((cases * part) / workers);
  const sample = Math.min(cases, CASES_FOR_FACTS);
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, part) => {
      const [from, to] = [cut(part), cut(part + 1)];
      return findings({ seed, from, middle: from + Math.floor(sample / workers), to });
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  print({ ...mergeFindings(parts), seed, seconds, workers, sample });
}

function findings(plan) {
  return new Promise((resolve, reject) => {
    const part = fork(fileURLToPath(import.meta.url));
    part.once('message', resolve);
    part.once('exit', (code) => reject(new Error(`a part of the campaign ended with exit code ${code}`)));
    part.send(plan);
  });
}

function print({ cases, seed, seconds, workers, invalid, decisions, disagreements, noticed, sample }) {
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
  printFacts(noticed, sample);
  console.log(`disagreements: ${disagreeing}`);
  for (const { engine, model, line, number, cases: count } of disagreements) {
    console.log(`\n${count} cases such as ${number}: engine ${engine}, model ${model}`);
    console.log(JSON.stringify(line));
  }
  process.exitCode = disagreeing === 0 ? 0 : 1;
}

function printFacts(noticed, sample) {
  const counts = Object.entries(noticed).sort(([, a], [, b]) => a - b);
  const enough = (CASES_FOR_EACH_FACT * sample) / CASES_FOR_FACTS;
  const few = counts.filter(([, count]) => count < enough);
  const [rarest = []] = counts;
  console.log(
    `facts of the model that ${CASES_FOR_EACH_FACT} or more of ${CASES_FOR_FACTS} cases turn on: ${counts.length - few.length} of ${counts.length}, measured on ${sample}`,
  );
  console.log(`the rarest: ${rarest.join(' ')}`);
  if (few.length > 0) console.log(`fewer: ${few.map((each) => each.join(' ')).join(', ')}`);
}
