import { readdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';

/** The case files: real situations and documented examples, each a world, steps, and a fix that worked. */
export interface CaseFile {
  readonly name: string;
  readonly cases: readonly FieldCase[];
  readonly costs?: readonly CostExample[];
  readonly attributeChecks?: readonly AttributeCheck[];
}

export interface FieldCase {
  readonly id: string;
  readonly situation: string;
  readonly world: RawWorld;
  readonly steps: readonly RawStep[];
  readonly fix?: { readonly set: readonly Assignment[] };
  readonly stepsAfterFix?: readonly RawStep[];
}

/** Attributes that somebody sets on a queue, and what becomes of its encryption. */
export interface AttributeCheck {
  readonly id: string;
  readonly op: string;
  readonly attributes: Named<string>;
  readonly expect: 'ok' | 'denied';
  readonly error?: {
    readonly code: string;
    readonly at: string;
    readonly http?: number;
    readonly message?: string;
  };
  readonly effective?: {
    readonly sse: string;
    readonly key?: string;
    readonly dataKeyReusePeriodSeconds?: number;
  };
}

export interface CostExample {
  readonly id: string;
  readonly B: number;
  readonly queues: readonly {
    readonly D: number;
    readonly P: number;
    readonly C: number;
    readonly R: number;
  }[];
  readonly total: number;
}

/** One path of the raw world gets another value; without `value` what stands there goes away. */
interface Assignment {
  readonly path: readonly string[];
  readonly value?: unknown;
}

type Named<T> = Readonly<Record<string, T>>;

export interface RawWorld {
  readonly accounts?: Named<{ org?: string; scps?: readonly unknown[]; rcps?: readonly unknown[] }>;
  readonly principals?: Named<RawPrincipal>;
  readonly keys?: Named<RawKey>;
  readonly queues?: Named<RawQueue>;
  readonly topics?: Named<{
    arn: string;
    subscriptions?: readonly { protocol?: string; queue?: string; endpoint?: string }[];
    kmsMasterKeyId?: string;
    policy?: unknown;
  }>;
  readonly buckets?: Named<{ arn: string; owner?: string; policy?: unknown }>;
  readonly rules?: Named<{
    arn: string;
    targets?: readonly (string | { queue?: string; arn?: string })[];
    deadLetterQueue?: string;
  }>;
  readonly functions?: Named<{ arn: string; role: string }>;
  readonly vpcEndpoints?: Named<{ service: string; vpc?: string; policy?: unknown }>;
}

export interface RawPrincipal {
  readonly arn: string;
  readonly roleArn?: string;
  readonly policies?: readonly unknown[];
  readonly boundary?: unknown;
  readonly tags?: Named<string>;
}

export interface RawKey {
  readonly arn: string;
  readonly aliases?: readonly string[];
  readonly manager?: 'CUSTOMER' | 'AWS';
  readonly state?: string;
  readonly policy?: unknown;
  readonly grants?: readonly unknown[];
  readonly origin?: string;
  readonly spec?: string;
  readonly usage?: string;
  readonly multiRegion?: 'PRIMARY' | 'REPLICA';
  readonly tags?: Named<string>;
}

export interface RawQueue {
  readonly arn: string;
  readonly attributes?: {
    readonly KmsMasterKeyId?: string;
    readonly KmsDataKeyReusePeriodSeconds?: string;
    readonly SqsManagedSseEnabled?: string;
    readonly Policy?: unknown;
    readonly RedrivePolicy?: string | RawRedrive;
    readonly RedriveAllowPolicy?: string | { redrivePermission: string; sourceQueueArns?: readonly string[] };
    readonly VisibilityTimeout?: string;
    readonly DelaySeconds?: string;
  };
  readonly tags?: Named<string>;
  readonly messages?: readonly {
    readonly id: string;
    readonly encryptedWith?: string;
    readonly encryptionContextQueue?: string;
    /** The queue that it was moved from, by name or ARN. */
    readonly movedFrom?: string;
  }[];
}

export interface RawRedrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number | string;
}

