import { describe } from 'vitest';
import type { PolicyType } from '../../src/policy/policy.js';
import { law, neverBetter, neverWorse } from './law.js';
import {
  changeLists,
  changeOne,
  changePolicies,
  changeStatements,
  globs,
  otherCase,
  withLayers,
} from './law-changes.js';
import {
  ACTIONS,
  ALLOW_ALL,
  type ConditionBlock,
  generateStatement,
  HERE,
  namesPrincipal,
  type PolicyText,
  type Principals,
  pick,
  type Random,
  RESOURCES,
  type Scene,
  type StatementText,
  shuffled,
} from './law-scenes.js';

/** One statement for each entry of a list. */
const eachAlone = <T>(list: readonly T[] | undefined): readonly (readonly T[])[] | undefined =>
  list === undefined || list.length < 2 ? undefined : list.map((entry) => [entry]);

const principalsOneByOne = (principals: Principals | undefined): readonly Principals[] | undefined => {
  if (principals === undefined || principals === '*') return undefined;
  const found = Object.entries(principals).flatMap(([type, names]) =>
    names.map((name) => ({ [type]: [name] })),
  );
  return found.length < 2 ? undefined : found;
};

const withStatement = (policy: PolicyText, statement: StatementText): PolicyText => ({
  ...policy,
  Statement: [statement, ...policy.Statement],
});

const everyoneIn = (type: PolicyType): { readonly Principal?: '*' } =>
  namesPrincipal(type) ? { Principal: '*' } : {};

