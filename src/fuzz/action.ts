import fc from 'fast-check';
import { choice } from './choice.js';
import { commonActions, type FuzzOptions, vocabularyOf } from './vocabulary.js';

/** One action of SQS or KMS, as AWS spells it; half of the time one that reads or writes messages. */
export function action(options: FuzzOptions = {}): fc.Arbitrary<string> {
  const words = vocabularyOf(options);
  const [first, ...others] = commonActions(words);
  const any = fc.constantFrom(...words.actions);
  return first === undefined ? any : choice([1, fc.constantFrom(first, ...others)], [1, any]);
}

/** The simplest pattern: everything, or (where the service must be named) everything of a service. */
export function simplestAction(options: FuzzOptions, named: boolean): string {
  return named ? `${serviceOf(vocabularyOf(options).actions[0])}:*` : '*';
}

/** An action as policies name it: whole, or a pattern that names its service, or (unless `named`) the lone `*`. */
export function actionPattern(options: FuzzOptions = {}, named = false): fc.Arbitrary<string> {
  const whole = action(options);
  const service = whole.map((name) => `${serviceOf(name)}:*`);
  const lowered = whole.map((name) => `${serviceOf(name)}:${operationOf(name).toLowerCase()}`);
  const others = [
    [3, service],
    [5, whole],
    [1, whole.map(shortened)],
    [1, lowered],
  ] as const;
  const [first, ...rest] = others;
  return named ? choice(first, ...rest) : choice([7, fc.constant('*')], ...others);
}

function serviceOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}

function operationOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** `sqs:Send*` for `sqs:SendMessage`: up to where the second word begins. */
function shortened(name: string): string {
  const operation = operationOf(name);
  const cut = [...operation].findIndex((letter, index) => index > 0 && letter !== letter.toLowerCase());
  return `${serviceOf(name)}:${cut < 0 ? operation : operation.slice(0, cut)}*`;
}
