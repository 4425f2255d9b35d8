import { type DecideAnswer, decideText } from '../evaluator/decide.js';
import { jsonText } from '../report/json-text.js';
import { EXIT, type Io, print } from './io.js';

export interface DecideOptions {
  /** An undetermined answer makes the exit code 3. */
  readonly strict?: boolean;
}

/** In UTF-16 units: far beyond all policies that AWS would attach to one request. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Decides JSON lines as they come. A line that cannot be used gets an answer of its own and does not stop the rest.
 * Exit: 0 every line was decided, 2 some line was unusable or there was none, 3 under `strict` when an answer is undetermined.
 */
export async function decideCommand(options: DecideOptions, io: Io): Promise<number> {
  let answered = 0;
  let unusable = 0;
  let undetermined = 0;
  let number = 0;
  for await (const line of linesOf(io.input)) {
    number += 1;
    if (line !== TOO_LONG && line.trim() === '') continue;
    const answer = line === TOO_LONG ? tooLong(number) : decideText({ name: `line ${number}`, text: line });
    answered += 1;
    if (answer.decision === 'invalid') unusable += 1;
    if (answer.decision === 'undetermined') undetermined += 1;
    io.out(`${jsonText(answer)}\n`);
    await io.drained?.();
  }
  if (answered === 0) {
    print(io.err, ['error: no line was given', '  expected: one JSON object a line on standard input']);
    return EXIT.unusable;
  }
  if (unusable > 0) return EXIT.unusable;
  return options.strict === true && undetermined > 0 ? EXIT.undetermined : EXIT.yes;
}

const TOO_LONG = Symbol('a line that is too long to be read');

function tooLong(number: number): DecideAnswer {
  return {
    decision: 'invalid',
    rules: [],
    assumed: [],
    dependsOn: [],
    issues: [
      {
        code: 'too-large',
        severity: 'error',
        message: `the line is longer than ${LONGEST_LINE} characters`,
        at: { source: `line ${number}`, pointer: [], start: { line: 1, column: 1 } },
      },
    ],
  };
}

/** Lines of text out of pieces of any size; at most one line is held in memory. */
async function* linesOf(
  input: AsyncIterable<string | Uint8Array> | undefined,
): AsyncGenerator<string | typeof TOO_LONG> {
  const decoder = new TextDecoder('utf-8');
  let held = '';
  let overflowed = false;
  const take = (text: string): (string | typeof TOO_LONG)[] => {
    const parts = text.split('\n');
    const done = parts.slice(0, -1).map((part, index) => {
      const whole = index === 0 ? held + part : part;
      const tooMuch = (index === 0 && overflowed) || whole.length > LONGEST_LINE;
      return tooMuch ? TOO_LONG : whole;
    });
    const last = parts.at(-1) ?? '';
    if (done.length > 0) {
      held = last;
      overflowed = false;
    } else held += last;
    if (held.length > LONGEST_LINE) {
      overflowed = true;
      held = '';
    }
    return done;
  };
  for await (const piece of input ?? []) {
    yield* take(typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true }));
  }
  if (overflowed) yield TOO_LONG;
  else if (held !== '') yield held;
}
