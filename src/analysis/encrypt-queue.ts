import { excerpt } from '../syntax/excerpt.js';
import type { Checked, Issue } from '../syntax/issue.js';
import { didYouMean } from '../syntax/suggest.js';
import { changeThing } from '../world/change.js';
import { resolveKey } from '../world/key-reference.js';
import { messagesOf } from '../world/messages.js';
import type { Encryption, Key, Queue, World } from '../world/world.js';
import { type CellChange, changesBetween } from './cell-changes.js';
import type { Subject } from './questions.js';
import { type Cell, type WhoCanQuestion, whoCan } from './who-can.js';

/** What becomes of everybody who uses a queue when it is encrypted with another key. */
export interface EncryptionChange {
  readonly queue: string;
  /** What it was encrypted with, in words: `SSE-SQS`, `orders-key`. */
  readonly from: string;
  readonly to: string;
  /** They could before, or may have, and cannot after, or it is not known whether they can. */
  readonly breaks: readonly CellChange[];
  /** They could not before and can after, or may. */
  readonly mends: readonly CellChange[];
  /** The same answer before and after. */
  readonly stays: readonly Cell[];
  /** What to keep in mind about messages that are there already. */
  readonly notes: readonly string[];
}

/** The world in which the queue is encrypted with the key: its name in the world, or what SQS takes (id, ARN, alias, alias ARN). */
export function withEncryption(
  world: World,
  queueName: string,
  keyText: string,
): Checked<{ readonly queue: Queue; readonly key: Key; readonly after: World }> {
  const queue = world.estate.queues.get(queueName);
  if (queue === undefined) return refuse(unknown('QUEUE', 'queue', queueName, world.estate.queues.keys()));
  const named = world.estate.keys.get(keyText);
  const reference = named?.arn.text ?? keyText;
  const { key } = resolveKey(world.estate, reference, queue.arn);
  if (key === undefined) {
    const other =
      named === undefined
        ? []
        : [`is in ${named.arn.region} and the queue in ${queue.arn.region}: KMS is regional`];
    const issue = unknown('--key', 'key', keyText, world.estate.keys.keys());
    return refuse(
      other.length === 0
        ? issue
        : { ...issue, code: 'wrong-value', message: `${excerpt(keyText)} ${other.join()}` },
    );
  }
  const present = keyOf(world, queue);
  // Named like this, the key that the queue has keeps the reference that it is stored under, such as an alias.
  const same = named !== undefined && present?.arn.text === key.arn.text;
  const reusePeriod = queue.encryption.sse === 'kms' ? queue.encryption.reusePeriod : 300_000;
  const encryption: Encryption = same ? queue.encryption : { sse: 'kms', key: reference, reusePeriod };
  const after = same ? world : changeThing(world, 'queues', queueName, (each) => ({ ...each, encryption }));
  return { ok: true, value: { queue, key, after }, issues: [] };
}

/**
 * Compares who can use a queue before and after it is encrypted with a key: principals that send and receive, event sources, functions that
 * poll, those who read its dead-letter queue or move dead letters back. Rules: SQS-SEND-NEEDS-TWO-KMS-ACTIONS,
 * SQS-RECEIVE-NEEDS-DECRYPT, SQS-SERVICE-CALLS-KMS-ITSELF, SQS-REDRIVE-REENCRYPTS
 */
export function encryptQueue(
  world: World,
  queueName: string,
  keyText: string,
  path?: WhoCanQuestion['path'],
): Checked<EncryptionChange> {
  const changed = withEncryption(world, queueName, keyText);
  if (!changed.ok) return changed;
  const { queue, key, after } = changed.value;
  const question: WhoCanQuestion = {
    principals: [...world.estate.principals.values()],
    asks: asksAround(world, queue),
    flows: true,
    ...(path === undefined ? {} : { path }),
  };
  const now = whoCan(world, question);
  const { changes, same } = changesBetween(now, whoCan(after, question));
  const value: EncryptionChange = {
    queue: queueName,
    from: encryptionWords(world, queue),
    to: key.name,
    breaks: changes.filter((change) => goesBy(change) < 0),
    mends: changes.filter((change) => goesBy(change) > 0),
    stays: [...same, ...changes.flatMap((change) => (goesBy(change) === 0 ? (change.after ?? []) : []))],
    notes: notesOf(world, queue, key),
  };
  return { ok: true, value, issues: [] };
}

