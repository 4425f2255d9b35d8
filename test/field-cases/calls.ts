import type { ContextValue } from '../../src/conditions/context.js';
import { readCaller } from '../../src/evaluator/caller.js';
import { principalArn } from '../../src/evaluator/derive-context.js';
import { accountOf } from '../../src/evaluator/principal.js';
import { planDelivery } from '../../src/services/delivery.js';
import { eventDelivery } from '../../src/services/events.js';
import { codeOf } from '../../src/services/lambda.js';
import { type Plan, unchanged } from '../../src/services/plan.js';
import { planCall } from '../../src/services/plan-call.js';
import { notificationOf, planNotificationConfiguration } from '../../src/services/s3.js';
import { deliveryOf } from '../../src/services/sns.js';
import { type Call, type Parameter, PUBLIC_ENDPOINT } from '../../src/world/call.js';
import type { Bucket, LambdaFunction, Principal, World } from '../../src/world/world.js';
import { arnOf } from './adapter.js';
import type { RawParameter, RawService, RawStep } from './case-format.js';

/** What one step of a case asks, as a plan over the case's world. */
export function planOf(world: World, step: RawStep): Plan {
  const { op, by, on } = step;
  if (typeof by !== 'string') return planOfService(world, by, step);
  switch (op) {
    case 'lambda:Poll': {
      const lambda = functionOf(world, by);
      return planCall(mappedTo(world, lambda, on), { ...asRole(world, lambda.role, by), api: op });
    }
    case 'lambda:CreateEventSourceMapping': {
      const lambda = functionOf(world, String(step.params?.function ?? ''));
      const asked: Call = { ...asRole(world, lambda.role, lambda.name), api: op };
      const plan = planCall(mappedTo(world, lambda, on), asked);
      // Who configures the function is not part of these cases.
      return { ...plan, steps: plan.steps.slice(1) };
    }
    case 'lambda:SendToDlq':
      return planCall(world, asRole(world, functionOf(world, by).role, on));
    case 'scheduler:SendToDlq':
      return planCall(world, asRole(world, by, on));
    case 'delivery:SendMessage': {
      const kind = world.estate.functions.has(by) ? 'function' : 'source';
      const plan = planDelivery(world, { kind, name: by }, on);
      if (plan === undefined) throw new Error(`the case has no source ${by}`);
      return plan;
    }
    case 'pipes:Poll':
      return planCall(world, { ...asRole(world, sourceRole(world, by), by), api: op });
    default:
      return planCall(world, asPrincipal(world, by, step));
  }
}

/** The world with the function polling that queue. */
function mappedTo(world: World, lambda: LambdaFunction, polls: string): World {
  const functions = new Map([[lambda.name, { ...lambda, polls }]]);
  return { ...world, estate: { ...world.estate, functions } };
}

/** A service at work for a resource: it delivers, or it tries the destination of a bucket's notifications. */
function planOfService(world: World, by: RawService, step: RawStep): Plan {
  if (step.op === 'sns:Publish') return planCall(world, { ...serviceCall(by, step.on), api: step.op });
  if (step.op !== 's3:PutBucketNotificationConfiguration') return planCall(world, serviceCall(by, step.on));
  const region = world.estate.queues.get(step.on)?.arn.region ?? '';
  const bucket: Bucket = { ...bucketOf(by), region, notifications: [{ queue: step.on }] };
  const buckets = new Map([[bucket.name, bucket]]);
  const asked: Call = { ...serviceCall(by, bucket.name), api: step.op };
  const plan = planNotificationConfiguration({ ...world, estate: { ...world.estate, buckets } }, asked);
  // Who configures the bucket is not part of these cases.
  return { ...plan, steps: plan.steps.filter((each) => each.do === 'call'), effect: unchanged };
}

/** The call that a service principal makes, put together from nothing but what the case says. */
export function serviceCall(by: RawService, on: string): Call {
  return {
    api: 'sqs:SendMessage',
    caller: { kind: 'service', host: by.service },
    ...sourceOf(by),
    path: PUBLIC_ENDPOINT,
    on,
    parameters: new Map(),
    context: [],
  };
}

/** What a service acts for; of a resource whose ARN shows its account, the account need not be said. */
function sourceOf({ sourceArn, sourceAccount }: RawService): Pick<Call, 'source'> {
  if (sourceArn === undefined) return {};
  const { account, region } = arnOf(sourceArn);
  return { source: { arn: sourceArn, account: sourceAccount ?? account, region } };
}

/** The same call as the service itself makes it; `undefined` where a case lets a service act for another's resource. */
export function ownCall(world: World, by: RawService, on: string): Call | undefined {
  if (by.sourceArn === undefined) return undefined;
  const arn = arnOf(by.sourceArn);
  if (by.service.split('.')[0] !== arn.service) return undefined;
  const queue = world.estate.queues.get(on);
  switch (arn.service) {
    case 'sns':
      return queue && deliveryOf(world, { name: arn.resource, arn, subscriptions: [], tags: new Map() }, on);
    case 'events':
      return eventDelivery(world, { name: arn.resource, arn, targets: [] }, { queue: on });
    default:
      return notificationOf(bucketOf(by), on);
  }
}

