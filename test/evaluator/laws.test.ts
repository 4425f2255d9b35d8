import { describe } from 'vitest';
import type { PolicyType } from '../../src/policy/policy.js';
import { law, neverBetter, neverWorse } from './law.js';
import {
  changeLists,
  changeOne,
  everyPolicy,
  everyStatement,
  globs,
  mapConditions,
  statementsOf,
  withLayers,
} from './law-changes.js';
import { generateStatement, namesPrincipal, pick, shuffled } from './law-scenes.js';
import type { ConditionBlock, PolicyText, Principals, Random, Scene, StatementText } from './law-texts.js';

/** One list for each entry of a list. */
const eachAlone = <T>(list: readonly T[] | undefined): readonly (readonly T[])[] | undefined =>
  list === undefined || list.length < 2 ? undefined : list.map((entry) => [entry]);

const principalsOneByOne = (principals: Principals | undefined): readonly Principals[] | undefined => {
  if (principals === undefined || principals === '*') return undefined;
  const found = Object.entries(principals).flatMap(([type, names]) =>
    names.map((name) => ({ [type]: [name] })),
  );
  return found.length < 2 ? undefined : found;
};

const first = (policy: PolicyText, statement: StatementText): PolicyText => ({
  ...policy,
  Statement: [statement, ...policy.Statement],
});

describe('how statements are arranged', () => {
  law(
    'the order of the statements of a policy does not matter',
    everyPolicy((policy, _type, random) => ({ ...policy, Statement: shuffled(random, policy.Statement) })),
  );

  law('the order of the policies of a layer does not matter', (scene, random) =>
    changeLists(scene, (list) => shuffled(random, list)),
  );

  law('the order of the levels of an organization does not matter', (scene, random) => {
    const { scp, rcp } = scene.layers;
    if (scp === undefined) return undefined;
    return withLayers(scene, { scp: shuffled(random, scp), ...(rcp && { rcp: shuffled(random, rcp) }) });
  });

  law(
    'the order of the entries of a list does not matter',
    everyStatement((statement, _type, random) => {
      const { Action, NotAction, Resource, NotResource } = statement;
      return [
        {
          ...mapConditions(statement, (operator, key, operands) => [
            operator,
            key,
            shuffled(random, operands),
          ]),
          ...(Action && { Action: shuffled(random, Action) }),
          ...(NotAction && { NotAction: shuffled(random, NotAction) }),
          ...(Resource && { Resource: shuffled(random, Resource) }),
          ...(NotResource && { NotResource: shuffled(random, NotResource) }),
        },
      ];
    }),
  );

  law(
    'a statement said twice says nothing more',
    everyStatement((statement, _type, random) => (random() < 0.5 ? [statement, statement] : undefined)),
  );

  law(
    'an entry said twice says nothing more',
    everyStatement((statement) => {
      const { Action, NotAction, Resource, NotResource } = statement;
      return [
        {
          ...mapConditions(statement, (operator, key, operands) => [
            operator,
            key,
            [...operands, ...operands],
          ]),
          ...(Action && { Action: [...Action, ...Action] }),
          ...(NotAction && { NotAction: [...NotAction, ...NotAction] }),
          ...(Resource && { Resource: [...Resource, ...Resource] }),
          ...(NotResource && { NotResource: [...NotResource, ...NotResource] }),
        },
      ];
    }),
  );

  law('a policy attached twice says nothing more', (scene) =>
    changeLists(scene, (list) => [...list, ...list]),
  );

  law(
    'a statement on several actions equals one statement for each',
    everyStatement((statement) => eachAlone(statement.Action)?.map((Action) => ({ ...statement, Action }))),
  );

  law(
    'a statement on several resources equals one statement for each',
    everyStatement((statement) =>
      eachAlone(statement.Resource)?.map((Resource) => ({ ...statement, Resource })),
    ),
  );

  law(
    'a statement on several principals equals one statement for each',
    everyStatement((statement) =>
      principalsOneByOne(statement.Principal)?.map((Principal) => ({ ...statement, Principal })),
    ),
  );

  // A value too many makes no difference to `ForAllValues`' law of its own, and negated operators say "none of these".
  law(
    'a statement with several values for one positive condition equals one statement for each',
    everyStatement((statement) => {
      for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
        for (const [key, operands] of Object.entries(keys)) {
          if (operator.includes('Not') || operator.startsWith('ForAll') || operands.length < 2) continue;
          return operands.map((operand): StatementText => {
            const Condition: ConditionBlock = {
              ...statement.Condition,
              [operator]: { ...keys, [key]: [operand] },
            };
            return { ...statement, Condition };
          });
        }
      }
      return undefined;
    }),
  );

  law('two policies at one place equal one policy with the statements of both', (scene) => {
    let merged = false;
    const after = changeLists(scene, (list) => {
      const [one, two, ...others] = list;
      if (one === undefined || two === undefined || one.Version !== two.Version) return list;
      merged = true;
      return [{ ...one, Statement: [...one.Statement, ...two.Statement] }, ...others];
    });
    return merged ? after : undefined;
  });

  law(
    'names of statements and of policies say nothing',
    everyPolicy((policy, type) => ({
      ...policy,
      ...(type === 'queue' || type === 'key' ? { Id: 'a name' } : {}),
      Statement: policy.Statement.map((statement, at) => ({ ...statement, Sid: `Number${at}` })),
    })),
  );
});

