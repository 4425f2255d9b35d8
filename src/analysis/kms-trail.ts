import { accountOf } from '../evaluator/principal.js';
import type { AuthorizationRequest, Caller } from '../evaluator/request.js';
import type { Asked, Outcome, Refusal } from '../replay/outcome.js';
import { callerName, kmsDenialSentence, kmsErrorIn } from '../services/denial.js';
import { isoInstant } from '../syntax/date.js';
import { serviceOf } from '../world/call.js';
import { isDirect, kmsAsked, refusedUnasked } from './kms-requests.js';

/** What CloudTrail records of one request to KMS, as far as it follows from a replay; ids are left out. */
export interface KmsTrailRecord {
  /** On the virtual clock. */
  readonly eventTime: string;
  readonly eventSource: 'kms.amazonaws.com';
  readonly eventName: string;
  readonly awsRegion: string;
  /** The service that calls for somebody; for direct calls the address, where it is known. */
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  readonly userIdentity: TrailIdentity;
  readonly requestParameters: {
    readonly encryptionAlgorithm?: string;
    readonly encryptionContext?: Readonly<Record<string, string>>;
  };
  readonly resources: readonly {
    readonly accountId: string;
    readonly type: 'AWS::KMS::Key';
    readonly ARN: string;
  }[];
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** In whose trail it stands. */
  readonly recipientAccountId: string;
}

export interface TrailIdentity {
  readonly type: 'IAMUser' | 'AssumedRole' | 'FederatedUser' | 'Root' | 'AWSService' | 'AWSAccount';
  readonly arn?: string;
  readonly accountId?: string;
  readonly invokedBy?: string;
}

/**
 * The records of all requests that a call made to KMS, its hops included, in order: one in the trail of the caller's account and, where the
 * key is another account's, one in the trail of that account, which shows of the caller only the account. A data key from the cache, and
 * SSE-SQS, leave no record. Page: KMS Developer Guide, Logging AWS KMS API calls with AWS CloudTrail. Rule: ANSWER-KMS-TRAIL
 */
export function kmsTrail(outcome: Outcome): readonly KmsTrailRecord[] {
  const own = kmsAsked(outcome);
  const records = isDirect(outcome)
    ? own.slice(0, 1).flatMap((first) => recordsOf(outcome, askedRequest(outcome, first, own)))
    : own.flatMap((asked) => recordsOf(outcome, askedRequest(outcome, asked, [asked])));
  const unasked = refusedUnasked(outcome);
  if (unasked !== undefined) records.push(...recordsOf(outcome, unaskedRequest(outcome, unasked)));
  const children = outcome.hops.flatMap((hop) => [
    ...kmsTrail(hop.outcome),
    ...(hop.deadLetter === undefined ? [] : kmsTrail(hop.deadLetter.outcome)),
  ]);
  return [...records, ...children];
}

/** One request to KMS, as far as a record says something of it. */
interface Made {
  readonly caller: Caller;
  readonly action: string;
  readonly region: string;
  /** The service that makes it: for the caller, or as itself. */
  readonly by: string | undefined;
  readonly context: AuthorizationRequest['encryptionContext'];
  /** The account of each key, by its ARN. */
  readonly keys: ReadonlyMap<string, string>;
  readonly error: Pick<KmsTrailRecord, 'errorCode' | 'errorMessage'>;
}

function askedRequest(outcome: Outcome, first: Asked, all: readonly Asked[]): Made {
  const { request } = first.ask;
  const direct = isDirect(outcome);
  const keys = all.flatMap(({ ask }): (readonly [string, string])[] => {
    const { arn, account = '' } = ask.request.resource;
    return arn === '*' ? [] : [[arn, account]];
  });
  return {
    caller: request.caller,
    action: direct ? outcome.call.api : request.action,
    region: regionOf(request.resource.arn),
    by: direct ? undefined : servedBy(request.caller, request.through?.service),
    context: request.encryptionContext,
    keys: new Map(keys),
    error: errorOf(outcome, all),
  };
}

