import fc from 'fast-check';
import { kmsAction } from '../catalogue/kms-actions.js';
import { parseArn } from '../syntax/arn.js';
import { action as anyAction } from './action.js';
import { callerText } from './caller.js';
import { perhaps, some } from './choice.js';
import { type ContextDocument, circumstances, contextOf } from './circumstances.js';
import { type GrantDocument, grant } from './grant.js';
import { arn } from './names.js';
import { policyDocument, simplestDocument } from './policy-document.js';
import type { FuzzOptions } from './vocabulary.js';

/** One self-contained request with all that applies to it, as `decide` and the matchers take it. */
export interface QuestionLine {
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string;
    readonly context?: ContextDocument;
    readonly encryptionContext?: Readonly<Record<string, string>>;
  };
  readonly identity?: readonly unknown[];
  readonly resourcePolicy?: unknown;
  readonly boundary?: unknown;
  readonly sessionPolicy?: readonly unknown[];
  readonly scps?: readonly (readonly unknown[])[];
  readonly rcps?: readonly (readonly unknown[])[];
  readonly vpcePolicy?: unknown;
  readonly grants?: readonly GrantDocument[];
}

/** Something fixed, or an arbitrary to draw it from. */
export type Given<T> = T | fc.Arbitrary<T>;

/**
 * What is given is not made up: one's own policies and queue, say, while callers and context are drawn. `null` leaves a
 * layer out.
 */
export interface QuestionOptions extends FuzzOptions {
  readonly principal?: Given<string>;
  readonly action?: Given<string>;
  readonly resource?: Given<string>;
  /** Over the context that is made up. */
  readonly context?: Given<ContextDocument>;
  /** A list of documents or their texts. */
  readonly identity?: Given<readonly unknown[] | null>;
  /** The policy of the queue, key or topic. */
  readonly resourcePolicy?: Given<unknown>;
  readonly boundary?: Given<unknown>;
  readonly sessionPolicy?: Given<readonly unknown[] | null>;
  /** Levels from the organization's root down, each a list of documents. */
  readonly scps?: Given<Levels | null>;
  readonly rcps?: Given<Levels | null>;
  readonly vpcePolicy?: Given<unknown>;
  readonly grants?: Given<readonly GrantDocument[] | null>;
  /** Whether some condition keys may be not known, which leaves some answers open. */
  readonly unknown?: boolean;
}

/**
 * One request with all documents that apply to it, as a plain value that `decide` reads without complaint: what is not
 * given is drawn, and the context is one that such a caller could have. A counterexample can be kept as it is, as JSON.
 */
export function question(options: QuestionOptions = {}): fc.Arbitrary<QuestionLine> {
  const identity = some(policyDocument('identity', options), 2, simplestDocument('identity', options));
  const session = policyDocument('session', options).map((document) => [document]);
  const levels = (type: 'scp' | 'rcp') => {
    const level = policyDocument(type, options).map((document) => [document]);
    return some(level, 2, [simplestDocument(type, options)]);
  };
  return fc
    .record({
      principal: given(options.principal, callerText(options)),
      action: given(options.action, anyAction(options)),
      resource: given<string | undefined>(options.resource, fc.constant(undefined)),
      queue: arn('sqs', options),
      key: arn('kms', options),
      topic: arn('sns', options),
      made: circumstances(options),
      context: given<ContextDocument>(options.context, fc.constant({})),
      identity: given<readonly unknown[] | null | undefined>(options.identity, perhaps(85, identity)),
      own: given<unknown>(options.resourcePolicy, fc.constant(undefined)),
      queuePolicy: perhaps(70, policyDocument('queue', options)),
      keyPolicy: perhaps(90, policyDocument('key', options)),
      topicPolicy: perhaps(60, policyDocument('topic', options)),
      boundary: given<unknown>(
        options.boundary,
        perhaps(15, policyDocument('permissions-boundary', options)),
      ),
      sessionPolicy: given<readonly unknown[] | null | undefined>(
        options.sessionPolicy,
        perhaps(12, session),
      ),
      scps: given<Levels | null | undefined>(options.scps, perhaps(15, levels('scp'))),
      rcps: given<Levels | null | undefined>(options.rcps, perhaps(12, levels('rcp'))),
      vpcePolicy: given<unknown>(options.vpcePolicy, perhaps(8, policyDocument('vpc-endpoint', options))),
      grants: given<readonly GrantDocument[] | null | undefined>(
        options.grants,
        perhaps(30, fc.uniqueArray(grant(options), { selector: ({ id }) => id, maxLength: 2 })),
      ),
    })
    .map((drawn) => lineOf(drawn, options));
}

