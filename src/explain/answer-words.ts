import type { AwsError } from '../services/aws-error.js';
import { parseArn } from '../syntax/arn.js';
import type { Explanation } from './explanation.js';
import type { Told } from './fate.js';
import { visibleText } from './plain-text.js';

/** Longer messages are cut to the part that says why: the rest repeats what other lines say better. */
const SHORT_MESSAGE = 60;

/** What AWS answers and who gets to see it, the most complete first. */
export function answerTexts({ error, told, undetermined }: Explanation): readonly [string, ...string[]] {
  const lead = `${leadOf(told)}${undetermined ? 'success, or ' : ''}`;
  const say = (index: number): string => {
    if (error.cause === undefined) return visibleText(`${lead}${essenceOf(error, index)}`);
    const own = index === 0 ? essenceOf(error, index) : error.code;
    return visibleText(`${lead}${own}; behind it ${essenceOf(error.cause, index)}`);
  };
  return [say(0), say(1), say(2), ...shortest(told, error, undetermined)];
}

/** Codes alone, whole, where a narrow terminal would cut them: the reason is what other lines say. */
function shortest(told: Told, { code, cause }: AwsError, undetermined: boolean): readonly string[] {
  const codes = cause === undefined ? code : `${code}; behind it ${cause.code}`;
  if (undetermined || (told.who === 'caller' && cause === undefined)) return [];
  return [`${leadOf(told)}${codes}`, `${shortLeadOf(told)}${codes}`].map(visibleText);
}

function shortLeadOf(told: Told): string {
  switch (told.who) {
    case 'caller':
      return '';
    case 'service':
      return `${told.succeeded === undefined ? '' : `${told.succeeded} succeeded; `}${told.service} gets `;
    case 'task':
      return 'accepted; the task fails with ';
  }
}

function leadOf(told: Told): string {
  switch (told.who) {
    case 'caller':
      return '';
    case 'service':
      return told.succeeded === undefined
        ? `nobody is told; ${told.service} gets `
        : `${told.succeeded} succeeded and nobody is told; ${told.service} gets `;
    case 'task':
      return `${told.accepted} was accepted; its task fails with `;
  }
}

/** The code, and the part of the message that says why; the higher the index, the shorter. */
function essenceOf({ code, message }: AwsError, index: number): string {
  const tail = message.indexOf(' (Service: AWSKMS');
  const head = withoutArns(tail < 0 ? message : message.slice(0, tail));
  if (head === 'null') return code;
  const more = tail < 0 || index > 0 ? '' : ' …';
  const from = reasonAt(head);
  if (from === undefined || head.length <= SHORT_MESSAGE) return `${code}: ${head}${more}`;
  const reason = head.slice(from);
  return `${code}: … ${index < 2 ? reason : reason.replace('because ', '')}${more}`;
}

/** An ARN in a message leaves room for little else; its last part says which thing is meant. */
function withoutArns(message: string): string {
  const words = message.split(' ').map((word) => {
    const resource = parseArn(word)?.resource;
    return resource === undefined ? word : `…${resource}`;
  });
  return words.join(' ');
}

function reasonAt(message: string): number | undefined {
  const starts = ['because ', 'with an explicit deny'].map((words) => message.indexOf(words));
  const found = starts.filter((at) => at >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}
