import { describe, expect, it } from 'vitest';
import { type DecideAnswer, decide, decideText } from '../../src/evaluator/decide.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { gainsay } from '../in-process.js';
import { examine } from '../policy/marked.js';
import { complaints, HEAD, replay } from '../scenario/in-memory.js';
import { temporaryFolder } from '../temporary-folder.js';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

const BUILT_IN = [Object, Array, Function, Map, Set, String, Number].map(
  (maker) => maker.prototype as object,
);

/** Everything that the built-in prototypes hold, each with its value. */
function builtIns(): readonly (readonly [PropertyKey, PropertyDescriptor | undefined])[][] {
  return BUILT_IN.map((prototype) =>
    Reflect.ownKeys(prototype).map((key) => [key, Object.getOwnPropertyDescriptor(prototype, key)] as const),
  );
}

const BEFORE = builtIns();

const ALLOW = '"Effect": "Allow", "Action": "*", "Resource": "*"';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';
const ANN = 'arn:aws:iam::111122223333:user/ann';

/** The text of an object with one member, which an object literal with `__proto__` would not be. */
function member(name: string, value: string): string {
  return `{"${name}": ${value}}`;
}

function asked(statement: string, request = '', others = ''): DecideAnswer {
  const policy = `{"Version": "2012-10-17", "Statement": {${statement}}}`;
  const text = `{"request": {"principal": "${ANN}", "action": "sqs:SendMessage", "resource": "${QUEUE}"${request}}, "identity": [${policy}]${others}}`;
  return decideText({ name: 'line 1', text });
}

function issuesOf({ issues }: DecideAnswer): readonly string[] {
  return issues.map(({ severity, code }) => `${severity} ${code}`);
}

describe.each(NAMES)('in a policy, %s', (name) => {
  const conditional = (condition: string) => `${ALLOW}, "Condition": ${condition}`;

  it('as a condition key is a key that no request holds, unless it does', () => {
    const statement = conditional(`{"StringEquals": ${member(name, '"a"')}}`);
    expect(asked(statement).decision).toBe('implicitDeny');
    expect(asked(statement, `, "context": ${member(name, '"a"')}`).decision).toBe('allowed');
    expect(asked(statement, `, "context": ${member(name, '"b"')}`).decision).toBe('implicitDeny');
  });

  it('as the rest of a condition key is a key like any other', () => {
    const statement = conditional(`{"Null": ${member(`my:${name}`, '"true"')}}`);
    expect(asked(statement).decision).toBe('allowed');
    expect(asked(statement, `, "context": ${member(`my:${name}`, '"a"')}`).decision).toBe('implicitDeny');
  });

  it('as an operator is unknown', () => {
    expect(issuesOf(asked(conditional(member(name, '{"aws:username": "ann"}'))))).toEqual([
      'error unknown-operator',
    ]);
  });

  it('as an operator behind a set operator is unknown', () => {
    expect(issuesOf(asked(conditional(member(`ForAnyValue:${name}`, '{"aws:TagKeys": "a"}'))))).toEqual([
      'error unknown-operator',
    ]);
  });

  it('as a policy variable is a key that the request does not hold', () => {
    const statement = `"Effect": "Allow", "Action": "*", "Resource": "arn:aws:sqs:*:*:\${${name}}"`;
    expect(asked(statement).decision).toBe('implicitDeny');
    expect(asked(statement, `, "context": ${member(name, '"orders"')}`).decision).toBe('allowed');
  });

  it('as an element of a policy or a statement is unknown', () => {
    const policy = `{¦"${name}": {}, "Statement": {¦"${name}": [], ${ALLOW}}}`;
    const { found, wanted } = examine('identity', policy, ['error unknown-element', 'error unknown-element']);
    expect(found).toEqual(wanted);
  });

  it('as a type of principal is unknown', () => {
    const policy = `{"Statement": {${ALLOW}, "Principal": ${member(name, '"111122223333"')}}}`;
    const { issues } = parsePolicy({ name: 'p', text: policy }, 'queue');
    expect(issues.map(({ code }) => code)).toEqual(['unknown-element']);
  });

  it('as a wrapping of a policy is none', () => {
    const policy = member(name, `{"Statement": {${ALLOW}}}`);
    const { issues } = parsePolicy({ name: 'p', text: policy }, 'identity');
    expect(issues.map(({ code }) => code).toSorted()).toEqual(['missing-element', 'unknown-element']);
  });

  it('as a Sid is a name, and only a second one like it is a repetition', () => {
    const sid = name.replaceAll('_', '');
    const twice = `[{"Sid": "${sid}", ${ALLOW}}, {"Sid": "${sid}", ${ALLOW}}]`;
    const { issues } = parsePolicy({ name: 'p', text: `{"Statement": ${twice}}` }, 'identity');
    expect(issues.map(({ code }) => code)).toEqual(['repeated-value']);
    expect(asked(`"Sid": "${sid}", ${ALLOW}`).decision).toBe('allowed');
  });

  it('as the name of an action matches that action alone', () => {
    const action = `sqs:${name}`;
    const statement = `"Effect": "Allow", "Action": "${action}", "Resource": "*"`;
    expect(asked(statement).decision).toBe('implicitDeny');
    const text = `{"request": {"principal": "${ANN}", "action": "${action}", "resource": "${QUEUE}"}, "identity": ["{\\"Statement\\": {\\"Effect\\": \\"Allow\\", \\"Action\\": \\"${action}\\", \\"Resource\\": \\"*\\"}}"]}`;
    expect(decideText({ name: 'line', text }).decision).toBe('allowed');
  });

  it('as a service prefix belongs to a service that nobody knows', () => {
    const text = `{"request": {"principal": "${ANN}", "action": "${name}:Do", "resource": "*"}, "identity": ["{\\"Statement\\": {\\"Effect\\": \\"Allow\\", \\"Action\\": \\"${name}:*\\", \\"Resource\\": \\"*\\"}}"]}`;
    expect(decideText({ name: 'line', text }).decision).toBe('allowed');
  });
});

