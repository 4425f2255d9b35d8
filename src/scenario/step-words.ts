import { isoInstant } from '../syntax/date.js';
import type { Call } from '../world/call.js';
import type { Instant } from '../world/world.js';
import type { Step } from './step.js';

/** A step in a few words: who does what to which. */
export function stepWords(step: Step): string {
  switch (step.verb) {
    case 'call':
      return `${callWords(step.call)}${step.times > 1 ? ` x ${step.times}` : ''}`;
    case 'deliver':
      return `${step.from.kind} ${step.from.name} delivers to ${step.to}`;
    case 'poll':
      return `${step.by} ${step.name} polls its queue`;
    case 'set':
    case 'remove':
      return `${step.verb} ${step.changes.map(({ section, name, attributes }) => [section, name, attributes.join('+')].filter((part) => part !== '').join('.')).join(', ')}`;
    case 'wait':
      return `wait ${durationWords(step.milliseconds)}`;
    case 'check':
      return `check ${step.queue}`;
  }
}

export function callWords(call: Call): string {
  const path = call.path.endpoint ?? call.path.sourceIp;
  const extras = [
    ...(path === undefined ? [] : [`from ${path}`]),
    ...(call.path.tls ? [] : ['over plain HTTP']),
  ];
  return [callerWords(call), call.api, call.on ?? '', ...extras].filter((part) => part !== '').join(' ');
}

export function callerWords(call: Call): string {
  if (call.principal !== undefined) return call.principal.name;
  const { caller } = call;
  switch (caller.kind) {
    case 'user':
    case 'federatedUser':
    case 'session':
      return caller.arn.resource;
    case 'root':
      return `root of ${caller.account}`;
    case 'service':
      return caller.host;
    case 'anonymous':
      return 'anonymous';
  }
}

export function durationWords(milliseconds: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const;
  let left = milliseconds;
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}

/** Time of the virtual clock, in UTC. */
export function clockWords(now: Instant): string {
  return isoInstant(now).replace('T', ' ').replace('.000Z', 'Z');
}
