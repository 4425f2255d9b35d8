import type { KeyUsage } from '../catalogue/key-specs.js';
import type { KeyState } from '../catalogue/key-states.js';
import type { Caller, Grant } from '../evaluator/request.js';
import type { Policy } from '../policy/policy.js';
import type { AccountId, Arn } from '../syntax/arn.js';
import type { Call } from './call.js';

/** Milliseconds since 1970 on the virtual clock. */
export type Instant = number;

/** What exists, what has happened, and what time it is. Immutable: a step makes a new world. */
export interface World {
  readonly estate: Estate;
  readonly state: State;
  readonly now: Instant;
}

/** What somebody configured. Maps are by the name that people use for the thing. */
export interface Estate {
  readonly organizations: readonly Organization[];
  readonly principals: ReadonlyMap<string, Principal>;
  readonly keys: ReadonlyMap<string, Key>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly rules: ReadonlyMap<string, EventRule>;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly sources: ReadonlyMap<string, QueueSource>;
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
}

export type Tags = ReadonlyMap<string, string>;

export interface Organization {
  readonly id: string;
  readonly root: OrganizationUnit;
  /** SCPs and RCPs never apply to it. */
  readonly managementAccount?: AccountId;
}

/** The root of an organization, or a unit: a level at which control policies are attached. */
export interface OrganizationUnit {
  readonly name: string;
  readonly scps: readonly Policy[];
  readonly rcps: readonly Policy[];
  readonly units: readonly OrganizationUnit[];
  readonly accounts: readonly MemberAccount[];
}

export interface MemberAccount {
  readonly account: AccountId;
  readonly scps: readonly Policy[];
  readonly rcps: readonly Policy[];
}

export interface Principal {
  readonly name: string;
  readonly caller: Caller;
  readonly identity: readonly Policy[];
  readonly permissionsBoundary?: Policy;
  readonly session?: SessionTraits;
  readonly tags: Tags;
}

/** How a session was made: what `sts:AssumeRole` was given. */
export interface SessionTraits {
  readonly name?: string;
  readonly policies?: readonly Policy[];
  readonly tags?: Tags;
  readonly mfa?: boolean;
}

export interface Key {
  readonly name: string;
  readonly arn: Arn;
  readonly aliases: readonly string[];
  /** Its aliases as authorization still sees them, while a change of `aliases` spreads. */
  readonly resourceAliases?: readonly string[];
  readonly manager: 'customer' | 'aws';
  readonly policy: Policy;
  readonly grants: readonly Grant[];
  readonly state: KeyState;
  /** While it is pending deletion: when it is deleted. */
  readonly deletesAt?: Instant;
  /** While it is pending replica deletion: how long it will wait once its replicas are gone, in milliseconds. */
  readonly deletionWindow?: number;
  /** While it is pending deletion: its imported material has been deleted or has expired. */
  readonly withoutMaterial?: true;
  /** When its imported material expires. */
  readonly expiresAt?: Instant;
  readonly spec: string;
  readonly usage: KeyUsage;
  readonly origin: string;
  readonly multiRegion: boolean;
  /** For multi-Region keys: which one of the keys with its id it is; `PRIMARY` unless said. */
  readonly multiRegionType?: 'PRIMARY' | 'REPLICA';
  readonly tags: Tags;
}

export type Encryption =
  | { readonly sse: 'none' }
  | { readonly sse: 'sqs' }
  /** `key` is stored as given: alias, alias ARN, key id or key ARN. `reusePeriod` in milliseconds. */
  | { readonly sse: 'kms'; readonly key: string; readonly reusePeriod: number };

export interface Queue {
  readonly name: string;
  readonly arn: Arn;
  readonly policy?: Policy;
  readonly encryption: Encryption;
  readonly redrive?: { readonly to: string; readonly maxReceives: number };
  /** Which queues may use it as their dead-letter queue; every one where nothing is said. */
  readonly redriveAllow?: RedriveAllow;
  /** In milliseconds. */
  readonly visibilityTimeout: number;
  /** In milliseconds; without one, messages can be received at once. */
  readonly delay?: number;
  readonly tags: Tags;
  /** Other attributes as they were set: what SQS does with them is not simulated. */
  readonly otherAttributes?: ReadonlyMap<string, string>;
}

/** What `RedriveAllowPolicy` says when it does not let every queue in. `sources` are ARNs. */
export type RedriveAllow =
  | { readonly permission: 'denyAll' }
  | { readonly permission: 'byQueue'; readonly sources: readonly string[] };

export interface Topic {
  readonly name: string;
  readonly arn: Arn;
  readonly policy?: Policy;
  /** The topic's own key, as given to KmsMasterKeyId. */
  readonly key?: string;
  readonly subscriptions: readonly Subscription[];
  readonly tags: Tags;
}

export interface Subscription {
  readonly queue: string;
  readonly deadLetter?: string;
  /** `false` until somebody confirms it from the queue; left out: confirmed. */
  readonly confirmed?: boolean;
}

export interface Bucket {
  readonly name: string;
  readonly arn: Arn;
  readonly account: AccountId;
  readonly region: string;
  readonly policy?: Policy;
  readonly notifications: readonly { readonly queue: string }[];
}