describe.each(NAMES)('in a line to decide, %s', (name) => {
  it('as a member is ignored with a note', () => {
    expect(asked(ALLOW, '', `, "${name}": {"decision": "x"}`)).toMatchObject({ decision: 'allowed' });
    expect(issuesOf(asked(ALLOW, '', `, "${name}": {}`))).toEqual(['note unknown-element']);
    expect(issuesOf(asked(ALLOW, `, "${name}": {}`))).toEqual(['note unknown-element']);
  });

  it('as a tag key is a tag', () => {
    const statement = `${ALLOW}, "Condition": {"StringEquals": ${member(`aws:PrincipalTag/${name}`, '"red"')}}`;
    expect(asked(statement).decision).toBe('implicitDeny');
    const context = `, "context": ${member(`aws:PrincipalTag/${name}`, '"red"')}`;
    expect(asked(statement, context).decision).toBe('allowed');
  });

  it('as a key of an encryption context is a key like any other', () => {
    const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const condition = `{"StringEquals": ${member(`kms:EncryptionContext:${name}`, '"a"')}}`;
    const decided = (pairs: string, constraint = '{}'): string => {
      const policy = `{"Statement": {"Effect": "Allow", "Principal": {"AWS": "${ANN}"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": ${condition}}}`;
      const grant = `{"granteePrincipal": "${ANN}", "operations": ["Decrypt"], "constraints": {"EncryptionContextEquals": ${constraint}}}`;
      const grants = constraint === '{}' ? '' : `, "grants": [${grant}]`;
      const text = `{"request": {"principal": "${ANN}", "action": "kms:Decrypt", "resource": "${key}", "encryptionContext": ${pairs}}, "identity": [], "keyPolicy": ${policy}${grants}}`;
      return decideText({ name: 'line', text }).decision;
    };
    expect(decided('{}')).toBe('implicitDeny');
    expect(decided(member(name, '"a"'))).toBe('allowed');
    expect(decided(member(name, '"b"'))).toBe('implicitDeny');
    expect(decided(member(name, '"b"'), member(name, '"b"'))).toBe('allowed');
  });

  it('as the whole of a value is a text', () => {
    const text = JSON.stringify(name);
    expect(decideText({ name: 'line', text }).issues.map(({ code }) => code)).toEqual(['wrong-type']);
    expect(decide(JSON.parse(member(name, '1')) as unknown).decision).toBe('invalid');
  });
});

describe.each(NAMES)('in a scenario, %s', (name) => {
  const ADMIN = '{ policies: [admin.json] }';

  it('as the name of principal, queue and key is a name', () => {
    const text = `${HEAD}principals:\n  ${name}: ${ADMIN}\nkeys:\n  ${name}: { alias: alias/${name} }\nqueues:\n  ${name}: { encryption: { kms: alias/${name}, reuse: 5m } }\nsteps:\n  - { as: ${name}, call: sqs:SendMessage, queue: ${name} }\n  - { as: ${name}, call: kms:Encrypt, key: ${name} }\n  - check: { queue: ${name}, messages: 1 }\n`;
    expect(replay(text).map(({ problems }) => problems)).toEqual([[], [], []]);
  });

  it('as the name of nothing is not found', () => {
    const text = `${HEAD}principals:\n  ann: ${ADMIN}\nqueues: { q: {} }\nsteps:\n  - { as: ${name}, call: sqs:SendMessage, queue: q }\n  - { as: ann, call: sqs:SendMessage, queue: ${name} }\n`;
    const found = complaints(text);
    expect(found).toHaveLength(2);
    for (const complaint of found) expect(complaint).toContain(`\`${name}\``);
  });

  it('as an account, a tag and a condition key of a step is a name', () => {
    const text = `gainsay: 1\nregion: us-east-1\naccount: ${name}\naccounts: { ${name}: "111122223333" }\nprincipals:\n  ann: { policies: [admin.json], tags: { ${name}: red } }\nqueues:\n  q: { tags: { ${name}: blue } }\nsteps:\n  - { as: ann, call: sqs:SendMessage, queue: q, context: { "my:${name}": a } }\n`;
    expect(replay(text).map(({ problems }) => problems)).toEqual([[]]);
  });

  it.each(['', 'queues:\n  q:\n    ', 'steps:\n  - '])('as a field is unknown (behind %j)', (before) => {
    const others = before.startsWith('steps') ? 'wait: 5m, ' : '';
    const field = before === '' ? `${name}: 1\n` : `${before}{ ${others}${name}: 1 }\n`;
    const found = complaints(`${HEAD}${field}`);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`\`${name}\``);
  });

  it('as a call, a rule of the rule book and a command is refused', async () => {
    expect(
      complaints(`${HEAD}queues: { q: {} }\nsteps:\n  - { as: anonymous, call: "sqs:${name}", queue: q }\n`),
    ).toHaveLength(1);
    const cwd = temporaryFolder();
    expect((await gainsay(['rules', name], { cwd })).code).toBe(2);
    expect((await gainsay([name], { cwd })).code).toBe(2);
    expect((await gainsay(['test', `--${name}`], { cwd })).code).toBe(2);
  });
});

describe('built-in prototypes', () => {
  it('hold what they held before', () => {
    expect(builtIns()).toEqual(BEFORE);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});