type Levels = readonly (readonly unknown[])[];

function given<T>(fixed: Given<T> | undefined, otherwise: fc.Arbitrary<T>): fc.Arbitrary<T> {
  if (fixed === undefined) return otherwise;
  return isArbitrary(fixed) ? fixed : fc.constant(fixed);
}

/** Known by what it can do, so that an arbitrary of another copy of fast-check is one as well. */
function isArbitrary<T>(value: Given<T>): value is fc.Arbitrary<T> {
  return typeof value === 'object' && value !== null && 'generate' in value && 'shrink' in value;
}

interface Drawn {
  readonly principal: string;
  readonly action: string;
  readonly resource: string | undefined;
  readonly queue: string;
  readonly key: string;
  readonly topic: string;
  readonly made: Parameters<typeof contextOf>[1];
  readonly context: ContextDocument;
  readonly own: unknown;
  readonly queuePolicy: unknown;
  readonly keyPolicy: unknown;
  readonly topicPolicy: unknown;
  readonly identity: readonly unknown[] | null | undefined;
  readonly boundary: unknown;
  readonly sessionPolicy: readonly unknown[] | null | undefined;
  readonly scps: Levels | null | undefined;
  readonly rcps: Levels | null | undefined;
  readonly vpcePolicy: unknown;
  readonly grants: readonly GrantDocument[] | null | undefined;
}

/** Only members that say something, so that a counterexample is as short as what it shows. */
function lineOf(drawn: Drawn, options: QuestionOptions): QuestionLine {
  const { principal, action } = drawn;
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const [ownArn, ownPolicy] = resourceFor(service, drawn);
  const resource = drawn.resource ?? ownArn;
  const isIdentity = parseArn(principal) !== undefined;
  // The root user has no policies of its own.
  const hasPolicies = isIdentity && !principal.endsWith(':root');
  const asker = { principal, action, resource };
  const context = { ...contextOf(asker, drawn.made, options), ...drawn.context };
  const usesSqs = service === 'kms' && drawn.made.throughSqs;
  const isSession = parseArn(principal)?.service === 'sts';
  const viaEndpoint = context['aws:SourceVpce'] !== undefined;
  const resourcePolicy = options.resourcePolicy === undefined ? ownPolicy : drawn.own;
  return {
    request: {
      ...asker,
      ...(Object.keys(context).length === 0 ? {} : { context }),
      ...(usesSqs ? { encryptionContext: { 'aws:sqs:arn': drawn.queue } } : {}),
    },
    ...(hasPolicies ? present('identity', drawn.identity) : {}),
    ...present('resourcePolicy', resourcePolicy),
    ...(hasPolicies ? present('boundary', drawn.boundary) : {}),
    ...(isSession ? present('sessionPolicy', drawn.sessionPolicy) : {}),
    ...(isIdentity ? present('scps', drawn.scps) : {}),
    ...present('rcps', drawn.rcps),
    ...(viaEndpoint ? present('vpcePolicy', drawn.vpcePolicy) : {}),
    ...(service === 'kms' ? present('grants', drawn.grants) : {}),
  };
}

function resourceFor(service: string, drawn: Drawn): readonly [arn: string, policy: unknown] {
  switch (service) {
    case 'sqs':
      return [drawn.queue, drawn.queuePolicy];
    case 'kms':
      return kmsAction(drawn.action)?.resource === 'any' ? ['*', undefined] : [drawn.key, drawn.keyPolicy];
    case 'sns':
      return [drawn.topic, drawn.topicPolicy];
    default:
      return ['*', undefined];
  }
}

function present<K extends keyof QuestionLine>(
  name: K,
  value: QuestionLine[K] | null,
): Partial<QuestionLine> {
  return value === undefined || value === null ? {} : { [name]: value };
}
