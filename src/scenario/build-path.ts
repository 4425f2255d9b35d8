import { excerpt } from '../syntax/excerpt.js';
import type { NetworkPath } from '../world/call.js';
import type { Estate } from '../world/world.js';
import type { Loader } from './loader.js';
import type { ReadStep } from './read-step.js';
import { refuse } from './spot.js';

/** How a call reaches its service. An endpoint belongs to one service, and that of SQS takes HTTPS only. */
export function buildPath(
  loader: Loader,
  estate: Estate,
  { through, from, tls = true, spot }: ReadStep<'call'>,
  api: string,
): NetworkPath {
  const service = api.slice(0, api.indexOf(':'));
  const endpoint = through === undefined ? undefined : estate.endpoints.get(through.value);
  if (through !== undefined && endpoint !== undefined && endpoint.service !== service) {
    refuse(loader, through.spot, {
      code: 'conflicting-elements',
      message: `${excerpt(through.value)} is an endpoint of ${excerpt(endpoint.service)}, which ${excerpt(api)} does not pass`,
      expected: `an endpoint of \`${service}\`, or none`,
    });
  }
  if (through !== undefined && !tls && service === 'sqs') {
    refuse(loader, spot, {
      code: 'conflicting-elements',
      message: 'the VPC endpoint of SQS takes HTTPS only',
      expected: '`through:` without `tls: false`',
    });
  }
  return {
    tls,
    ...(through === undefined ? {} : { endpoint: through.value }),
    ...(from === undefined ? {} : { sourceIp: from.value }),
  };
}