export interface EventRule {
  readonly name: string;
  readonly arn: Arn;
  /** The policy of its event bus, for callers of other accounts. */
  readonly busPolicy?: Policy;
  readonly targets: readonly {
    readonly queue: string;
    readonly role?: string;
    readonly deadLetter?: string;
  }[];
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: Arn;
  /** The execution role, by its name among the principals. */
  readonly role: string;
  readonly polls?: string;
  /** The queues for failed asynchronous invocations: its on-failure destination, its dead-letter queue. */
  readonly onFailure?: string;
  readonly deadLetter?: string;
}

/** What else sends to a queue: a schedule, a pipe, an integration with a role, a service that calls as itself. */
export interface QueueSource {
  readonly name: string;
  /** A name of `SOURCE_TYPES`. */
  readonly type: string;
  readonly arn: Arn;
  /** The role it was given, by its name among the principals. */
  readonly role?: string;
  readonly queue: string;
  readonly deadLetter?: string;
  /** The queue that a pipe reads from. */
  readonly polls?: string;
}

export interface VpcEndpoint {
  readonly id: string;
  readonly service: string;
  readonly vpc?: string;
  readonly account?: AccountId;
  readonly policy?: Policy;
}

/** What has happened so far. */
export interface State {
  /** By queue name, oldest first. */
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  /** By the ARN of the queue, and there by what each is kept for. */
  readonly dataKeys: ReadonlyMap<string, ReadonlyMap<string, CachedDataKey>>;
  /** Events that EventBridge could not deliver and tries again, oldest first. */
  readonly undelivered: readonly UndeliveredEvent[];
  /** Counts what was made, so that every made-up id is its own and a replay repeats exactly. */
  readonly serial: number;
  /** `false`: every call starts with cold data-key caches. */
  readonly cachesDataKeys: boolean;
  /** When a queue was last purged, and when one was deleted, by ARN. */
  readonly purges: ReadonlyMap<string, Instant>;
  readonly deletions: ReadonlyMap<string, Instant>;
  /** Keys whose waiting period is over, by the names that they had. */
  readonly goneKeys: ReadonlyMap<string, Arn>;
  /** How many KMS requests an account may make in a Region in one second; left out: as many as it likes. */
  readonly kmsRequestsPerSecond?: number;
  /** Those made in the last second that had any, by account and Region. */
  readonly kmsRequests?: ReadonlyMap<string, { readonly second: number; readonly count: number }>;
  /** Message move tasks, in the order they were started. */
  readonly moveTasks: readonly MoveTask[];
  /** What the passing of time will bring, soonest first. */
  readonly due: readonly DueChange[];
  /** `delayed`: what somebody configures is in force only after the time that AWS says it may take to spread. */
  readonly propagation: 'at-once' | 'delayed';
}

/** A task that moves the messages of a dead-letter queue, with the rights of whoever started it. */
export interface MoveTask {
  readonly id: string;
  /** The dead-letter queue, by name. */
  readonly source: string;
  readonly status: MoveTaskStatus;
  readonly startedBy: Call;
  readonly started: Instant;
  /** The destination by name; without one, every message goes back to where it came from. */
  readonly destination?: string;
  /** Messages a second; without it, all that are there go at once. */
  readonly rate?: number;
  /** When it moves the next messages, while it runs. */
  readonly next: Instant;
  readonly moved: number;
  readonly failure?: string;
}

export const MOVE_TASK_STATUSES = ['RUNNING', 'COMPLETED', 'CANCELLING', 'CANCELLED', 'FAILED'] as const;
export type MoveTaskStatus = (typeof MOVE_TASK_STATUSES)[number];

/** A change that was settled by a call and comes into force later: a policy that spreads, a key whose deletion waits. */
export interface DueChange {
  readonly at: Instant;
  /** For people: `the queue policy of orders is in force`. */
  readonly what: string;
  readonly apply: (world: World) => World;
}

export interface Message {
  readonly id: string;
  /** The key that encrypted it, and the queue in whose name; absent for a message that KMS did not encrypt. */
  readonly encryption?: {
    readonly keyArn: string;
    readonly contextQueueArn: string;
    readonly dataKey: string;
  };
  readonly sent: Instant;
  readonly visibleAt: Instant;
  readonly receives: number;
  readonly receivedBy?: string;
  /** The queue that it was moved away from as a dead letter. */
  readonly movedFrom?: string;
}

/** An event that a rule keeps for one of its targets, and until when. */
export interface UndeliveredEvent {
  readonly rule: string;
  readonly queue: string;
  readonly until: Instant;
}

/** A data key that SQS keeps for a requester, for encryption or for decryption. */
export interface CachedDataKey {
  readonly dataKey: string;
  readonly keyArn: string;
  readonly obtained: Instant;
}

export const EMPTY_ESTATE: Estate = {
  organizations: [],
  principals: new Map(),
  keys: new Map(),
  queues: new Map(),
  topics: new Map(),
  buckets: new Map(),
  rules: new Map(),
  functions: new Map(),
  sources: new Map(),
  endpoints: new Map(),
};

export const EMPTY_STATE: State = {
  messages: new Map(),
  dataKeys: new Map(),
  undelivered: [],
  serial: 0,
  cachesDataKeys: true,
  purges: new Map(),
  deletions: new Map(),
  goneKeys: new Map(),
  moveTasks: [],
  due: [],
  propagation: 'at-once',
};
