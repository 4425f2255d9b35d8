import { type Call, type Parameter, textParameter } from '../world/call.js';
import type { Check } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { badParameter, sqsError } from './sqs-errors.js';

/** How many messages a call sends, receives or deletes: `Entries` of a batch, `MaxNumberOfMessages` of a receive. */
export function countOf(call: Call): number {
  const entries = call.parameters.get('Entries');
  const given = Array.isArray(entries)
    ? entries.length
    : Number(textParameter(call, 'Entries') ?? textParameter(call, 'MaxNumberOfMessages') ?? '1');
  return Number.isInteger(given) && given >= 1 ? Math.min(given, 10) : 1;
}

/** In milliseconds; `undefined` when the call does not say. */
export function secondsOf(call: Call, name: string): number | undefined {
  const text = textParameter(call, name);
  return text === undefined ? undefined : Number(text) * 1000;
}

const RANGES: ReadonlyMap<string, readonly [name: string, min: number, max: number][]> = new Map([
  ['SendMessage', [['DelaySeconds', 0, 900]]],
  [
    'ReceiveMessage',
    [
      ['MaxNumberOfMessages', 1, 10],
      ['VisibilityTimeout', 0, 43_200],
      ['WaitTimeSeconds', 0, 20],
    ],
  ],
  ['ChangeMessageVisibility', [['VisibilityTimeout', 0, 43_200]]],
]);

/**
 * What SQS checks about the parameters of a call on messages.
 * Pages: SQS API Reference, ReceiveMessage, ChangeMessageVisibility, SendMessageBatch. Rule: SQS-MESSAGE-PARAMETERS
 */
export function checkParameters(call: Call, operation: string): readonly Check[] {
  const ranges = (RANGES.get(operation) ?? []).flatMap(([name, min, max]) => {
    const text = textParameter(call, name);
    if (text === undefined) return [];
    const holds = /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max;
    const message = `Value ${text} for parameter ${name} is invalid. Reason: Must be between ${min} and ${max}, if provided.`;
    return [sqsCheck(call, holds, 'SQS-MESSAGE-PARAMETERS', () => badParameter(call, message))];
  });
  return operation.endsWith('Batch') ? [...ranges, ...checkBatch(call)] : ranges;
}

/** A batch whose entries are listed holds one to ten, each with an id of its own. */
function checkBatch(call: Call): readonly Check[] {
  const entries = call.parameters.get('Entries');
  if (!Array.isArray(entries)) return [];
  const ids = entries.flatMap((entry: Parameter) => {
    const id = entry instanceof Map ? entry.get('Id') : undefined;
    return typeof id === 'string' ? [id] : [];
  });
  const check = (holds: boolean, code: string, message: string): Check =>
    sqsCheck(call, holds, 'SQS-MESSAGE-PARAMETERS', () =>
      sqsError(call, `AWS.SimpleQueueService.${code}`, message, { shape: code }),
    );
  return [
    check(entries.length > 0, 'EmptyBatchRequest', 'There should be at least one entry in the request.'),
    check(
      entries.length <= 10,
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    ),
    check(
      new Set(ids).size === ids.length,
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries have the same Id.',
    ),
  ];
}
