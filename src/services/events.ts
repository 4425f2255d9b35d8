import type { Call } from '../world/call.js';
import type { EventRule, World } from '../world/world.js';
import type { ChildCall, OnRefused } from './plan.js';
import { serviceSend } from './service-send.js';

type Target = EventRule['targets'][number];

/**
 * EventBridge delivering to a rule's target: as the target's role where one is given, else as itself.
 * Page: EventBridge User Guide, Using resource-based policies. Rule: EVENTS-ROLE-IS-THE-CALLER
 */
export function eventDelivery(world: World, rule: EventRule, target: Target): Call {
  const role = target.role === undefined ? undefined : world.estate.principals.get(target.role);
  const itself = asItself(rule, target.queue);
  if (role === undefined) return itself;
  // The network is EventBridge's own.
  return { ...itself, caller: role.caller, principal: role, context: [['aws:SourceIp', undefined]] };
}

function asItself(rule: EventRule, queue: string): Call {
  const { text, account, region } = rule.arn;
  return serviceSend('events.amazonaws.com', { arn: text, account, region }, queue);
}

/** What EventBridge does with an event that it may not deliver. Rule: EVENTS-RETRIES-THEN-DROPS */
export function eventHop(world: World, rule: EventRule, target: Target): ChildCall {
  const { deadLetter } = target;
  const onRefused: OnRefused =
    deadLetter === undefined
      ? { what: 'drops' }
      : { what: 'deadLetters', call: asItself(rule, deadLetter), to: deadLetter };
  return {
    do: 'call',
    call: eventDelivery(world, rule, target),
    from: `rule ${rule.name}`,
    to: target.queue,
    onRefused,
    why: 'EVENTS-RETRIES-THEN-DROPS',
    seenAs: ['metric FailedInvocations of the rule'],
  };
}