describe('what does not concern the request', () => {
  type Turn = (statement: StatementText, type: PolicyType) => StatementText;
  const beside = (scene: Scene, random: Random, turn: Turn): Scene | undefined =>
    changeOne(random, scene, (policy, type) =>
      first(policy, turn(generateStatement(random, type, 0.5), type)),
    );
  const rest = ({ Effect, Principal, NotPrincipal }: StatementText): StatementText => ({
    Effect,
    ...(Principal && { Principal }),
    ...(NotPrincipal && { NotPrincipal }),
  });

  law('a statement on the actions of another service changes nothing', (scene, random) =>
    beside(scene, random, (statement) => ({ ...rest(statement), Action: ['s3:*'], Resource: ['*'] })),
  );

  law('a statement on another resource changes nothing', (scene, random) =>
    beside(scene, random, (statement, type) => ({
      ...rest(statement),
      Action: type === 'rcp' ? ['sqs:*', 'kms:*'] : ['*'],
      Resource: [`${scene.resource}x`],
    })),
  );

  law('a statement for another principal changes nothing', (scene, random) => {
    const { resource } = scene.layers;
    if (resource === undefined) return undefined;
    const Effect = pick(random, ['Allow', 'Deny'] as const);
    const Principal: Principals = { AWS: ['arn:aws:iam::444455556666:user/bob', '444455556666'] };
    const statement: StatementText = { Effect, Principal, Action: ['*'], Resource: ['*'] };
    return withLayers(scene, { resource: first(resource, statement) });
  });

  law('a statement whose action does not match can be left out', (scene, random) =>
    statementsOf(scene, random, (statement, _type, _random, policy) => {
      const { Action, NotAction = [] } = statement;
      const action = scene.action.toLowerCase();
      const lists = (Action ?? NotAction).some((pattern) => globs(pattern.toLowerCase(), action));
      // A policy needs one statement at least.
      return lists === (Action !== undefined) || policy.Statement[0] === statement ? undefined : [];
    }),
  );

  law('a condition key that no policy asks about changes nothing', (scene) => ({
    ...scene,
    context: [
      ...scene.context,
      ['my:Unasked', 'red'],
      ['aws:RequestTag/unasked', '*'],
      ['my:Also', []],
      ['__proto__', 'red'],
    ],
  }));
});

describe('what more allows and denies can do', () => {
  neverWorse('another allow never turns an allow into a refusal', (scene, random) =>
    changeOne(random, scene, (policy, type) =>
      type === 'rcp' ? policy : first(policy, generateStatement(random, type, 1)),
    ),
  );

  neverBetter('another deny never turns a refusal into an allow', (scene, random) =>
    changeOne(random, scene, (policy, type) => first(policy, generateStatement(random, type, 0))),
  );

  neverWorse('another policy of allows beside those of a layer never takes an allow away', (scene, random) =>
    changeLists(scene, (list, type) => {
      if (type === 'rcp' || random() < 0.5) return list;
      return [...list, { Version: '2012-10-17', Statement: [generateStatement(random, type, 1)] }];
    }),
  );

  neverWorse('a deny left out never turns an allow into a refusal', (scene, random) =>
    statementsOf(scene, random, (statement, _type, _random, policy) =>
      statement.Effect === 'Deny' && policy.Statement[0] !== statement && random() < 0.5 ? [] : undefined,
    ),
  );

  law(
    'a deny of everything in any layer of a role session’s request is an explicit deny',
    (scene, random) => {
      if (
        !scene.caller.includes(':assumed-role/') ||
        scene.inManagement ||
        scene.action === 'kms:RetireGrant'
      )
        return undefined;
      return changeOne(random, scene, (policy, type) =>
        first(policy, {
          Effect: 'Deny',
          ...(namesPrincipal(type) ? { Principal: '*' as const } : {}),
          Action: type === 'rcp' ? ['sqs:*', 'kms:*'] : ['*'],
          Resource: ['*'],
        }),
      );
    },
    (_before, after) => after.decision === 'explicitDeny',
  );
});
