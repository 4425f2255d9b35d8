import { describe } from 'vitest';
import { law } from './law.js';
import { everyPolicy, everyStatement, globs, mapConditions, otherCase, statementsOf } from './law-changes.js';
import { ACTIONS, HERE, RESOURCES } from './law-scenes.js';
import type { Principals, Scene, StatementText } from './law-texts.js';

/** The statement with another text in its places for policy variables. */
function mapTemplates(statement: StatementText, turn: (text: string) => string): StatementText {
  const { Resource } = statement;
  return {
    ...mapConditions(statement, (operator, key, operands) => [operator, key, operands.map(turn)]),
    ...(Resource && { Resource: Resource.map(turn) }),
  };
}

describe('letter case', () => {
  law(
    'the letter case of actions in policies does not matter',
    everyStatement((statement, _type, random) => {
      const { Action, NotAction } = statement;
      return [
        {
          ...statement,
          ...(Action && { Action: Action.map((action) => otherCase(random, action)) }),
          ...(NotAction && { NotAction: NotAction.map((action) => otherCase(random, action)) }),
        },
      ];
    }),
  );

  law(
    'the letter case of the request’s action, its service prefix too, does not matter',
    (scene, random) => ({
      ...scene,
      action: otherCase(random, scene.action),
    }),
  );

  law(
    'the letter case of condition keys in policies does not matter',
    everyStatement((statement, _type, random) => [
      mapConditions(statement, (operator, key, operands) => [operator, otherCase(random, key), operands]),
    ]),
  );

  law('the letter case of condition keys in requests does not matter', (scene, random) => ({
    ...scene,
    context: scene.context.map(([key, value]) => [otherCase(random, key), value] as const),
  }));

  law(
    'the letter case of operators does not matter',
    everyStatement((statement, _type, random) => {
      const { Condition } = statement;
      if (Condition === undefined) return undefined;
      const entries = Object.entries(Condition).map(([operator, keys]) => [
        otherCase(random, operator),
        keys,
      ]);
      return [{ ...statement, Condition: Object.fromEntries(entries) }];
    }),
  );

  law(
    'the letter case of the names of policy variables does not matter',
    everyStatement((statement, _type, random) => {
      if (!JSON.stringify(statement).includes('${aws:PrincipalTag/team')) return undefined;
      const name = '${aws:PrincipalTag/team';
      return [mapTemplates(statement, (text) => text.replace(name, () => otherCase(random, name)))];
    }),
  );
});

describe('two spellings of one thing', () => {
  law(
    'everyone can be spelled `"*"` or `{"AWS": "*"}`',
    everyStatement((statement, type) => {
      if (statement.Principal !== '*' || type === 'rcp') return undefined;
      return [{ ...statement, Principal: { AWS: ['*'] } }];
    }),
  );

  law(
    'an account can be spelled as its id or as its root ARN',
    everyStatement((statement) => {
      const respell = (name: string): string => {
        if (name.endsWith(':root')) return name.split(':')[4] ?? '';
        return /^[0-9]{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
      };
      const turn = (principals: Principals): Principals => {
        if (principals === '*') return principals;
        return Object.fromEntries(
          Object.entries(principals).map(([type, names]) => [type, names.map(respell)]),
        );
      };
      const { Principal, NotPrincipal } = statement;
      if (!JSON.stringify([Principal, NotPrincipal]).includes(HERE)) return undefined;
      return [
        {
          ...statement,
          ...(Principal && { Principal: turn(Principal) }),
          ...(NotPrincipal && { NotPrincipal: turn(NotPrincipal) }),
        },
      ];
    }),
  );

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

  law(
    'NotAction equals the list of all other actions',
    everyStatement((statement) => {
      const { NotAction, ...others } = statement;
      if (NotAction === undefined) return undefined;
      const rest = ACTIONS.filter((action) => !NotAction.some((pattern) => globs(pattern, action)));
      return [{ ...others, Action: rest.length === 0 ? ['s3:*'] : rest }];
    }),
  );

  law(
    'NotResource equals the list of all other resources',
    everyStatement((statement) => {
      const { NotResource, ...others } = statement;
      if (NotResource === undefined) return undefined;
      const rest = RESOURCES.filter((arn) => !NotResource.some((pattern) => globs(pattern, arn)));
      return [{ ...others, Resource: rest.length === 0 ? ['arn:aws:sqs:none'] : rest }];
    }),
  );

  law(
    'an allow of NotAction equals an allow of everything under denies of nothing else',
    everyStatement((statement) => {
      const { Action, ...others } = statement;
      if (Action === undefined || others.Principal !== undefined) return undefined;
      const rest = ACTIONS.filter((action) => !Action.some((pattern) => globs(pattern, action)));
      return [{ ...others, NotAction: rest.length === 0 ? ['s3:*'] : rest }];
    }),
  );
});

describe('versions and variables', () => {
  law(
    'the old version of the language differs only in policy variables',
    everyPolicy((policy, type) => {
      if (type === 'scp' || type === 'rcp' || JSON.stringify(policy).includes('${')) return policy;
      const { Version, ...versionless } = policy;
      return Version === '2008-10-17' ? { ...policy, Version: '2012-10-17' } : versionless;
    }),
  );

  law('a variable equals the value it stands for, whose wildcards are text', (scene, random) => {
    const team = scene.context.find(([key]) => key === 'aws:PrincipalTag/team')?.[1];
    if (typeof team !== 'string') return undefined;
    const literal = [...team].map((letter) => ('*?$'.includes(letter) ? `\${${letter}}` : letter)).join('');
    const turn = (text: string): string =>
      text
        .replace('${aws:PrincipalTag/team}', () => literal)
        .replace("${aws:PrincipalTag/team, 'red'}", () => literal);
    return statementsOf(scene, random, (statement, _type, _random, policy) => {
      if (policy.Version !== '2012-10-17') return undefined;
      return JSON.stringify(statement).includes('PrincipalTag/team')
        ? [mapTemplates(statement, turn)]
        : undefined;
    });
  });

  const hasTeam = (scene: Scene): boolean => scene.context.some(([key]) => key === 'aws:PrincipalTag/team');
  const withoutDefault = (turned: string) =>
    everyStatement((statement, _type, _random, { Version }) => {
      if (Version !== '2012-10-17' || !JSON.stringify(statement).includes("team, 'red'}")) return undefined;
      return [
        mapTemplates(statement, (text) => text.replace("${aws:PrincipalTag/team, 'red'}", () => turned)),
      ];
    });

  const alwaysVariable = withoutDefault('${aws:PrincipalTag/team}');
  law('a default is of no use while the key is there', (scene, random) =>
    hasTeam(scene) ? alwaysVariable(scene, random) : undefined,
  );

  const alwaysDefault = withoutDefault('red');
  law('a variable without a value is its default', (scene, random) =>
    hasTeam(scene) ? undefined : alwaysDefault(scene, random),
  );
});
