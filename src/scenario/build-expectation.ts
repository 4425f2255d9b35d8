import { KMS_ACTIONS } from '../catalogue/kms-actions.js';
import { RULES } from '../rules/registry.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Estate } from '../world/world.js';
import type { Loader } from './loader.js';
import { named } from './named.js';
import type { ReadStep } from './read-step.js';
import type { Read } from './shape.js';
import { type Located, refuse, suggest } from './spot.js';
import type { Expectation, ExpectedReason } from './step.js';
import type { expectation } from './step-format.js';

type ReadExpectation = Read<typeof expectation>;
type ReadReason = Partial<Omit<ReadExpectation, 'lost' | 'undetermined'>> & Pick<ExpectedReason, 'becomes'>;

/** What a step that acts expects; complaints are about names that the file or AWS does not know. */
export function buildExpectation(
  loader: Loader,
  estate: Estate,
  read: Pick<ReadStep<'call'>, 'expect' | 'calls'>,
  api: string,
): Expectation {
  const calls = callsOf(loader, estate, read.calls);
  const { expect } = read;
  if (expect === undefined || expect === 'allowed') return { of: 'allowed', ...calls };
  if (expect === 'denied') return { of: 'denied', ...calls };
  const { lost, undetermined, failed, denied } = expect;
  checkOne(loader, expect);
  if (lost !== undefined)
    return { of: 'lost', lost: lost.map((each) => reasonOf(loader, estate, each, api)), ...calls };
  if (undetermined !== undefined)
    return { of: 'undetermined', undetermined: undetermined.map(({ value }) => value), ...calls };
  const reason = reasonOf(loader, estate, expect, api);
  if (failed !== undefined) return { of: 'taskFails', reason, ...calls };
  if (denied === undefined) {
    refuse(loader, expect.spot, {
      code: 'missing-element',
      message: 'the expectation says neither `denied`, `lost`, `failed` nor `undetermined`',
      expected: '`denied: CODE`, or `denied: true` for any error',
    });
  }
  return { of: 'denied', reason, ...calls };
}

/** The parts that say what is expected exclude one another; a task that fails may say its error as well. */
function checkOne(loader: Loader, expect: ReadExpectation): void {
  const given = (['lost', 'undetermined', 'failed', 'denied'] as const).filter(
    (part) => expect[part] !== undefined,
  );
  const [first] = given;
  if (given.length < 2 || first === undefined || first === 'failed') return;
  refuse(loader, expect.spot, {
    code: 'conflicting-elements',
    message: `the expectation says ${given.map((part) => `\`${part}\``).join(' and ')}`,
    expected: 'one of them',
  });
}

function callsOf(
  loader: Loader,
  estate: Estate,
  given: readonly Located<string>[] | undefined,
): Pick<Expectation, 'calls'> {
  if (given === undefined) return {};
  return {
    calls: given.map(({ value, spot }) => {
      const [action = '', key, ...more] = value.split(' ');
      const isAction = KMS_REQUESTS.has(action);
      if (!isAction || more.length > 0) {
        refuse(loader, spot, {
          code: 'wrong-value',
          message: `${excerpt(value)} is no KMS request`,
          expected: '`kms:Decrypt`, or `kms:Decrypt key-name`',
          help: isAction ? undefined : suggest(loader, action, KMS_REQUESTS),
        });
      } else if (key !== undefined && !key.startsWith('aws/')) {
        named(loader, estate, { value: key, spot }, 'keys');
      }
      return { action, ...(key === undefined ? {} : { key }) };
    }),
  };
}

const KMS_REQUESTS: ReadonlySet<string> = new Set([...KMS_ACTIONS.values()].map(({ name }) => name));

function reasonOf(loader: Loader, estate: Estate, read: ReadReason, api: string): ExpectedReason {
  const { queue, denied, at, key, by, statement, explicit, message, because, becomes } = read;
  named(loader, estate, queue, 'queues');
  if (key !== undefined && !key.value.startsWith('aws/')) named(loader, estate, key, 'keys');
  checkCode(loader, denied, at, api);
  checkAction(loader, at);
  for (const rule of because ?? []) {
    if (Object.hasOwn(RULES, rule.value)) continue;
    refuse(loader, rule.spot, {
      code: 'unknown-name',
      message: `unknown rule ${excerpt(rule.value)}`,
      expected: 'a rule that `gainsay rules` lists',
      help: suggest(loader, rule.value, Object.keys(RULES)),
    });
  }
  return {
    ...(queue === undefined ? {} : { queue: queue.value }),
    ...(denied === undefined || denied.value === 'true' ? {} : { code: denied.value }),
    ...(at === undefined ? {} : { at: at.value }),
    ...(key === undefined ? {} : { key: key.value }),
    ...(by === undefined ? {} : { by }),
    ...(statement === undefined ? {} : { statement: statement.value }),
    ...(explicit === undefined ? {} : { explicit }),
    ...(message === undefined ? {} : { message: message.value }),
    ...(because === undefined ? {} : { because: because.map(({ value }) => value) }),
    ...(becomes === undefined ? {} : { becomes }),
  };
}

function checkCode(
  loader: Loader,
  denied: Located<string> | undefined,
  at: Located<string> | undefined,
  api: string,
): void {
  if (denied === undefined) return;
  if (denied.value === 'false') {
    refuse(loader, denied.spot, {
      code: 'wrong-value',
      message: '`denied` is `false`',
      expected: 'an error code, or `true` for any error',
      help: 'write `expect: allowed` for a success',
    });
  }
  if (denied.value === 'AccessDeniedException' && at?.value.startsWith('kms:') && api.startsWith('sqs:')) {
    refuse(loader, denied.spot, {
      code: 'hint',
      severity: 'warning',
      message: 'SQS passes a refusal of KMS on under a code of its own',
      help: 'write `KMS.AccessDeniedException`',
    });
  }
}

function checkAction(loader: Loader, at: Located<string> | undefined): void {
  if (at === undefined || /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(at.value)) return;
  refuse(loader, at.spot, {
    code: 'wrong-value',
    message: `\`at\` is ${excerpt(at.value)}`,
    expected: 'an action such as `kms:Decrypt`',
  });
}