function bucketOf({ sourceArn, sourceAccount }: RawService): Bucket {
  const arn = arnOf(sourceArn ?? 'arn:aws:s3:::bucket');
  const { resource: name, region } = arn;
  return { name, arn, account: sourceAccount ?? '', region, notifications: [] };
}

/** A service sends with a role that it was given, from a network of its own. */
function asRole(world: World, role: string, on: string): Call {
  const principal = principalNamed(world, role);
  return {
    api: 'sqs:SendMessage',
    caller: principal.caller,
    principal,
    path: PUBLIC_ENDPOINT,
    on,
    parameters: new Map(),
    context: [['aws:SourceIp', undefined]],
  };
}

function sourceRole(world: World, name: string): string {
  const role = world.estate.sources.get(name)?.role;
  if (role === undefined) throw new Error(`the case has no source ${name} with a role`);
  return role;
}

/** A principal, or the code of a function. */
function asPrincipal(world: World, by: string, step: RawStep): Call {
  const lambda = world.estate.functions.get(by);
  const asker = askerNamed(world, lambda?.role ?? by);
  const { principal } = asker;
  const context: (readonly [string, ContextValue | undefined])[] = [
    ...(lambda === undefined || principal === undefined ? [] : codeOf(lambda, principal).context),
  ];
  const parameters = parametersOf(world, step, asker.caller);
  let path = PUBLIC_ENDPOINT;
  for (const [key, value] of Object.entries(step.context ?? {})) {
    if (key === 'encryptionContext') {
      parameters.set('EncryptionContext', new Map(Object.entries(value)));
    } else if (typeof value === 'string' && key === 'aws:SourceVpce') path = { ...path, endpoint: value };
    else if (typeof value === 'string' && key === 'aws:SourceIp') path = { ...path, sourceIp: value };
    else if (key === 'aws:SecureTransport') path = { ...path, tls: value !== 'false' };
    else if (typeof value === 'string' || Array.isArray(value)) context.push([key, value]);
  }
  const region = homeOf(world);
  return {
    api: step.op,
    ...asker,
    path,
    ...(step.on === '*' ? {} : { on: step.on }),
    ...(step.makes === undefined ? {} : { makes: step.makes }),
    region,
    parameters,
    context,
  };
}

/** Calls on nothing go where the queues are. */
function homeOf(world: World): string {
  const [queue] = world.estate.queues.values();
  return queue?.arn.region ?? 'us-east-1';
}

/** Parameters of their own, of calls whose other parameters are attributes of the queue. */
const OWN_PARAMETERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['sqs:SetQueueAttributes', ['QueueUrl', 'Attributes']],
  ['sqs:CreateQueue', ['QueueName', 'Attributes', 'tags']],
]);

function parametersOf(
  world: World,
  { op, params = {} }: RawStep,
  caller: Principal['caller'],
): Map<string, Parameter> {
  const own = OWN_PARAMETERS.get(op);
  if (own !== undefined) {
    const entries = Object.entries(params).map(([name, value]) => [name, parameterOf(value)] as const);
    const attributes = entries.filter(([name]) => !own.includes(name));
    return new Map([
      ...(attributes.length === 0 ? [] : [['Attributes', new Map(attributes)] as const]),
      ...entries.filter(([name]) => own.includes(name)),
    ]);
  }
  // Without parameters, the permission alone is asked about.
  if (op === 'sqs:AddPermission' && Object.keys(params).length === 0) {
    return new Map<string, Parameter>([
      ['Label', 'somebody'],
      ['AWSAccountIds', [accountOf(caller) ?? '']],
      ['Actions', ['SendMessage']],
    ]);
  }
  return new Map(
    Object.entries(params).map(([name, value]) => {
      if (name === 'destination' && typeof value === 'string')
        return ['DestinationArn', world.estate.queues.get(value)?.arn.text ?? value];
      return [name, parameterOf(value)];
    }),
  );
}

function parameterOf(raw: RawParameter): Parameter {
  if (typeof raw !== 'object') return String(raw);
  if (Array.isArray(raw)) return raw.map(parameterOf);
  return new Map(Object.entries(raw).map(([name, value]) => [name, parameterOf(value)]));
}

/** A principal by its name or ARN; an ARN that the case does not define is somebody without policies. */
function askerNamed(world: World, by: string): Pick<Call, 'caller' | 'principal'> {
  const known = [...world.estate.principals.values()].find(
    ({ name, caller }) => name === by || principalArn(caller) === by,
  );
  if (known !== undefined) return { caller: known.caller, principal: known };
  if (by === 'anonymous') return { caller: { kind: 'anonymous' } };
  const caller = readCaller(by);
  if (caller === undefined) throw new Error(`the case has no principal ${by}`);
  return { caller, principal: { name: by, caller, identity: [], tags: new Map() } };
}

function principalNamed(world: World, name: string): Principal {
  const principal = world.estate.principals.get(name);
  if (principal === undefined) throw new Error(`the case has no principal ${name}`);
  return principal;
}

function functionOf(world: World, name: string): LambdaFunction {
  const lambda = world.estate.functions.get(name);
  if (lambda === undefined) throw new Error(`the case has no function ${name}`);
  return lambda;
}