/** A request that KMS refused before it looked at a policy. */
function unaskedRequest(outcome: Outcome, refusal: Refusal): Made {
  const { call, world } = outcome;
  const { code, message } = kmsErrorIn(refusal.error);
  const key = world.estate.keys.get(refusal.on)?.arn;
  const direct = isDirect(outcome);
  return {
    caller: call.caller,
    action: direct ? call.api : refusal.at,
    region: key?.region ?? regionOf(refusal.on),
    by: direct ? undefined : servedBy(call.caller, serviceOf(call)),
    context: undefined,
    keys: new Map(key === undefined ? [] : [[key.text, key.account]]),
    error: { errorCode: code, errorMessage: message },
  };
}

function recordsOf(outcome: Outcome, made: Made): KmsTrailRecord[] {
  const { caller, action, region, by, context, keys, error } = made;
  const own = accountOf(caller);
  const eventName = action.slice('kms:'.length);
  const from = by ?? outcome.call.path.sourceIp;
  const record = (userIdentity: TrailIdentity, recipientAccountId: string): KmsTrailRecord => ({
    eventTime: isoInstant(outcome.at).replace('.000Z', 'Z'),
    eventSource: 'kms.amazonaws.com',
    eventName,
    awsRegion: region,
    ...(from === undefined ? {} : { sourceIPAddress: from }),
    ...(by === undefined ? {} : { userAgent: by }),
    userIdentity,
    requestParameters: {
      ...(eventName === 'Decrypt' ? { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' } : {}),
      ...(context === undefined || context.size === 0
        ? {}
        : { encryptionContext: Object.fromEntries(context) }),
    },
    resources: [...keys].map(([ARN, accountId]) => ({ accountId, type: 'AWS::KMS::Key', ARN })),
    ...error,
    recipientAccountId,
  });
  const invoked = by === undefined ? {} : { invokedBy: by };
  const records = own === undefined ? [] : [record({ ...identityOf(caller, own), ...invoked }, own)];
  for (const account of new Set(keys.values())) {
    if (account === own || account === '') continue;
    const seen: TrailIdentity =
      own === undefined
        ? { type: caller.kind === 'service' ? 'AWSService' : 'AWSAccount' }
        : { type: 'AWSAccount', accountId: own };
    records.push(record({ ...seen, ...invoked }, account));
  }
  return records;
}

/** The service that asks KMS: for an IAM principal, or as itself. */
function servedBy(caller: Caller, through: string | undefined): string | undefined {
  if (caller.kind === 'service') return caller.host;
  return through === undefined ? undefined : `${through}.amazonaws.com`;
}

function regionOf(arn: string): string {
  return arn.split(':', 4)[3] ?? '';
}

const TYPES = {
  user: 'IAMUser',
  session: 'AssumedRole',
  federatedUser: 'FederatedUser',
  root: 'Root',
  service: 'AWSService',
  anonymous: 'AWSAccount',
} as const satisfies Readonly<Record<Caller['kind'], TrailIdentity['type']>>;

function identityOf(caller: Caller, accountId: string): TrailIdentity {
  return { type: TYPES[caller.kind], arn: callerName(caller), accountId };
}

/** KMS's own code and words, whatever the service in between made of them. */
function errorOf(
  { refusal, call }: Outcome,
  all: readonly Asked[],
): Pick<KmsTrailRecord, 'errorCode' | 'errorMessage'> {
  if (refusal === undefined) return {};
  const last = all.at(-1);
  if (refusal.asked !== undefined) {
    const denied = all.find((asked) => asked === refusal.asked);
    if (denied === undefined) return {};
    const { request } = denied.ask;
    const errorMessage = kmsDenialSentence({
      caller: request.caller,
      action: request.action,
      keyArn: request.resource.arn,
      keyAccount: request.resource.account ?? '',
      verdict: denied.verdict,
      ciphertext: request.action === 'kms:Decrypt',
      passedOn: false,
    });
    return { errorCode: 'AccessDenied', errorMessage };
  }
  const isThisOne =
    serviceOf(call) === 'kms' || (last?.ask.request.action === refusal.at && last.ask.on === refusal.on);
  if (!isThisOne || refusal.check === undefined) return {};
  const { code, message } = kmsErrorIn(refusal.error);
  return { errorCode: code, errorMessage: message };
}
