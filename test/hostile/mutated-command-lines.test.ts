import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { type Random, randomFor } from '../drt/random.js';
import { temporaryFolder } from '../temporary-folder.js';
import { mutate, mutateBytes } from './mutate.js';
import { COMMAND_LINES, JSON_SCENARIOS, LINES, POLICIES, SCENARIOS } from './sound-texts.js';

const SEED = 'mutated command lines';

/** In milliseconds; far more than any of these takes. */
const SLOWEST = 1000;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly took: number;
}

async function run(
  argv: readonly string[],
  cwd: string,
  input: readonly (string | Uint8Array)[],
): Promise<Ended> {
  const said = { out: '', err: '' };
  const started = performance.now();
  const code = await main(argv, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    env: {},
    cwd,
    isTerminal: false,
    now: () => 0,
    input: (async function* () {
      yield* input;
    })(),
  });
  return { code, ...said, took: performance.now() - started };
}

const CODES: ReadonlySet<number> = new Set([EXIT.yes, EXIT.no, EXIT.unusable, EXIT.undetermined]);
const STACK = /\n\s+at (?:async )?[\w.<>]* ?\(?(?:file:|node:|\/).{0,300}:\d+:\d+\)?/;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function faultsOf({ code, out, err, took }: Ended): readonly string[] {
  const said = `${out}${err}`;
  return [
    ...(CODES.has(code) ? [] : [`exit ${code}`]),
    ...(STACK.test(said) ? ['a stack trace'] : []),
    ...(HIDDEN.test(said.replaceAll('\n', '')) ? ['a hidden character'] : []),
    ...(code === EXIT.unusable && said === '' ? ['no word of what is wrong'] : []),
    ...(took < SLOWEST ? [] : [`took ${took} ms`]),
  ];
}

async function campaign(
  count: number,
  name: string,
  one: (
    random: Random,
    number: number,
  ) => { readonly argv: readonly string[]; readonly input?: readonly (string | Uint8Array)[] },
  cwd: string,
): Promise<{ readonly broken: readonly string[]; readonly codes: ReadonlySet<number> }> {
  const broken: string[] = [];
  const codes = new Set<number>();
  for (let number = 0; number < count && broken.length < 3; number += 1) {
    const { argv, input = [] } = one(randomFor(`${SEED} ${name}`, number), number);
    let ended = await run(argv, cwd, input);
    // A run that the machine held up is given another chance; a slow one is slow again.
    for (let again = 0; again < 3 && ended.took >= SLOWEST; again += 1) ended = await run(argv, cwd, input);
    codes.add(ended.code);
    for (const fault of faultsOf(ended)) {
      broken.push(
        `${number}: ${fault}: ${JSON.stringify({ argv, said: ended.err.slice(0, 500), input: input.map((piece) => (typeof piece === 'string' ? piece : new TextDecoder().decode(piece))) })}`,
      );
    }
  }
  return { broken, codes };
}

/** A word of a command line that stays in its folder and writes nothing. */
function spoiltWords(words: readonly string[], random: Random): readonly string[] {
  const at = random.below(words.length);
  const spoilt = words.map((word, index) => (index === at ? mutate(word, random).slice(0, 200) : word));
  const kind = random.below(6);
  const swapped = kind === 0 ? spoilt.toReversed() : kind === 1 ? [...spoilt, ...spoilt] : spoilt;
  const cut = kind === 2 ? swapped.slice(0, random.below(swapped.length + 1)) : swapped;
  return cut.filter((word) => word !== 'init' && !word.startsWith('/') && !word.includes('..'));
}

describe('the command line ends in an orderly way, with no bug and no stack trace', () => {
  it('when 2,000 command lines are spoilt', async () => {
    const cwd = temporaryFolder({ 'x.yaml': SCENARIOS[0], 'policy.json': POLICIES[0] });
    const { broken, codes } = await campaign(
      2000,
      'words',
      (random) => ({ argv: spoiltWords(random.pick(COMMAND_LINES), random), input: [LINES[0]] }),
      cwd,
    );
    expect(broken).toEqual([]);
    expect([...codes].toSorted()).toEqual([0, 1, 2, 3]);
  });

  it('when 1,500 streams of lines to decide are spoilt', async () => {
    const { broken, codes } = await campaign(
      1500,
      'streams',
      (random) => {
        const bytes = mutateBytes(`${LINES[0]}\n${LINES[1]}\n`, random);
        const at = random.below(bytes.length + 1);
        return { argv: ['decide', '--strict'], input: [bytes.subarray(0, at), bytes.subarray(at)] };
      },
      '.',
    );
    expect(broken).toEqual([]);
    expect(codes.has(EXIT.unusable)).toBe(true);
    expect(codes.has(EXIT.undetermined)).toBe(true);
  });

  it('when 500 files on disk are spoilt', async () => {
    const cwd = temporaryFolder({ 'policy.json': POLICIES[0] });
    const { broken, codes } = await campaign(
      500,
      'files',
      (random) => {
        const file = random.pick(['x.yaml', 'x.yaml', 'x.json', 'policy.json'] as const);
        writeFileSync(join(cwd, 'x.yaml'), random.pick(SCENARIOS));
        writeFileSync(join(cwd, 'policy.json'), POLICIES[0]);
        const sound =
          file === 'x.json' ? JSON_SCENARIOS[0] : file === 'x.yaml' ? random.pick(SCENARIOS) : POLICIES[0];
        writeFileSync(join(cwd, file), mutateBytes(sound, random));
        const named = file === 'policy.json' ? 'x.yaml' : file;
        const argv = random.pick<readonly string[]>([
          ['test', '--verbose', named],
          ['test', '--json', named],
          ['explain', named, '--step', '1'],
          ['explain', named, '--step', '2', '--json'],
        ]);
        return { argv };
      },
      cwd,
    );
    expect(broken).toEqual([]);
    expect(codes.has(EXIT.yes)).toBe(true);
    expect(codes.has(EXIT.unusable)).toBe(true);
  });
});

describe('a glob that cannot be one selects nothing', () => {
  it.each([
    ['an open brace', '${', 'the glob `${` selects no file'],
    ['an open bracket', 'scenarios/[', 'the glob `scenarios/[` selects no file'],
    ['an exclamation mark alone', 'x!', 'the glob `x!` selects no file'],
    ['an endless one', `${'x'.repeat(70_000)}*`, 'there is no file or folder'],
  ])('%s', async (_, glob, says) => {
    const { code, err } = await run(['test', glob], temporaryFolder(), []);
    expect(code).toBe(EXIT.unusable);
    expect(err).toContain(says);
  });
});
