import { QUEUE_POLICY_QUOTAS } from '../catalogue/quotas.js';
import { SQS_ACTIONS } from '../catalogue/sqs-operations.js';
import { policyFrom } from '../policy/parse-policy.js';
import type { Policy } from '../policy/policy.js';
import { isAccountId } from '../syntax/arn.js';
import type { Checked } from '../syntax/issue.js';
import { plainNode } from '../syntax/plain-source.js';
import { type Call, listParameter, textParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { spread } from '../world/clock.js';
import type { Queue, World } from '../world/world.js';
import type { Check, Plan, PlanStep } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { badParameter, overLimit } from './sqs-errors.js';
import { checkQueuePolicy } from './sqs-policy-checks.js';
import { SPREAD } from './sqs-set-attributes.js';

/**
 * Adds a statement to the queue policy, which SQS writes itself: with a label for its Sid, account principals, and the
 * actions in its own spelling. Page: SQS API Reference, AddPermission. Rules: SQS-ADD-PERMISSION, SQS-POLICY-IS-CHECKED
 */
export function planAddPermission(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const label = textParameter(call, 'Label') ?? '';
  const accounts = listParameter(call, 'AWSAccountIds');
  const actions = listParameter(call, 'Actions');
  const check = (holds: boolean, message: string): Check =>
    sqsCheck(call, holds, 'SQS-ADD-PERMISSION', () => badParameter(call, message));
  const most = QUEUE_POLICY_QUOTAS.actions.limit;
  const unknown = actions.find((action) => action !== '*' && !SQS_ACTIONS.has(`sqs:${action.toLowerCase()}`));
  const stranger = accounts.find((account) => !isAccountId(account));
  const added = (present: Queue): Checked<Policy> => withPermission(present, label, accounts, actions);
  const steps = [
    ...first,
    check(label !== '', 'Value for parameter Label is invalid. Reason: Must not be empty.'),
    check(
      LABEL.test(label),
      `Value ${label} for parameter Label is invalid. Reason: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.`,
    ),
    check(
      stranger === undefined && accounts.length > 0,
      `Value [${stranger ?? ''}] for parameter PrincipalId is invalid. Reason: Unable to verify.`,
    ),
    sqsCheck(call, actions.length <= most, 'SQS-ADD-PERMISSION', () =>
      overLimit(call, `${actions.length} Actions were found, maximum allowed is ${most}.`),
    ),
    check(
      unknown === undefined && actions.length > 0,
      `Value SQS:${unknown ?? ''} for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of valid actions.`,
    ),
    check(
      queue.policy?.statements.every(({ sid }) => sid !== label) ?? true,
      `Value ${label} for parameter Label is invalid. Reason: Already exists.`,
    ),
  ];
  const sound = steps.every((each) => each.do !== 'check' || each.holds);
  return {
    call,
    steps: sound ? [...steps, ...checkQueuePolicy(world, call, added(queue))] : steps,
    effect: (after) => changePolicy(after, queue, (present) => policyOr(added(present), present.policy)),
  };
}

const LABEL = /^[A-Za-z0-9_-]{1,80}$/;

/** Page: SQS API Reference, RemovePermission. Rule: SQS-ADD-PERMISSION */
export function planRemovePermission(call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const label = textParameter(call, 'Label') ?? '';
  const known = queue.policy?.statements.some(({ sid }) => sid === label) ?? false;
  const message = `Value ${label} for parameter Label is invalid. Reason: can't find label on existing policy.`;
  return {
    call,
    steps: [...first, sqsCheck(call, known, 'SQS-ADD-PERMISSION', () => badParameter(call, message))],
    effect: (after) => changePolicy(after, queue, (present) => withoutLabel(present, label)),
  };
}

/** Rule: SQS-CHANGES-SPREAD */
function changePolicy(world: World, { name }: Queue, change: (present: Queue) => Policy | undefined): World {
  return spread(world, SPREAD.attributes, `the queue policy of ${name}`, (now) =>
    changeThing(now, 'queues', name, (present) => {
      const { policy: _, ...rest } = present;
      const policy = change(present);
      return policy === undefined ? rest : { ...rest, policy };
    }),
  );
}

function policyOr(written: Checked<Policy>, before: Policy | undefined): Policy | undefined {
  return written.ok ? written.value : before;
}

function withPermission(
  { arn, name, policy }: Queue,
  label: string,
  accounts: readonly string[],
  actions: readonly string[],
): Checked<Policy> {
  const { document, statements } = documentOf(policy) ?? {
    document: { Version: '2008-10-17', Id: `${arn.text}/SQSDefaultPolicy` },
    statements: [],
  };
  const added = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMore(accounts.map((account) => `arn:${arn.partition}:iam::${account}:root`)) },
    Action: oneOrMore(actions.map((action) => `SQS:${action}`)),
    Resource: arn.text,
  };
  return writtenBySqs({ ...document, Statement: [...statements, added] }, name);
}

/** A policy that is left without statements says nothing, as no policy does. */
function withoutLabel({ name, policy }: Queue, label: string): Policy | undefined {
  const { document, statements } = documentOf(policy) ?? { document: {}, statements: [] };
  const left = statements.filter((_, index) => policy?.statements[index]?.sid !== label);
  if (left.length === 0) return undefined;
  return policyOr(writtenBySqs({ ...document, Statement: left }, name), policy);
}

function writtenBySqs(document: object, queue: string): Checked<Policy> {
  return policyFrom(document, 'queue', { name: `policy of queue ${queue}, as SQS has written it` });
}

function oneOrMore(texts: readonly string[]): string | readonly string[] {
  const [only = '', ...others] = texts;
  return others.length === 0 ? only : texts;
}

/** The document behind a policy as a plain value, its statements apart. */
function documentOf(
  policy: Policy | undefined,
): { readonly document: object; readonly statements: readonly unknown[] } | undefined {
  const document = policy === undefined ? undefined : plainNode(policy.origin.node);
  if (typeof document !== 'object' || document === null) return undefined;
  const { Statement: held, ...rest } = document as { Statement?: unknown };
  return { document: rest, statements: Array.isArray(held) ? held : [held] };
}
