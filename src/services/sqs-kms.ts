import type { Call } from '../world/call.js';
import type { KeyHome } from '../world/key-reference.js';
import type { Queue } from '../world/world.js';
import type { PassesOn } from './kms-use.js';
import { kmsDenialThroughSqs, kmsErrorThroughSqs } from './sqs-errors.js';

/** How SQS words KMS's refusals for its own caller. */
export function passesOn(call: Call): PassesOn {
  return {
    denial: (action, key, verdict, serial) => kmsDenialThroughSqs(call, action, key, verdict, serial),
    other: (code, text, serial) => kmsErrorThroughSqs(call, code, text, serial),
  };
}

/** Where SQS looks for the key of a queue. */
export function homeOf(queue: Queue): KeyHome {
  const { partition, region, account } = queue.arn;
  return { partition, region, account };
}
