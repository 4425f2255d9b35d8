import { KMS_ACTIONS } from '../catalogue/kms-actions.js';
import { SQS_ACTIONS } from '../catalogue/sqs-operations.js';

/** What to draw from instead of the vocabulary at hand. Empty lists count as left out. */
export interface FuzzOptions {
  /** Account ids. */
  readonly accounts?: readonly string[];
  /** Names of users, roles, queues, keys, topics: the same for all, so that policies speak of things that exist. */
  readonly names?: readonly string[];
  /** Actions as AWS spells them: `sqs:SendMessage`. */
  readonly actions?: readonly string[];
  readonly regions?: readonly string[];
  /** Ids of organizations. */
  readonly organizations?: readonly string[];
}

/** The few words that everything is made of: the fewer there are, the more often a policy meets a request. */
export interface Vocabulary {
  readonly accounts: readonly [string, ...string[]];
  readonly names: readonly [string, ...string[]];
  readonly actions: readonly [string, ...string[]];
  readonly regions: readonly [string, ...string[]];
  readonly organizations: readonly [string, ...string[]];
}

/** The actions around a queue and its key, which people get wrong most; then all others of SQS and KMS. */
const COMMON = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'kms:Decrypt', 'kms:GenerateDataKey'] as const;
const OTHERS: readonly string[] = [
  ...SQS_ACTIONS.values(),
  ...[...KMS_ACTIONS.values()].filter(({ internal }) => internal !== true),
]
  .map(({ name }) => name)
  .filter((name) => !COMMON.some((common) => common === name));

const DEFAULTS: Vocabulary = {
  accounts: ['111122223333', '444455556666'],
  names: ['orders', 'worker', 'billing'],
  actions: [...COMMON, ...OTHERS],
  regions: ['us-east-1', 'eu-west-1'],
  organizations: ['o-a1b2c3d4e5', 'o-z9y8x7w6v5'],
};

export function vocabularyOf(options: FuzzOptions): Vocabulary {
  return {
    accounts: orDefault(options.accounts, DEFAULTS.accounts),
    names: orDefault(options.names, DEFAULTS.names),
    actions: orDefault(options.actions, DEFAULTS.actions),
    regions: orDefault(options.regions, DEFAULTS.regions),
    organizations: orDefault(options.organizations, DEFAULTS.organizations),
  };
}

function orDefault(
  given: readonly string[] | undefined,
  otherwise: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const [first, ...others] = given ?? [];
  return first === undefined ? otherwise : [first, ...others];
}

/** How many of the actions are the common ones, which are drawn half of the time. */
export function commonActions({ actions }: Vocabulary): readonly string[] {
  return actions.filter((action) => COMMON.some((common) => common === action));
}
