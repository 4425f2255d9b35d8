import { resolveKey } from '../world/key-reference.js';
import { messagesOf } from '../world/messages.js';
import { EMPTY_STATE, type Message, type Queue, type World } from '../world/world.js';

/**
 * The world at rest, as questions about permissions are asked of it: no data key is cached, no task runs, and every queue holds one
 * message of each kind that may lie in it: encrypted as the queue encrypts now; as its source queues do, if it is a dead-letter queue;
 * and as each message that it holds already. An empty queue would answer a receive without asking KMS. Rules: SQS-EMPTY-RECEIVE,
 * SQS-MOVE-KEEPS-ENCRYPTION
 */
export function atRest(world: World): World {
  const messages = new Map<string, readonly Message[]>();
  for (const queue of world.estate.queues.values()) messages.set(queue.name, probesOf(world, queue));
  return { ...world, state: { ...EMPTY_STATE, messages } };
}

function probesOf(world: World, queue: Queue): readonly Message[] {
  const kinds = new Map<string, Message>();
  const add = (sealed: Message['encryption'], movedFrom: string | undefined): void => {
    const kind = `${sealed?.keyArn ?? ''} ${sealed?.contextQueueArn ?? ''} ${movedFrom ?? ''}`;
    if (kinds.has(kind)) return;
    const id = `probe ${kinds.size + 1}`;
    kinds.set(kind, {
      id,
      ...(sealed === undefined
        ? {}
        : { encryption: { ...sealed, dataKey: `data key of ${queue.name}: ${id}` } }),
      sent: world.now,
      visibleAt: world.now,
      receives: 0,
      ...(movedFrom === undefined ? {} : { movedFrom }),
    });
  };
  const sources = [...world.estate.queues.values()].filter(({ redrive }) => redrive?.to === queue.name);
  // What a redrive may do is asked of messages that it can move.
  add(sealOf(world, queue), sources[0]?.name);
  for (const source of sources) add(sealOf(world, source), source.name);
  for (const { encryption, movedFrom } of messagesOf(world.state, queue.name))
    add(encryption, movedFrom ?? sources[0]?.name);
  return [...kinds.values()];
}

/** How SQS would encrypt a message now; a key that is not there encrypts nothing. */
function sealOf({ estate }: World, { arn, encryption }: Queue): Message['encryption'] {
  if (encryption.sse !== 'kms') return undefined;
  const key = resolveKey(estate, encryption.key, arn).key;
  if (key === undefined) return undefined;
  return { keyArn: key.arn.text, contextQueueArn: arn.text, dataKey: '' };
}
