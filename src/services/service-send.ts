import { type Call, type CallSource, PUBLIC_ENDPOINT } from '../world/call.js';

/** A service principal sending to a queue as itself, on behalf of one of its resources. Rule: SQS-SERVICE-CALLS-KMS-ITSELF */
export function serviceSend(host: string, source: CallSource, queue: string): Call {
  return {
    api: 'sqs:SendMessage',
    caller: { kind: 'service', host },
    source,
    path: PUBLIC_ENDPOINT,
    on: queue,
    parameters: new Map(),
    context: [],
  };
}
