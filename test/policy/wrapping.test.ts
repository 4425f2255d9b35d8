import { describe, expect, it } from 'vitest';
import { parsePolicy, policyFrom } from '../../src/policy/parse-policy.js';
import { placeOfElement } from '../../src/policy/place.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { summary } from './marked.js';

const inner = '{"Statement":{"Effect":"Allow","Principal":"*","Action":"SendMessage","Resource":"*"}}';
const encoded = JSON.stringify(inner);
const object = inner;
/** Of `"SendMessage"` with its quotes, in the encoded text. */
const inEncoded = encoded.indexOf('SendMessage') - 2;

describe('what the command line prints around a policy is looked through', () => {
  it.each([
    ['a JSON string', encoded, '', []],
    ['kms get-key-policy', `{"Policy": ${encoded}, "PolicyName": "default"}`, '{"Policy": ', ['Policy']],
    [
      'sqs get-queue-attributes',
      `{"Attributes": {"Policy": ${encoded}}}`,
      '{"Attributes": {"Policy": ',
      ['Attributes', 'Policy'],
    ],
    [
      'organizations describe-policy',
      `{"Policy": {"PolicySummary": {}, "Content": ${encoded}}}`,
      '{"Policy": {"PolicySummary": {}, "Content": ',
      ['Policy', 'Content'],
    ],
  ])('%s', (_title, text, before, pointer) => {
    const result = parsePolicy({ name: 'dump', text }, 'queue');
    expect(summary(result)).toEqual([`error bad-action 1:${before.length + inEncoded + 1}`]);
    expect(result.issues[0]?.at.pointer).toEqual([...pointer, 'Statement', 'Action']);
    expect(result.issues[0]?.at.source).toBe('dump');
  });

  it.each([
    ['iam get-role-policy', `{"RoleName": "r", "PolicyDocument": ${object}}`],
    ['iam get-policy-version', `{"PolicyVersion": {"Document": ${object}, "VersionId": "v1"}}`],
    ['a policy that is an object', `{"Policy": ${object}}`],
  ])('%s', (_title, text) => {
    expect(summary(parsePolicy({ name: 'dump', text }, 'queue'))).toEqual([
      `error bad-action 1:${text.indexOf('"SendMessage') + 1}`,
    ]);
  });

  it('several layers', () => {
    const twice = JSON.stringify(encoded);
    const result = parsePolicy({ name: 'dump', text: twice }, 'queue');
    expect(summary(result)).toEqual([`error bad-action 1:${twice.indexOf('SendMessage') - 3}`]);
  });

  it('syntax errors inside point into the host', () => {
    const text = '{\n  "Policy": "{\\"Statement\\": [}"\n}';
    const result = parsePolicy({ name: 'dump', text }, 'queue');
    expect(summary(result)).toEqual(['error json-syntax 2:31']);
    expect(result.issues[0]?.at.pointer[0]).toBe('Policy');
  });

  it('names that are there twice inside point into the host, both of them', () => {
    const text = '{"Policy": "{\\"Version\\":1,\\n\\"Version\\":2}"}';
    const { issues } = parsePolicy({ name: 'dump', text }, 'queue');
    const twice = issues.find(({ code }) => code === 'duplicate-key');
    expect(twice).toMatchObject({
      code: 'duplicate-key',
      at: { source: 'dump', pointer: ['Policy', 'Version'], start: { column: 30 } },
      related: [{ source: 'dump', pointer: ['Policy', 'Version'], start: { column: 14 } }],
    });
  });

  it('in YAML, in block and quoted scalars', () => {
    const block = `Policy: |\n  ${inner}\n`;
    const found = parsePolicy({ name: 'p.yaml', text: block }, 'queue', { readYaml });
    expect(found.issues.map((issue) => [issue.code, issue.at.start?.line])).toEqual([['bad-action', 1]]);
    const quoted = `Policy: ${encoded}\n`;
    const exact = parsePolicy({ name: 'p.yaml', text: quoted }, 'queue', { readYaml });
    expect(summary(exact)).toEqual([`error bad-action 1:${'Policy: '.length + inEncoded + 1}`]);
  });

  it('in plain values', () => {
    const found = policyFrom({ Attributes: { Policy: inner } }, 'queue');
    expect(found.issues.map((issue) => [issue.code, issue.at.pointer])).toEqual([
      ['bad-action', ['Attributes', 'Policy', 'Statement', 'Action']],
    ]);
  });

  it('places of the policy point into the host too', () => {
    const text = `{"Attributes": {\n  "Policy": ${encoded.replace('SendMessage', 'sqs:SendMessage')}}}`;
    const result = parsePolicy({ name: 'dump', text }, 'queue');
    if (!result.ok) throw new Error('the policy is sound');
    const place = placeOfElement(result.value, 0, { of: 'action' });
    expect(place).toMatchObject({
      source: 'dump',
      pointer: ['Attributes', 'Policy', 'Statement', 'Action'],
      start: { line: 2, column: '  "Policy": '.length + inEncoded + 1 },
    });
  });
});

describe('what is no wrapping stays what it is', () => {
  it.each([
    ['{"Policy": "hello"}', 'error wrong-type 1:12'],
    ['{"Policy": ""}', 'error wrong-type 1:12'],
    ['{"Policy": {"Name": "x"}}', 'error unknown-element 1:2'],
    ['"hello"', 'error wrong-type 1:1'],
    ['{"Statement": [], "Policy": "{}"}', 'error empty-list 1:15'],
  ])('%s', (text, first) => {
    expect(summary(parsePolicy({ name: 'p', text }, 'queue'))).toContain(first);
  });

  it('a YAML document may begin with a quoted name', () => {
    const text = '"Statement":\n  "Effect": "Allow"\n  "Action": "*"\n  "Resource": "*"';
    expect(parsePolicy({ name: 'p', text }, 'identity', { readYaml }).ok).toBe(true);
  });
});
