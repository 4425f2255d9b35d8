import { changeArn, nudgeCaller } from './nudge-caller.js';
import { nudgeGiven } from './nudge-condition.js';
import { listOf, type Members, membersOf, pickFrom } from './parts.js';
import type { Random } from './random.js';

/** Who a grant is for, what it gives, and its constraints. */
export function nudgeGrant(line: Members, random: Random): void {
  const grant = membersOf(pickFrom(listOf(line.grants), random));
  const constraints = membersOf(grant.constraints);
  switch (random.below(8)) {
    case 0:
      for (const name of ['granteePrincipal', 'retiringPrincipal'])
        if (grant[name] !== undefined && random.chance(0.6))
          grant[name] = changeArn(String(grant[name]), random);
      return;
    case 1:
      nudgeOperations(line, grant, random);
      return;
    case 2:
      grant.pending = grant.pending !== true;
      grant.token = 't1';
      if (random.chance(0.5)) membersOf(line.request).grantTokens = [random.pick(['t1', 't2'])];
      return;
    case 3:
      nudgePairs(membersOf(line.request), 'encryptionContext', random);
      return;
    case 4:
      nudgePairs(constraints, random.pick(['EncryptionContextEquals', 'EncryptionContextSubset']), random);
      if (grant.operations !== undefined) grant.constraints = constraints;
      return;
    case 5:
      if (constraints.SourceArn === undefined) nudgeGiven(line, 'aws:SourceArn', undefined, random);
      else nudgeGiven(line, 'aws:SourceArn', constraints.SourceArn, random);
      return;
    default:
      nudgeCaller(line, random);
  }
}

function nudgeOperations(line: Members, grant: Members, random: Random): void {
  const action = String(membersOf(line.request).action);
  const asked = action.slice(action.indexOf(':') + 1);
  if (grant.operations !== undefined)
    grant.operations = random.pick([[asked], ['Decrypt'], [asked, 'CreateGrant'], ['RetireGrant', asked]]);
}

/** Pairs of an encryption context: a letter case, a value, a pair more or less. */
function nudgePairs(holder: Members, name: string, random: Random): void {
  const pairs = { ...membersOf(holder[name]) };
  const key = pickFrom(Object.keys(pairs), random);
  if (key === undefined) pairs.App = 'pay';
  else {
    const value = String(pairs[key]);
    if (random.chance(0.7)) delete pairs[key];
    if (random.chance(0.5)) pairs[random.pick([key.toLowerCase(), key.toUpperCase()])] = value;
    else if (random.chance(0.7)) pairs[key] = random.pick([value.toUpperCase(), `${value}x`]);
  }
  holder[name] = pairs;
}