/** Parameters of a call: texts, lists and mappings under AWS's names; of `sqs:SetQueueAttributes`, the attributes. */
export type RawParameters = Named<RawParameter>;
export type RawParameter =
  | string
  | number
  | boolean
  | readonly RawParameter[]
  | { readonly [name: string]: RawParameter };

export interface RawService {
  readonly service: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

export interface RawStep {
  readonly op: string;
  /** A principal or function of the world, an ARN, `anonymous`, or a service principal with the resource it acts for. */
  readonly by: string | RawService;
  /** A thing of the world; `*` where the parameters alone say what the call is about. */
  readonly on: string;
  /** The name of the thing that the call makes. */
  readonly makes?: string;
  readonly expect: 'ok' | 'denied';
  readonly error?: {
    readonly code: string;
    readonly at: string;
    readonly http?: number;
    readonly message?: string;
    readonly cause?: { readonly code: string; readonly at: string };
  };
  readonly deniedBy?: string;
  readonly kmsAction?: string;
  /** What the key's owner reads in CloudTrail. */
  readonly cloudTrail?: {
    readonly userIdentity: { readonly accountId: string; readonly invokedBy: string };
    readonly eventName: string;
    readonly awsRegion: string;
    readonly requestParameters: { readonly encryptionContext: Named<string> };
    readonly resources: readonly { readonly accountId: string; readonly ARN: string }[];
  };
  readonly context?: Named<string | readonly string[] | Named<string>>;
  readonly params?: RawParameters;
}

/** The case files beside this one, and those that GAINSAY_FIELD_CASES names. */
export function caseFiles(): readonly CaseFile[] {
  const here = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.json'));
  const named = (process.env.GAINSAY_FIELD_CASES ?? '').split(delimiter).filter((path) => path !== '');
  return [
    ...here.sort().map((name) => ({ name, ...read(new URL(name, import.meta.url)) })),
    ...named.map((path) => ({ name: path, ...readNamed(path) })),
  ];
}

function read(path: string | URL): Omit<CaseFile, 'name'> {
  return JSON.parse(readFileSync(path, 'utf8')) as Omit<CaseFile, 'name'>;
}

/** A file that somebody names must be there and hold cases: a slip in its name or in the file is no pass. */
export function readNamed(path: string): Omit<CaseFile, 'name'> {
  const refuse = (why: string): never => {
    throw new Error(`GAINSAY_FIELD_CASES names ${path}, which ${why}`);
  };
  let text: string;
  let read: unknown;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return refuse('cannot be read');
  }
  try {
    read = JSON.parse(text);
  } catch (error) {
    return refuse(`is no JSON: ${String(error)}`);
  }
  const cases: unknown = isObject(read) ? read.cases : undefined;
  if (!Array.isArray(cases) || cases.length === 0) return refuse('holds no list of cases');
  cases.forEach((one: unknown, index) => {
    const flaw = flawOf(one);
    if (flaw !== undefined) refuse(`has a bad case ${index + 1}: ${flaw}`);
  });
  return read as Omit<CaseFile, 'name'>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flawOf(one: unknown): string | undefined {
  if (!isObject(one) || typeof one.id !== 'string') return 'it has no id';
  if (!isObject(one.world)) return `${one.id} has no world`;
  const steps = [one.steps, one.stepsAfterFix ?? []];
  if (!Array.isArray(one.steps) || one.steps.length === 0) return `${one.id} has no steps`;
  const bad = steps.flat().find((step) => !isStep(step));
  return bad === undefined ? undefined : `${one.id} has the bad step ${JSON.stringify(bad)}`;
}

function isStep(step: unknown): boolean {
  return (
    isObject(step) &&
    typeof step.op === 'string' &&
    (typeof step.by === 'string' || isObject(step.by)) &&
    typeof step.on === 'string' &&
    (step.expect === 'ok' || step.expect === 'denied')
  );
}

/** A copy of the raw world with the fix made. */
export function fixed(world: RawWorld, assignments: readonly Assignment[]): RawWorld {
  const copy = structuredClone(world) as Record<string, unknown>;
  for (const { path, value } of assignments) {
    let at = copy;
    for (const name of path.slice(0, -1)) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    const last = path.at(-1) ?? '';
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return copy;
}