describe('how statements are arranged', () => {
  law('the order of the statements of a policy does not matter', (scene, random) =>
    changePolicies(scene, (policy) => ({ ...policy, Statement: shuffled(random, policy.Statement) })),
  );

  law('the order of the policies of a layer does not matter', (scene, random) =>
    changeLists(scene, (list) => shuffled(random, list)),
  );

  law('the order of the levels of an organization does not matter', ({ layers, ...scene }, random) =>
    layers.scp === undefined
      ? undefined
      : withLayers(
          { layers, ...scene },
          {
            ...layers,
            scp: shuffled(random, layers.scp),
            ...(layers.rcp && { rcp: shuffled(random, layers.rcp) }),
          },
        ),
  );

  law('the order of the entries of a list does not matter', (scene, random) =>
    changeStatements(scene, (statement) => [
      {
        ...mapConditions(statement, (operator, key, operands) => [operator, key, shuffled(random, operands)]),
        ...(statement.Action && { Action: shuffled(random, statement.Action) }),
        ...(statement.NotAction && { NotAction: shuffled(random, statement.NotAction) }),
        ...(statement.Resource && { Resource: shuffled(random, statement.Resource) }),
        ...(statement.NotResource && { NotResource: shuffled(random, statement.NotResource) }),
      },
    ]),
  );

  law('a statement said twice says nothing more', (scene, random) =>
    changeStatements(scene, (statement) => (random() < 0.5 ? [statement, statement] : undefined)),
  );

  law('an entry said twice says nothing more', (scene) =>
    changeStatements(scene, (statement) => [
      {
        ...mapConditions(statement, (operator, key, operands) => [operator, key, [...operands, ...operands]]),
        ...(statement.Action && { Action: [...statement.Action, ...statement.Action] }),
        ...(statement.NotResource && { NotResource: [...statement.NotResource, ...statement.NotResource] }),
      },
    ]),
  );

  law('a policy attached twice says nothing more', (scene) =>
    changeLists(scene, (list) => [...list, ...list]),
  );

  law('a statement on several actions equals one statement for each', (scene) =>
    changeStatements(scene, (statement) =>
      eachAlone(statement.Action)?.map((Action) => ({ ...statement, Action })),
    ),
  );

  law('a statement on several resources equals one statement for each', (scene) =>
    changeStatements(scene, (statement) =>
      eachAlone(statement.Resource)?.map((Resource) => ({ ...statement, Resource })),
    ),
  );

  law('a statement on several principals equals one statement for each', (scene) =>
    changeStatements(scene, (statement) =>
      principalsOneByOne(statement.Principal)?.map((Principal) => ({ ...statement, Principal })),
    ),
  );

  law('a statement with several values for one positive condition equals one statement for each', (scene) =>
    changeStatements(scene, (statement) => {
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

  law('names of statements and of policies say nothing', (scene) =>
    changePolicies(scene, (policy, type) => ({
      ...policy,
      ...(type === 'queue' || type === 'key' ? { Id: 'a name' } : {}),
      Statement: policy.Statement.map((statement, at) => ({ ...statement, Sid: `Number${at}` })),
    })),
  );
});

describe('statements that do not concern the request', () => {
  const beside = (
    scene: Scene,
    random: Random,
    unconcerned: (statement: StatementText, type: PolicyType) => StatementText | undefined,
  ): Scene | undefined =>
    changeOne(random, scene, (policy, type) => {
      const statement = unconcerned(generateStatement(random, type, 0.5), type);
      return statement === undefined ? policy : withStatement(policy, statement);
    });
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
    const other: Principals = { AWS: ['arn:aws:iam::444455556666:user/bob', '444455556666'] };
    const statement: StatementText = { Effect, Principal: other, Action: ['*'], Resource: ['*'] };
    return withLayers(scene, { ...scene.layers, resource: withStatement(resource, statement) });
  });

  law('a statement whose action does not match can be left out', (scene) =>
    changeStatements(scene, (statement, policy) => {
      const { Action = [] } = statement;
      const concerns = Action.some((pattern) => globs(pattern.toLowerCase(), scene.action.toLowerCase()));
      return concerns || statement.NotAction !== undefined || policy.Statement[0] === statement
        ? undefined
        : [];
    }),
  );

  law('a condition key that no policy asks about changes nothing', (scene) => ({
    ...scene,
    context: [...scene.context, ['my:Unasked', 'red'], ['aws:RequestTag/unasked', '*'], ['my:Also', []]],
  }));
});

describe('what more allows and denies can do', () => {
  neverWorse('another allow never turns an allow into a refusal', (scene, random) =>
    changeOne(random, scene, (policy, type) =>
      type === 'rcp'
        ? policy
        : withStatement(policy, { ...generateStatement(random, type, 1), Effect: 'Allow' }),
    ),
  );

  neverBetter('another deny never turns a refusal into an allow', (scene, random) =>
    changeOne(random, scene, (policy, type) => withStatement(policy, generateStatement(random, type, 0))),
  );

  neverWorse('another policy of allows beside those of a layer never takes an allow away', (scene, random) =>
    changeLists(scene, (list, type) => {
      if (type === 'rcp' || random() < 0.5) return list;
      return [...list, { Version: '2012-10-17', Statement: [generateStatement(random, type, 1)] }];
    }),
  );

  law(
    'a deny of everything in a layer that applies to an identity is an explicit deny',
    (scene, random) => {
      if (['s3.amazonaws.com', 'anonymous'].includes(scene.caller) || scene.caller.endsWith(':root'))
        return undefined;
      if (scene.inManagement === true || scene.caller.includes(':user/')) return undefined;
      if (scene.action === 'kms:RetireGrant') return undefined;
      return changeOne(random, scene, (policy, type) =>
        withStatement(policy, {
          Effect: 'Deny',
          ...everyoneIn(type),
          Action: type === 'rcp' ? ['sqs:*', 'kms:*'] : ['*'],
          Resource: ['*'],
        }),
      );
    },
    (_before, after) => after.decision === 'explicitDeny',
  );

  neverWorse('a grant only adds', ({ grants, ...scene }, random) =>
    scene.resource.includes(':kms:')
      ? {
          ...scene,
          grants: [
            ...(grants ?? []),
            pick(random, [
              { type: 'user', to: `arn:aws:iam::${HERE}:user/alice` } as const,
              { type: 'role', to: `arn:aws:iam::${HERE}:role/worker` } as const,
              { type: 'account', to: HERE } as const,
            ]),
          ],
        }
      : undefined,
  );

  law(
    'a boundary and a session policy can change places for a role session',
    (scene) => {
      const { permissionsBoundary, session } = scene.layers;
      const [only, ...others] = session ?? [];
      if (permissionsBoundary === undefined || only === undefined || others.length > 0) return undefined;
      if (!scene.caller.includes(':assumed-role/')) return undefined;
      return withLayers(scene, {
        ...scene.layers,
        permissionsBoundary: { ...only },
        session: [{ ...permissionsBoundary }],
      });
    },
    (before, after) => before.decision === after.decision,
  );
});

describe('letter case and spelling', () => {
  law('the letter case of actions in policies does not matter', (scene, random) =>
    changeStatements(scene, (statement) => [
      {
        ...statement,
        ...(statement.Action && { Action: statement.Action.map((action) => otherCase(random, action)) }),
        ...(statement.NotAction && {
          NotAction: statement.NotAction.map((action) => otherCase(random, action)),
        }),
      },
    ]),
  );

  law(
    'the letter case of the request’s action, its service prefix too, does not matter',
    (scene, random) => ({
      ...scene,
      action: otherCase(random, scene.action),
    }),
  );

  law('the letter case of condition keys in policies does not matter', (scene, random) =>
    changeStatements(scene, (statement) => [
      mapConditions(statement, (operator, key, operands) => [operator, otherCase(random, key), operands]),
    ]),
  );

  law('the letter case of condition keys in requests does not matter', (scene, random) => ({
    ...scene,
    context: scene.context.map(([key, value]) => [otherCase(random, key), value] as const),
  }));

  law('the letter case of operators does not matter', (scene, random) =>
    changeStatements(scene, (statement) => {
      const { Condition } = statement;
      if (Condition === undefined) return undefined;
      const entries = Object.entries(Condition).map(([operator, keys]) => [
        otherCase(random, operator),
        keys,
      ]);
      return [{ ...statement, Condition: Object.fromEntries(entries) }];
    }),
  );

  law('the letter case of the names of policy variables does not matter', (scene, random) => {
    const respell = (text: string): string =>
      text.replace('aws:PrincipalTag/team', otherCase(random, 'aws:PrincipalTag/team'));
    return changeStatements(scene, (statement) => {
      if (!JSON.stringify(statement).includes('${aws:PrincipalTag/team')) return undefined;
      const after = mapConditions(statement, (operator, key, operands) => [
        operator,
        key,
        operands.map(respell),
      ]);
      return [{ ...after, ...(statement.Resource && { Resource: statement.Resource.map(respell) }) }];
    });
  });

  law('everyone can be spelled `"*"` or `{"AWS": "*"}`', everyStatement((statement, type) => {
      if (statement.Principal !== '*' || type === 'rcp') return undefined;
      return [{ ...statement, Principal: { AWS: ['*'] } }];
    }),
  );

  law('an account can be spelled as its id or as its root ARN', (scene) => {
    const respell = (name: string): string =>
      name.endsWith(':root')
        ? (name.split(':')[4] ?? '')
        : /^[0-9]{12}$/.test(name)
          ? `arn:aws:iam::${name}:root`
          : name;
    const turn = (principals: Principals): Principals => {
      if (principals === '*') return principals;
      return Object.fromEntries(
        Object.entries(principals).map(([type, names]) => [type, names.map(respell)]),
      );
    };
    return changeStatements(scene, (statement) => {
      const { Principal, NotPrincipal } = statement;
      if (JSON.stringify([Principal, NotPrincipal]).includes(HERE) === false) return undefined;
      return [
        {
          ...statement,
          ...(Principal && { Principal: turn(Principal) }),
          ...(NotPrincipal && { NotPrincipal: turn(NotPrincipal) }),
        },
      ];
    });
  });

  law('accounts and names can be renamed throughout', (scene) => {
    const renamed = JSON.stringify(scene)
      .replaceAll(HERE, '012345678901')
      .replaceAll('444455556666', '999988887777')
      .replaceAll('alice', 'alvin')
      .replaceAll('worker', 'keeper')
      .replaceAll('fred', 'tess');
    const read: Scene = JSON.parse(renamed);
    return read;
  });
});

describe('the complement of a list', () => {
  law('NotAction equals the list of all other actions', (scene) =>
    changeStatements(scene, (statement) => {
      const { NotAction, ...others } = statement;
      if (NotAction === undefined) return undefined;
      const rest = ACTIONS.filter((action) => !NotAction.some((pattern) => globs(pattern, action)));
      return [{ ...others, Action: rest.length === 0 ? ['s3:*'] : rest }];
    }),
  );

  law('NotResource equals the list of all other resources', (scene) =>
    changeStatements(scene, (statement) => {
      const { NotResource, ...others } = statement;
      if (NotResource === undefined) return undefined;
      const rest = RESOURCES.filter((arn) => !NotResource.some((pattern) => globs(pattern, arn)));
      return [{ ...others, Resource: rest.length === 0 ? ['arn:aws:sqs:none'] : rest }];
    }),
  );
});

describe('versions and variables', () => {
  law('the old version of the language differs only in policy variables', (scene) => {
    let changed = false;
    const after = changePolicies(scene, (policy, type) => {
      if (type === 'scp' || type === 'rcp' || JSON.stringify(policy).includes('${')) return policy;
      changed = true;
      const { Version, ...versionless } = policy;
      return Version === '2008-10-17' ? { ...policy, Version: '2012-10-17' } : versionless;
    });
    return changed ? after : undefined;
  });

  const replaced = (scene: Scene, turn: (text: string, literal: string) => string): Scene | undefined => {
    const team = scene.context.find(([key]) => key === 'aws:PrincipalTag/team')?.[1];
    if (typeof team !== 'string') return undefined;
    const literal = [...team].map((letter) => ('*?$'.includes(letter) ? `\${${letter}}` : letter)).join('');
    let changed = false;
    const each = (text: string): string => {
      const after = turn(text, literal);
      changed ||= after !== text;
      return after;
    };
    const after = changeStatements(scene, (statement, policy) => {
      if (policy.Version !== '2012-10-17') return undefined;
      const { Resource } = statement;
      const conditions = mapConditions(statement, (operator, key, operands) => [
        operator,
        key,
        operands.map(each),
      ]);
      return [{ ...conditions, ...(Resource && { Resource: Resource.map(each) }) }];
    });
    return changed ? after : undefined;
  };

  law('a variable equals the value it stands for, whose wildcards are text', (scene) =>
    replaced(scene, (text, literal) =>
      text
        .replace('${aws:PrincipalTag/team}', () => literal)
        .replace("${aws:PrincipalTag/team, 'red'}", () => literal),
    ),
  );

  law('a default is of no use while the key is there', (scene) =>
    replaced(scene, (text) => text.replace("${aws:PrincipalTag/team, 'red'}", '${aws:PrincipalTag/team}')),
  );

  law('a variable without a value is its default', (scene) => {
    if (scene.context.some(([key]) => key === 'aws:PrincipalTag/team')) return undefined;
    const turn = (text: string): string => text.replace("${aws:PrincipalTag/team, 'red'}", 'red');
    return changeStatements(scene, (statement, policy) => {
      if (policy.Version !== '2012-10-17' || !JSON.stringify(statement).includes("team, 'red'"))
        return undefined;
      const conditions = mapConditions(statement, (operator, key, operands) => [
        operator,
        key,
        operands.map(turn),
      ]);
      return [{ ...conditions, ...(statement.Resource && { Resource: statement.Resource.map(turn) }) }];
    });
  });
});

describe('layers that can only limit', () => {
  const hasNotPrincipal = (scene: Scene): boolean => JSON.stringify(scene.layers).includes('NotPrincipal');
  const full = (): PolicyText => ({ ...ALLOW_ALL });

  law('a boundary that allows everything equals none, but for denies with NotPrincipal', (scene) => {
    if (scene.layers.permissionsBoundary !== undefined || hasNotPrincipal(scene)) return undefined;
    return withLayers(scene, { ...scene.layers, permissionsBoundary: full() });
  });

  neverBetter(
    'under denies with NotPrincipal, a boundary that allows everything can only take away',
    (scene) => {
      if (scene.layers.permissionsBoundary !== undefined || !hasNotPrincipal(scene)) return undefined;
      return withLayers(scene, { ...scene.layers, permissionsBoundary: full() });
    },
  );

  law('a session policy that allows everything equals none, but for a federated user', (scene) => {
    if (scene.layers.session !== undefined || scene.caller.includes('federated-user')) return undefined;
    return withLayers(scene, { ...scene.layers, session: [full()] });
  });

  neverWorse('a federated user gains by a session policy that allows everything', (scene) => {
    if (scene.layers.session !== undefined || !scene.caller.includes('federated-user')) return undefined;
    return withLayers(scene, { ...scene.layers, session: [full()] });
  });

  law('an endpoint policy that allows everything equals none', (scene) => {
    if (scene.layers.vpcEndpoint !== undefined) return undefined;
    const Statement = ALLOW_ALL.Statement.map((statement) => ({ ...statement, Principal: '*' as const }));
    return withLayers(scene, { ...scene.layers, vpcEndpoint: { ...ALLOW_ALL, Statement } });
  });

  law('a level of SCPs with FullAWSAccess alone changes nothing', (scene) =>
    withLayers(scene, { ...scene.layers, scp: [...(scene.layers.scp ?? []), [full()]] }),
  );

  law('a level of RCPs with nothing but RCPFullAWSAccess changes nothing', (scene) =>
    withLayers(scene, { ...scene.layers, rcp: [...(scene.layers.rcp ?? []), []] }),
  );

  law('a level of SCPs or RCPs said twice changes nothing', ({ layers, ...scene }) => {
    const { scp, rcp } = layers;
    if (scp === undefined && rcp === undefined) return undefined;
    return withLayers(
      { layers, ...scene },
      {
        ...layers,
        ...(scp && { scp: [...scp, ...scp] }),
        ...(rcp && { rcp: [...rcp, ...rcp] }),
      },
    );
  });

  law('SCPs, like identity policies, do not concern services and anonymous callers', (scene) => {
    if (scene.caller !== 'anonymous' && !scene.caller.endsWith('.amazonaws.com')) return undefined;
    const { scp, identity, permissionsBoundary, session, ...others } = scene.layers;
    const given = [scp, identity, permissionsBoundary, session].some((layer) => layer !== undefined);
    return given && !hasNotPrincipal(scene) ? withLayers(scene, others) : undefined;
  });

  law(
    'an RCP that denies refuses services and anonymous callers too',
    (scene) => {
      if (scene.caller !== 'anonymous' && !scene.caller.endsWith('.amazonaws.com')) return undefined;
      if (scene.inManagement === true || scene.action === 'kms:RetireGrant') return undefined;
      const deny: StatementText = {
        Effect: 'Deny',
        Principal: '*',
        Action: ['sqs:*', 'kms:*'],
        Resource: ['*'],
      };
      const policy: PolicyText = { Version: '2012-10-17', Statement: [deny] };
      return withLayers(scene, { ...scene.layers, rcp: [...(scene.layers.rcp ?? []), [policy]] });
    },
    (_before, after) => after.decision === 'explicitDeny' && after.decidedBy === 'rcp',
  );

  law('policies of management accounts’ organizations do not limit them', (scene) => {
    if (scene.inManagement !== true) return undefined;
    const { scp, rcp, ...others } = scene.layers;
    return scp === undefined && rcp === undefined ? undefined : withLayers(scene, others);
  });
});