const RANK: Readonly<Record<Cell['answer'], number>> = { denied: 0, undetermined: 1, allowed: 2 };

/** Below 0 where less is allowed after the change than before. */
function goesBy({ before, after }: CellChange): number {
  return RANK[after?.answer ?? 'denied'] - RANK[before?.answer ?? 'denied'];
}

/** Sending and receiving, reading of its dead letters, and the moves from and to it. */
function asksAround(world: World, queue: Queue): WhoCanQuestion['asks'] {
  const { queues } = world.estate;
  const subject = (name: string): Subject => ({ kind: 'queue', name });
  const deadLetters =
    queue.redrive !== undefined && queues.has(queue.redrive.to) ? [subject(queue.redrive.to)] : [];
  const isDeadLetters = [...queues.values()].some(({ redrive }) => redrive?.to === queue.name);
  const moves = isDeadLetters ? [subject(queue.name), ...deadLetters] : deadLetters;
  return [
    { action: 'sqs:SendMessage', on: [subject(queue.name)] },
    { action: 'sqs:ReceiveMessage', on: [subject(queue.name), ...deadLetters] },
    ...(moves.length === 0 ? [] : [{ action: 'sqs:StartMessageMoveTask', on: moves }]),
  ];
}

function keyOf(world: World, { encryption, arn }: Queue): Key | undefined {
  return encryption.sse === 'kms' ? resolveKey(world.estate, encryption.key, arn).key : undefined;
}

function encryptionWords(world: World, queue: Queue): string {
  const { encryption } = queue;
  if (encryption.sse === 'none') return 'no encryption';
  return encryption.sse === 'sqs' ? 'SSE-SQS' : (keyOf(world, queue)?.name ?? encryption.key);
}

/** Page: SQS Developer Guide, Key management. Rule: SQS-RECEIVE-NEEDS-DECRYPT */
function notesOf(world: World, queue: Queue, key: Key): readonly string[] {
  const present = keyOf(world, queue);
  const notes: string[] = [];
  if (present?.arn.text === key.arn.text) return notes;
  const waiting = messagesOf(world.state, queue.name).length;
  const held =
    waiting === 0 ? 'messages that are in the queue by then' : `the ${waiting} messages of the queue`;
  notes.push(
    present === undefined
      ? `${held} stay as they are: SQS does not encrypt them anew`
      : `${held} stay encrypted with ${present.name}: keep it enabled, and its readers allowed, until they are gone`,
  );
  if (queue.redrive !== undefined)
    notes.push(
      `messages that move to ${queue.redrive.to} keep the key of ${queue.name}: whoever reads them there needs kms:Decrypt on ${key.name}`,
    );
  if (key.manager === 'aws')
    notes.push(
      'the policy of a key that AWS keeps cannot be changed: no service and no other account can be let in',
    );
  return notes;
}

function refuse(issue: Issue): Checked<never> {
  return { ok: false, issues: [issue] };
}

function unknown(source: string, what: string, name: string, known: Iterable<string>): Issue {
  const names = [...known];
  const help = didYouMean(name, names);
  const some = names
    .slice(0, 10)
    .map((each) => excerpt(each))
    .join(', ');
  return {
    code: 'unknown-name',
    severity: 'error',
    message: `unknown ${what} ${excerpt(name)}`,
    expected: names.length === 0 ? `a ${what} of the world, which has none` : `one of ${some}`,
    ...(help === undefined ? {} : { help }),
    at: { source, pointer: [] },
  };
}
