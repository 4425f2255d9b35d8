import { KMS_ACTIONS } from '../catalogue/kms-actions.js';
import type { PolicyType } from '../policy/policy.js';
import { complain, type Element, isObject, items, kindName, member, text } from '../policy/reader.js';
import { parseArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import type { ObjectNode } from '../syntax/source.js';
import { readCaller } from './caller.js';
import {
  contextAt,
  flag,
  grantAt,
  type LineReader,
  levelsAt,
  noteUnknownMembers,
  pairsAt,
  policiesAt,
  policyAt,
  textsAt,
} from './decide-line.js';
import {
  contextFrom,
  kmsCallEntries,
  principalEntries,
  regionalNames,
  regionOf,
  resourceEntries,
  snsCallEntries,
} from './derive-context.js';
import type { ApplicablePolicies, AuthorizationRequest, Caller, RequestedResource } from './request.js';

/** One request with all documents that apply to it, read and ready to be decided. */
export interface Question {
  readonly request: AuthorizationRequest;
  readonly policies: ApplicablePolicies;
}

const MEMBERS = [
  'id',
  'request',
  'identity',
  'resourcePolicy',
  'keyPolicy',
  'boundary',
  'sessionPolicy',
  'scps',
  'rcps',
  'vpcePolicy',
  'grants',
  'keyManager',
  'principalInManagementAccount',
  'resourceInManagementAccount',
  'principalIsServiceLinkedRole',
  'contextIsComplete',
];
const REQUEST_MEMBERS = [
  'principal',
  'roleArn',
  'userArn',
  'principalId',
  'action',
  'resource',
  'resourceAccount',
  'context',
  'encryptionContext',
  'grantTokens',
];

/** Reads a `decide` line; `undefined`, after complaints, when it asks nothing that can be decided. */
export function readQuestion(reader: LineReader, root: Element): Question | undefined {
  if (!isObject(root)) {
    complain(reader, root, {
      code: 'wrong-type',
      message: `the line is ${kindName(root.node)}`,
      expected: 'an object with a request',
    });
    return undefined;
  }
  noteUnknownMembers(reader, root, MEMBERS);
  const at = member(root, 'request');
  if (at === undefined || !isObject(at)) {
    complain(reader, at ?? root, {
      code: at === undefined ? 'missing-element' : 'wrong-type',
      message: at === undefined ? 'the line has no request' : `request is ${kindName(at.node)}`,
      expected: '`request`, an object with principal, action and resource',
    });
    return undefined;
  }
  noteUnknownMembers(reader, at, REQUEST_MEMBERS);
  const caller = callerAt(reader, root, at);
  const action = actionAt(reader, at);
  const resource = resourceAt(reader, at, caller, action);
  if (caller === undefined || action === undefined || resource === undefined) return undefined;
  const policies = policiesOf(reader, root, action);
  return { request: requestOf(reader, root, at, caller, action, resource), policies };
}

interface FoundText {
  readonly at: Element;
  readonly value: string;
}

function requiredText(reader: LineReader, at: Element<ObjectNode>, name: string): FoundText | undefined {
  const found = member(at, name);
  if (found === undefined) {
    complain(reader, at, { code: 'missing-element', message: `the request has no ${name}` });
    return undefined;
  }
  const value = text(reader, found, name);
  return value === undefined ? undefined : { at: found, value };
}

function optionalText(reader: LineReader, at: Element<ObjectNode>, name: string): string | undefined {
  const found = member(at, name);
  return found === undefined ? undefined : text(reader, found, name);
}

function callerAt(
  reader: LineReader,
  root: Element<ObjectNode>,
  at: Element<ObjectNode>,
): Caller | undefined {
  const found = requiredText(reader, at, 'principal');
  if (found === undefined) return undefined;
  const principal = found.value;
  const user = optionalText(reader, at, 'userArn');
  const id = optionalText(reader, at, 'principalId');
  const serviceLinked = flag(reader, root, 'principalIsServiceLinkedRole');
  const role = optionalText(reader, at, 'roleArn') ?? roleInContext(at, principal);
  const caller = readCaller(principal, {
    ...(role === undefined ? {} : { role }),
    ...(user === undefined ? {} : { user }),
    ...(id === undefined ? {} : { id }),
    ...(serviceLinked === undefined ? {} : { serviceLinked }),
  });
  if (caller === undefined) {
    complain(reader, found.at, {
      code: 'bad-principal',
      message: `${excerpt(principal)} is no caller`,
      expected:
        'the ARN of a user, session, federated user or account root, a service principal such as `sns.amazonaws.com`, or `anonymous`',
    });
  }
  return caller;
}

function statedValue(at: Element<ObjectNode>, slot: string): string | undefined {
  const context = member(at, 'context');
  if (context === undefined || !isObject(context)) return undefined;
  const found = context.node.members.find(({ key }) => key.toLowerCase() === slot)?.value;
  return found?.kind === 'string' ? found.value : undefined;
}

/** The path of a session's role, which its own ARN does not carry, may stand in aws:PrincipalArn. Another role's ARN says nothing. */
function roleInContext(at: Element<ObjectNode>, principal: string): string | undefined {
  const stated = statedValue(at, 'aws:principalarn');
  if (stated === undefined || !parseArn(stated)?.resource.startsWith('role/')) return undefined;
  return readCaller(principal, { role: stated }) === undefined ? undefined : stated;
}

function actionAt(reader: LineReader, at: Element<ObjectNode>): string | undefined {
  const found = requiredText(reader, at, 'action');
  if (found === undefined) return undefined;
  const action = found.value;
  const colon = action.indexOf(':');
  if (colon > 0 && colon < action.length - 1 && !action.includes('*') && !action.includes('?')) return action;
  complain(reader, found.at, {
    code: 'bad-action',
    message: `${excerpt(action)} is no single action`,
    expected: '`service:Action`, such as `kms:Decrypt`',
  });
  return undefined;
}

const NO_RESOURCE: RequestedResource = Object.freeze({ arn: '*' });

/** Rule: KMS-KEYLESS-IS-IAM-ONLY */
function resourceAt(
  reader: LineReader,
  at: Element<ObjectNode>,
  caller: Caller | undefined,
  action: string | undefined,
): RequestedResource | undefined {
  const found = requiredText(reader, at, 'resource');
  const given = optionalText(reader, at, 'resourceAccount');
  if (found === undefined) return undefined;
  const arn = found.value;
  if (arn === '*') return { arn };
  const parsed = parseArn(arn);
  if (parsed === undefined) {
    complain(reader, found.at, {
      code: 'bad-arn',
      message: `${excerpt(arn)} is no ARN`,
      expected: '`*`, or an ARN',
    });
    return undefined;
  }
  if (action !== undefined && KMS_ACTIONS.get(action.toLowerCase())?.resource === 'any') {
    complain(reader, found.at, {
      code: 'bad-resource',
      severity: 'warning',
      message: `${excerpt(action)} is asked about no resource: ${excerpt(arn)} is not looked at`,
      expected: '`*`',
      docs: 'KMS Developer Guide, AWS KMS permissions',
    });
    return NO_RESOURCE;
  }
  const account = given ?? (parsed.account || (statedValue(at, 'aws:resourceaccount') ?? ''));
  if (account !== '') return { arn, account };
  if (caller !== undefined && caller.kind !== 'service' && caller.kind !== 'anonymous') {
    complain(reader, at, {
      code: 'missing-element',
      severity: 'note',
      message: `${excerpt(arn)} does not show its account: taken to be the caller's own`,
      help: 'give `resourceAccount`',
    });
  }
  return { arn };
}

const RESOURCE_POLICY: ReadonlyMap<string, PolicyType> = new Map([
  ['kms', 'key'],
  ['sqs', 'queue'],
  ['sns', 'topic'],
]);

function policiesOf(reader: LineReader, root: Element<ObjectNode>, action: string): ApplicablePolicies {
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const at = (name: string): Element | undefined => {
    const found = member(root, name);
    return found?.node.kind === 'null' ? undefined : found;
  };
  const identity = at('identity');
  const resource = at('resourcePolicy') ?? at('keyPolicy');
  const boundary = at('boundary');
  const session = at('sessionPolicy');
  const scps = at('scps');
  const rcps = at('rcps');
  const endpoint = at('vpcePolicy');
  const grants = at('grants');
  const one = (found: Element | undefined, type: PolicyType, name: string) =>
    found === undefined ? undefined : policyAt(reader, found, type, name);
  const resourcePolicy = one(resource, RESOURCE_POLICY.get(service) ?? 'resource', 'resource policy');
  const permissionsBoundary = one(boundary, 'permissions-boundary', 'permissions boundary');
  const vpcEndpoint = one(endpoint, 'vpc-endpoint', 'VPC endpoint policy');
  return {
    ...(identity === undefined
      ? {}
      : { identity: policiesAt(reader, identity, 'identity', 'identity policy') }),
    ...(resourcePolicy === undefined ? {} : { resource: resourcePolicy }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    ...(session === undefined ? {} : { session: policiesAt(reader, session, 'session', 'session policy') }),
    ...(scps === undefined ? {} : { scp: levelsAt(reader, scps, 'scp', 'SCP') }),
    ...(rcps === undefined ? {} : { rcp: levelsAt(reader, rcps, 'rcp', 'RCP') }),
    ...(vpcEndpoint === undefined ? {} : { vpcEndpoint }),
    ...(grants === undefined
      ? {}
      : { grants: items(grants).flatMap((item, index) => grantAt(reader, item, index) ?? []) }),
    keyManager: optionalText(reader, root, 'keyManager')?.toLowerCase() === 'aws' ? 'aws' : 'customer',
    principalInManagementAccount: flag(reader, root, 'principalInManagementAccount') ?? false,
    resourceInManagementAccount: flag(reader, root, 'resourceInManagementAccount') ?? false,
  };
}

function requestOf(
  reader: LineReader,
  root: Element<ObjectNode>,
  at: Element<ObjectNode>,
  caller: Caller,
  action: string,
  resource: RequestedResource,
): AuthorizationRequest {
  const contextNode = member(at, 'context');
  const pairsNode = member(at, 'encryptionContext');
  const tokensNode = member(at, 'grantTokens');
  const given = contextNode === undefined ? [] : contextAt(reader, contextNode);
  const encryptionContext =
    pairsNode === undefined ? undefined : pairsAt(reader, pairsNode, 'encryptionContext');
  const complete = flag(reader, root, 'contextIsComplete') ?? false;
  const service = action.slice(0, action.indexOf(':')).toLowerCase();
  const context = complete
    ? contextFrom(given)
    : contextFrom(
        principalEntries(caller),
        resourceEntries(resource),
        regionalNames(caller, resource),
        service === 'kms' ? kmsCallEntries(caller, encryptionContext) : [],
        service === 'sns' ? snsCallEntries(caller) : [],
        [
          ['aws:SecureTransport', 'true'],
          ['aws:ViaAWSService', 'false'],
          ['aws:RequestedRegion', regionOf(resource)],
        ],
        given,
      );
  return {
    caller,
    action,
    resource,
    context,
    ...(encryptionContext === undefined ? {} : { encryptionContext }),
    ...(tokensNode === undefined ? {} : { grantTokens: textsAt(reader, tokensNode, 'the grant token') }),
  };
}
