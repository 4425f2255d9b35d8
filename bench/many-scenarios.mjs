// Replays many scenario files in one process and prints its time and memory: `node bench/many-scenarios.mjs [files]`,
// 10,000 copies of the scenario of `gainsay init` unless said otherwise. Needs `npm run build`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const files = Number(process.argv[2] ?? 10_000);
const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
/** Loaded into the process that replays: what it took in all, said when it ends. */
const MEASURE = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('\\n' + JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, mebibytes: maxRSS / 1024 }));
})`;

const folder = mkdtempSync(join(tmpdir(), 'gainsay-many-'));
try {
  gainsay('init');
  const scenarios = join(folder, 'scenarios');
  const [first] = readdirSync(scenarios).filter((name) => name.endsWith('.scenario.yaml'));
  const text = readFileSync(join(scenarios, first), 'utf8');
  for (let at = 1; at < files; at += 1)
    writeFileSync(join(scenarios, `copy-${String(at).padStart(5, '0')}.scenario.yaml`), text);
  const { wall, said } = gainsay('test');
  const { seconds, mebibytes } = JSON.parse(said.slice(said.lastIndexOf('\n')));
  console.log(
    `${files} scenario files: ${seconds.toFixed(1)} s of processor time, ${wall.toFixed(1)} s, ${mebibytes.toFixed(0)} MiB at most`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

function gainsay(command) {
  const started = performance.now();
  const hook = `data:text/javascript,${encodeURIComponent(MEASURE)}`;
  const ended = spawnSync(process.execPath, ['--import', hook, cli, command], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return { wall: (performance.now() - started) / 1000, said: ended.stderr };
}
