import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './source-files.js';

const GZIP_BUDGET = 140 * 1024;

const LINE = JSON.stringify({
  request: {
    principal: 'arn:aws:iam::111122223333:user/alice',
    action: 'sqs:SendMessage',
    resource: 'arn:aws:sqs:us-east-1:111122223333:orders',
  },
  identity: [
    {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sqs:Send*', Resource: 'arn:aws:sqs:*:*:orders' },
    },
  ],
});

describe('the core, bundled for a browser', () => {
  let code = '';
  let inputs: readonly string[] = [];

  beforeAll(async () => {
    const result = await build({
      entryPoints: [join(ROOT, 'src/index.ts')],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      format: 'iife',
      globalName: 'gainsay',
      platform: 'browser',
      target: 'es2023',
      logLevel: 'silent',
    });
    code = result.outputFiles[0]?.text ?? '';
    inputs = Object.keys(result.metafile.inputs);
  });

  it('needs no module of Node', () => {
    expect(code).not.toBe('');
    expect(inputs.filter((input) => input.startsWith('node:') || input.startsWith('(disabled)'))).toEqual([]);
  });
  it('stays within its size when compressed', () => {
    const size = gzipSync(code).length;
    console.log(`the core is ${(size / 1024).toFixed(1)} KB compressed`);
    expect(size).toBeLessThanOrEqual(GZIP_BUDGET);
  });
  it('decides where there is nothing but the language itself', () => {
    const context = createContext({ line: LINE });
    const ambient = runInContext('[typeof process, typeof require, typeof fetch].join()', context);
    expect(ambient).toBe('undefined,undefined,undefined');
    runInContext(code, context);
    const decision: unknown = runInContext(
      "gainsay.decideText({ name: 'request', text: line }).decision",
      context,
    );
    expect(decision).toBe('allowed');
  });
});
