import type { Line } from '../model/request.js';
import type { Corpus } from './corpus.js';
import { nudgeCaller } from './nudge-caller.js';
import { nudgeContext } from './nudge-condition.js';
import { copyOf, type Members, membersOf } from './parts.js';
import { putRequest } from './put-in.js';
import type { Random } from './random.js';

/** The same policies with another request of the same service: another caller, action, resource, context. */
export function varyRequest(line: Line, corpus: Corpus, random: Random): Line {
  const varied = membersOf(copyOf(line));
  const request = membersOf(varied.request);
  const changes = 1 + random.below(2);
  for (let made = 0; made < changes; made += 1) changeRequest(varied, corpus, random);
  if (serviceOf(request) !== serviceOf(membersOf(line.request))) request.action = line.request.action;
  return varied as unknown as Line;
}

function changeRequest(line: Members, corpus: Corpus, random: Random): void {
  const way = random.below(3);
  if (way === 0) nudgeCaller(line, random);
  else if (way === 1) nudgeContext(line, random);
  else {
    const other = membersOf(random.pick(random.pick(corpus).cases));
    putRequest(membersOf(line.request), membersOf(other.request), random);
  }
}

function serviceOf({ action }: Members): string | undefined {
  return String(action).split(':')[0]?.toLowerCase();
}
