import { planCall } from '../services/plan-call.js';
import { type Call, type NetworkPath, type Parameter, PUBLIC_ENDPOINT } from '../world/call.js';
import type { Principal, World } from '../world/world.js';
import { flowsOf } from './flows.js';
import { type Judgement, judge } from './judge.js';
import { atRest } from './probes.js';
import type { Subject } from './questions.js';

/** One answer of the matrix: may this principal, or this flow of a service, make this call on that? */
export interface Cell extends Judgement {
  /** A principal by name, or what a service does by itself: `topic news`. */
  readonly who: string;
  readonly is: 'principal' | 'flow';
  /** The call, as AWS spells it: `sqs:SendMessageBatch`. */
  readonly action: string;
  readonly on: Subject;
}

/** What to ask: every principal, each of the calls, each of the things. */
export interface WhoCanQuestion {
  readonly principals: readonly Principal[];
  readonly asks: readonly Asked[];
  /** Whether what services do by themselves is asked about, where it sends to a queue or receives from it. */
  readonly flows: boolean;
  /** How the calls come; unless said, over the public endpoint from an address that is not known. */
  readonly path?: NetworkPath;
}

interface Asked {
  readonly action: string;
  readonly on: readonly Subject[];
}

/**
 * The matrix of who can do what on which thing, by the evaluator and the plans that replay uses, with cold caches: a call
 * on an encrypted queue includes what SQS asks of KMS for it. A batch is authorized as its single call, and so answered
 * as that. Rules: SQS-BATCH-IS-SINGLE-ACTION, SQS-SEND-NEEDS-TWO-KMS-ACTIONS, SQS-RECEIVE-NEEDS-DECRYPT
 */
export function whoCan(world: World, question: WhoCanQuestion): readonly Cell[] {
  const resting = atRest(world);
  const { principals, asks, flows, path = PUBLIC_ENDPOINT } = question;
  const known = new Map<string, readonly Judged[]>();
  const answers = (action: string, on: Subject): readonly Judged[] => {
    const single = singleOf(action);
    const slot = `${single} ${on.name}`;
    const before = known.get(slot);
    if (before !== undefined) return before;
    const judged = principals.map((principal) => ({
      who: principal.name,
      ...judge(resting, planCall(resting, callOf(resting, principal, single, on, path))),
    }));
    if (single !== action || BATCHED.has(action)) known.set(slot, judged);
    return judged;
  };
  const cells: Cell[] = [];
  for (const { action, on } of asks) {
    for (const subject of on) {
      for (const judged of answers(action, subject))
        cells.push({ is: 'principal', action, on: subject, ...judged });
      if (flows && subject.kind === 'queue') cells.push(...flowCells(resting, action, subject));
    }
  }
  return cells;
}

type Judged = Judgement & Pick<Cell, 'who'>;

function flowCells(world: World, action: string, on: Subject): readonly Cell[] {
  if (action !== 'sqs:SendMessage' && action !== 'sqs:ReceiveMessage') return [];
  return flowsOf(world, on.name)
    .filter((flow) => flow.action === action)
    .map(({ who, plan }) => ({ who, is: 'flow', action, on, ...judge(world, plan) }));
}

const BATCHED: ReadonlySet<string> = new Set([
  'sqs:SendMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
]);

function singleOf(action: string): string {
  return action.startsWith('sqs:') && action.endsWith('Batch') ? action.slice(0, -'Batch'.length) : action;
}

const NONE: ReadonlyMap<string, Parameter> = new Map();
/** A receive takes as many as it can, so that it meets every kind of message. */
const ALL: ReadonlyMap<string, Parameter> = new Map([['MaxNumberOfMessages', '10']]);
const OBJECT: ReadonlyMap<string, Parameter> = new Map([['Key', 'object']]);

/** The call that a cell of the matrix is about, as replay would take it. */
export function callOf(
  world: World,
  principal: Principal,
  action: string,
  on: Subject,
  path: NetworkPath = PUBLIC_ENDPOINT,
): Call {
  const { caller } = principal;
  if (on.kind !== 'none') {
    const parameters = parametersOf(world, action, on);
    return { api: action, caller, principal, path, context: NO_CONTEXT, on: on.name, parameters };
  }
  const region = regionOf(world);
  const made = { api: action, caller, principal, path, context: NO_CONTEXT, parameters: NONE };
  return region === undefined ? made : { ...made, region };
}

const NO_CONTEXT: Call['context'] = [];

function parametersOf(world: World, action: string, on: Subject): ReadonlyMap<string, Parameter> {
  switch (action) {
    case 'sqs:ReceiveMessage':
      return ALL;
    case 's3:PutObject':
      return OBJECT;
    case 'sqs:GetQueueUrl': {
      const named = [...world.estate.queues.values()].filter(({ name }) => name === on.name);
      return new Map(named.map(({ arn }) => ['QueueOwnerAWSAccountId', arn.account]));
    }
    default:
      return NONE;
  }
}

/** Calls that name nothing are made in the Region of the first thing that has one. */
function regionOf({ estate }: World): string | undefined {
  for (const section of [estate.queues, estate.keys, estate.topics])
    for (const { arn } of section.values()) return arn.region;
  return undefined;
}
