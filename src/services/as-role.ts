import { type Call, PUBLIC_ENDPOINT } from '../world/call.js';
import type { Principal } from '../world/world.js';

/**
 * A service calling with a role that it was given: the role is the caller, at KMS too, and the network is the
 * service's own. Rules: SCHEDULER-SENDS-AS-ITS-ROLE, PIPES-ACT-AS-THEIR-ROLE, INTEGRATIONS-SEND-AS-THEIR-ROLE,
 * HOOKS-SEND-AS-THEIR-ROLE, LAMBDA-POLLS-AS-ITS-ROLE, LAMBDA-FAILURES-AS-ITS-ROLE
 */
export function asRole(
  role: Principal,
  api: string,
  on: string,
  parameters: Call['parameters'] = new Map(),
): Call {
  return {
    api,
    caller: role.caller,
    principal: role,
    path: PUBLIC_ENDPOINT,
    on,
    parameters,
    context: [['aws:SourceIp', undefined]],
  };
}
