import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { temporaryFolder } from '../temporary-folder.js';

const HEAD = 'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\n';
const READS_A_POLICY = `${HEAD}principals:\n  worker: { policies: [policy.json] }\n`;
const DEEP = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
const UTF8_ONLY = ['  expected: UTF-8 text', '  hint: save the file as UTF-8'];
const TOO_DEEP = 'error: the document is nested more than 64 levels deep';
const SHALLOW = '  expected: lists and mappings less deep inside one another';

/** Bytes without a pattern that are the same in every run. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  });
}

/** Each anchor repeats the one before nine times. */
function aliasBomb(): string {
  const letters = [...'abcdefghijk'];
  const lines = letters.map((letter, index) => {
    const items = Array.from({ length: 9 }, () => (index === 0 ? 'x' : `*${letters[index - 1]}`));
    return `${letter}: &${letter} [${items.join(', ')}]`;
  });
  return `gainsay: 1\n${lines.join('\n')}\n`;
}

const FIRST = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(text.length * 2 + 2));
  [0xfeff, ...[...text].map((character) => character.charCodeAt(0))].forEach((unit, index) => {
    bytes.setUint16(index * 2, unit, littleEndian);
  });
  return new Uint8Array(bytes.buffer);
}

const HOSTILE: readonly (readonly [
  what: string,
  file: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  says: readonly string[],
])[] = [
  ['JSON nested 10,000 deep', 'x.json', { 'x.json': DEEP }, [`x.json:1:65: ${TOO_DEEP}`, SHALLOW]],
  [
    'YAML nested 10,000 deep',
    'x.yaml',
    { 'x.yaml': `gainsay: 1\nqueues: ${DEEP}\n` },
    [`x.yaml:2:73: ${TOO_DEEP}`, SHALLOW],
  ],
  [
    'a policy nested 10,000 deep',
    'x.yaml',
    { 'x.yaml': READS_A_POLICY, 'policy.json': DEEP },
    [`policy.json:1:65: ${TOO_DEEP}`, SHALLOW],
  ],
  [
    'YAML indented 300 levels deep',
    'x.yaml',
    {
      'x.yaml': `gainsay: 1\n${Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n`,
    },
    [`x.yaml:66:65: ${TOO_DEEP}`, SHALLOW],
  ],
  [
    'a policy of 5 MB',
    'x.yaml',
    { 'x.yaml': READS_A_POLICY, 'policy.json': `[${' '.repeat(5 * 1024 * 1024)}]` },
    [
      'x.yaml:5:24: error: the file `policy.json` is larger than 2 MiB',
      '  expected: a smaller file',
      '  hint: AWS takes no policy of such a size; a long story is several scenarios',
    ],
  ],
  [
    'a policy of 1 MB',
    'x.yaml',
    { 'x.yaml': READS_A_POLICY, 'policy.json': `[${' '.repeat(1024 * 1024)}]` },
    [
      'policy.json:1:1: error: the policy holds 1048578 characters',
      '  expected: at most 524288; AWS itself takes far fewer',
    ],
  ],
  [
    'a scenario of 5 MB',
    'x.yaml',
    { 'x.yaml': `${HEAD}#${' '.repeat(5 * 1024 * 1024)}` },
    [
      'x.yaml:1:1: error: the file `x.yaml` is larger than 2 MiB',
      '  expected: a smaller file',
      '  hint: AWS takes no policy of such a size; a long story is several scenarios',
    ],
  ],
  [
    'a bomb of aliases',
    'x.yaml',
    { 'x.yaml': aliasBomb() },
    [
      'x.yaml:6:8: error: the aliases of the document repeat more than 10000 values',
      '  hint: write the values out',
    ],
  ],
  [
    'UTF-16, little-endian',
    'x.yaml',
    { 'x.yaml': utf16(HEAD, true) },
    ['x.yaml:1:1: error: the file looks like UTF-16 (little-endian)', ...UTF8_ONLY],
  ],
  [
    'UTF-16, big-endian',
    'x.yaml',
    { 'x.yaml': utf16(HEAD, false) },
    ['x.yaml:1:1: error: the file looks like UTF-16 (big-endian)', ...UTF8_ONLY],
  ],
  [
    'Latin-1',
    'x.yaml',
    { 'x.yaml': Uint8Array.from([...FIRST(`${HEAD}title: caf`), 0xe9, 0x0a]) },
    [
      'x.yaml:4:11: error: the file is not UTF-8 text: byte 0xE9 at offset 63 does not belong there',
      ...UTF8_ONLY,
    ],
  ],
  [
    'a NUL character',
    'x.yaml',
    { 'x.yaml': `${HEAD}title: a\0b\n` },
    ['x.yaml:4:9: error: the text holds a NUL character, which no text file has', ...UTF8_ONLY],
  ],
  [
    'an empty policy',
    'x.yaml',
    { 'x.yaml': READS_A_POLICY, 'policy.json': '' },
    ['policy.json:1:1: error: the document is empty', '  expected: a policy with Version and Statement'],
  ],
];

describe('a hostile file', () => {
  it.each(HOSTILE)('%s is refused at once', async (_, file, files, says) => {
    const started = performance.now();
    const { code, err } = await gainsay(['test', file], { cwd: temporaryFolder(files) });
    expect(err.split('\n')).toEqual([...says, '']);
    expect(code).toBe(2);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it.each(['x.yaml', 'x.json'])('random bytes named %s are refused', async (file) => {
    const { code, err } = await gainsay(['test', file], { cwd: temporaryFolder({ [file]: noise(4096) }) });
    expect(code).toBe(2);
    expect(err).toMatch(
      /^x\.\w+:\d+:\d+: error: the file .*\n {2}expected: UTF-8 text\n {2}hint: save the file as UTF-8\n$/,
    );
  });

  it('with very many mistakes is refused in a screenful and in little time', async () => {
    const steps = Array.from(
      { length: 10_000 },
      (_, i) => `  - { as: p${i}, call: sqs:SendMessage, queue: q${i} }`,
    );
    const queues = Array.from({ length: 10_000 }, (_, i) => `  queue-${i}: {}`);
    const text = `${HEAD}queues:\n${queues.join('\n')}\nsteps:\n${steps.join('\n')}\n`;
    const started = performance.now();
    const { code, err } = await gainsay(['test', 'x.yaml'], { cwd: temporaryFolder({ 'x.yaml': text }) });
    expect(code).toBe(2);
    expect(err.length).toBeLessThan(20_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('with endless names is refused with the names cut', async () => {
    const text = `${HEAD}steps:\n  - { as: ${'x'.repeat(100_000)}, call: sqs:SendMessage, queue: ${'y'.repeat(100_000)} }\n`;
    const { code, err } = await gainsay(['test', 'x.yaml'], { cwd: temporaryFolder({ 'x.yaml': text }) });
    expect(code).toBe(2);
    expect(err.length).toBeLessThan(1000);
  });
});
