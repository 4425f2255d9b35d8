import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

async function decideLines(pieces: readonly (string | Uint8Array)[], args: readonly string[] = []) {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    env: {},
    cwd: '.',
    isTerminal: false,
    now: () => 0,
    input: (async function* () {
      yield* pieces;
    })(),
  };
  const code = await main(['decide', ...args], io);
  const answers = out
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) =>
        JSON.parse(line) as {
          id?: string;
          decision: string;
          issues: readonly { message: string; at: { start?: object } }[];
        },
    );
  return { code, answers, err };
}

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';
const line = (id: string, extra: object = {}): string =>
  `${JSON.stringify({
    id,
    request: {
      principal: 'arn:aws:iam::111122223333:user/alice',
      action: 'sqs:SendMessage',
      resource: QUEUE,
    },
    identity: [
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE } },
    ],
    ...extra,
  })}\n`;

describe('gainsay decide answers JSON lines', () => {
  it('one answer a line, with the id of the line', async () => {
    const { code, answers } = await decideLines([line('a'), line('b', { identity: [] })]);
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual([
      ['a', 'allowed'],
      ['b', 'implicitDeny'],
    ]);
    expect(code).toBe(0);
  });

  it('a line that is no JSON gets an answer of its own and does not stop the rest', async () => {
    const { code, answers } = await decideLines(['{ broken\n', line('after')]);
    expect(answers.map(({ decision }) => decision)).toEqual(['invalid', 'allowed']);
    expect(answers[0]?.issues[0]?.at.start).toEqual({ line: 1, column: 3 });
    expect(code).toBe(2);
  });

  it('lines may come in pieces of any size, and the last needs no line end', async () => {
    const whole = `${line('first')}${line('second').trimEnd()}`;
    const { answers } = await decideLines([...whole]);
    expect(answers.map(({ id }) => id)).toEqual(['first', 'second']);
  });

  it('empty lines are passed over, and bytes may be cut within a character', async () => {
    const bytes = new TextEncoder().encode(`\n  \n${line('ä')}\n\n`);
    const at = bytes.indexOf(0xc3) + 1;
    const { answers } = await decideLines([bytes.slice(0, at), bytes.slice(at)]);
    expect(answers.map(({ id }) => id)).toEqual(['ä']);
  });

  it('a last line beyond four mebibytes is answered as well', async () => {
    const { code, answers } = await decideLines([line('a'), '\n', 'x'.repeat(5 * 1024 * 1024)]);
    expect([code, answers.map(({ decision }) => decision)]).toEqual([2, ['allowed', 'invalid']]);
  });

  it('a line beyond four mebibytes is answered without being held', async () => {
    const { code, answers } = await decideLines([
      'x'.repeat(3_000_000),
      'x'.repeat(3_000_000),
      '\n',
      line('after'),
    ]);
    expect(answers.map(({ decision }) => decision)).toEqual(['invalid', 'allowed']);
    expect(code).toBe(2);
  });

  it('an unknown context value makes the answer undetermined, and under --strict the exit code 3', async () => {
    const conditional = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      },
    };
    const asked = line('u', {
      identity: [conditional],
      request: {
        principal: 'arn:aws:iam::111122223333:user/alice',
        action: 'sqs:SendMessage',
        resource: QUEUE,
        context: { 'aws:SourceIp': { unknown: true } },
      },
    });
    const { code, answers } = await decideLines([asked], ['--strict']);
    expect(answers[0]).toMatchObject({ decision: 'undetermined', dependsOn: ['aws:SourceIp'] });
    expect(code).toBe(3);
  });

  it('unknown members are ignored with a note', async () => {
    const { answers } = await decideLines([line('n', { flavour: 'sweet' })]);
    expect(answers[0]).toMatchObject({ decision: 'allowed', issues: [{ severity: 'note' }] });
  });

  it('no line at all is unusable', async () => {
    expect(await decideLines([''])).toMatchObject({ code: 2, answers: [] });
  });
});
