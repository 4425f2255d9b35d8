import { excerpt } from '../syntax/excerpt.js';
import type { Checked, Issue } from '../syntax/issue.js';
import { didYouMean } from '../syntax/suggest.js';
import { compilePieces, parsePieces } from '../syntax/wildcard.js';
import type { Estate } from '../world/world.js';
import { ASKABLE, type Subject, thingsOf } from './questions.js';
import type { WhoCanQuestion } from './who-can.js';

/** Long enough for every ARN; a longer pattern is no question. */
const LONGEST = 2048;

/**
 * The calls and things that two patterns select, in which `*` and `?` mean what they mean in policies. Calls match in any letter case;
 * things match by their name in the estate or by their ARN. Calls that name no thing, such as `sqs:ListQueues`, are about `*`.
 */
export function selectAsks(
  estate: Estate,
  action: string,
  resource: string,
): Checked<WhoCanQuestion['asks']> {
  const actions = [...ASKABLE].filter(([api]) => matches(action.toLowerCase(), api.toLowerCase()));
  if (actions.length === 0) return refuse(noSuchAction(action));
  const asks = actions.flatMap(([api, kind]) => {
    const on: readonly Subject[] = thingsOf(estate, kind)
      .filter(({ name, arn }) => matches(resource, name) || matches(resource, arn))
      .map(({ name }) => ({ kind, name }));
    return on.length === 0 ? [] : [{ action: api, on }];
  });
  if (asks.length > 0) return { ok: true, value: asks, issues: [] };
  return refuse(noSuchThing(estate, resource, new Set(actions.map(([, kind]) => kind))));
}

function matches(pattern: string, text: string): boolean {
  return pattern.length <= LONGEST && compilePieces(parsePieces(pattern)).test(text);
}

function refuse(issue: Issue): Checked<never> {
  return { ok: false, issues: [issue] };
}

function noSuchAction(action: string): Issue {
  const twin = [...ASKABLE.keys()].find((api) => api.toLowerCase().endsWith(`:${action.toLowerCase()}`));
  const help = twin === undefined ? didYouMean(action, ASKABLE.keys()) : `write \`${twin}\``;
  return {
    code: 'unknown-name',
    severity: 'error',
    message: `${excerpt(action)} is no call that can be asked about`,
    expected: 'a call of SQS or KMS such as `sqs:SendMessage`, `sns:Publish`, or a pattern such as `sqs:*`',
    ...(help === undefined ? {} : { help }),
    at: { source: 'ACTION', pointer: [] },
  };
}

function noSuchThing(estate: Estate, resource: string, kinds: ReadonlySet<Subject['kind']>): Issue {
  const things = [...kinds].flatMap((kind) => (kind === 'none' ? [] : [kind]));
  const names = things.flatMap((kind) => thingsOf(estate, kind)).map(({ name }) => name);
  const base = { severity: 'error', at: { source: 'RESOURCE', pointer: [] } } as const;
  if (things.length === 0) {
    const message = `the call is made on nothing that ${excerpt(resource)} could name`;
    return { ...base, code: 'unknown-name', message, expected: '`*`' };
  }
  const expected = 'the name or ARN of a thing of the world, or a pattern';
  if (names.length === 0) {
    const message = `the world has nothing that this call is made on: no ${things.join(', ')}`;
    return { ...base, code: 'nothing-selected', message, expected };
  }
  const help = didYouMean(resource, names);
  return {
    ...base,
    code: 'unknown-name',
    message: `${excerpt(resource)} selects nothing that this call is made on`,
    expected,
    ...(help === undefined ? {} : { help }),
  };
}
