import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What somebody gets who installs the package: no source, no development dependencies. */
describe('the packed tarball works in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-package-'));
  const gainsay = (...args: readonly string[]) =>
    spawnSync('npx', ['--no-install', 'gainsay', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });

  beforeAll(() => {
    execFileSync('npx', ['tsup', '--silent'], { cwd: ROOT, stdio: 'ignore' });
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      stdio: 'ignore',
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball)], {
      cwd: folder,
      stdio: 'ignore',
    });
  }, 180_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints its version', () => {
    expect(gainsay('--version').stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('writes a first scenario whose second step fails and says why', () => {
    expect(gainsay('init').status).toBe(0);
    const run = gainsay('test');
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('kms:Decrypt');
    expect(run.stdout).toContain('1 passed, 1 failed');
  });

  it('is a library that decides a request', () => {
    const script = `
      import { decide } from 'gainsay';
      const answer = decide({
        request: { principal: 'arn:aws:iam::111122223333:user/alice', action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:111122223333:orders' },
        identity: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } }],
      });
      console.log(answer.decision, answer.decidedBy);
    `;
    writeFileSync(join(folder, 'use.mjs'), script);
    const run = spawnSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(run.stdout.trim()).toBe('allowed identity-policy');
  });

  it('carries the schema that scenario files point their editors at', () => {
    expect(readdirSync(join(folder, 'node_modules/gainsay/schema'))).toContain('scenario-1.json');
  });
});
