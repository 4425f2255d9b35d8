import type { PolicyType } from '../policy/policy.js';
import { scalarText } from '../syntax/scalar.js';
import type { Call, Parameter } from '../world/call.js';
import { checkParameters } from './check-parameters.js';
import type { Loader } from './loader.js';
import { itemsOf, membersOf, type Spot } from './spot.js';

type Given = ReadonlyMap<string, Spot> | undefined;

/** The parameters of a call as they were given, and the policy among them, read for the service that keeps it. */
export function buildParameters(
  loader: Loader,
  api: string,
  given: Given,
): Pick<Call, 'parameters' | 'policy'> {
  checkParameters(loader, api, given);
  const parameters = new Map<string, Parameter>();
  for (const [name, spot] of given ?? []) {
    const value = parameterOf(spot);
    if (value !== undefined) parameters.set(name, value);
  }
  const spot = policyAmong(api, given);
  if (spot === undefined || scalarText(spot.node) === '') return { parameters };
  const type: PolicyType = api.startsWith('kms:') ? 'key' : 'queue';
  const policy = loader.policyToSubmit(spot, type, `the policy that ${api} sets`);
  return policy === undefined ? { parameters } : { parameters, policy };
}

/** `Policy` of a KMS call, and the attribute `Policy` of a queue. */
function policyAmong(api: string, given: Given): Spot | undefined {
  if (api.startsWith('kms:')) return given?.get('Policy');
  if (api !== 'sqs:SetQueueAttributes' && api !== 'sqs:CreateQueue') return undefined;
  const attributes = given?.get('Attributes');
  if (attributes === undefined) return undefined;
  return membersOf(attributes)?.find(({ key }) => key === 'Policy')?.value;
}

/** The text of a parameter, where it is given and holds one. */
export function textGiven(given: Given, name: string): string | undefined {
  const spot = given?.get(name);
  return spot === undefined ? undefined : scalarText(spot.node);
}

/** Nothing stands for `null`, as for a parameter that is left out. */
function parameterOf(spot: Spot): Parameter | undefined {
  const text = scalarText(spot.node);
  if (text !== undefined) return text;
  const items = itemsOf(spot);
  if (items !== undefined) return items.flatMap((item) => parameterOf(item) ?? []);
  const members = membersOf(spot);
  if (members === undefined) return undefined;
  return new Map(
    members.flatMap(({ key, value }) => {
      const inner = parameterOf(value);
      return inner === undefined ? [] : [[key, inner] as const];
    }),
  );
}
