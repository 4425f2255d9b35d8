import { describe, expect, test } from 'vitest';
import { arnSections, hasArnSections } from '../../src/conditions/arn.js';
import { decodeBase64 } from '../../src/conditions/binary.js';
import { parseBool } from '../../src/conditions/bool.js';
import { UNKNOWN } from '../../src/conditions/context.js';
import { parseIpAddress, parseIpRange } from '../../src/conditions/ip.js';
import { compileNull, isNull } from '../../src/conditions/null.js';
import { operandText } from '../../src/conditions/operand.js';
import { OPERATORS, type OperatorFamily, parseOperator } from '../../src/conditions/operators.js';
import { remember } from '../../src/conditions/remember.js';
import { parsePieces } from '../../src/syntax/wildcard.js';
import { ask, compiled } from './ask.js';

describe('base64', () => {
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  test('reads every letter as Node does, and no other', () => {
    for (let unit = 0; unit < 256; unit += 1) {
      const letter = String.fromCharCode(unit);
      const text = `A${letter}AA`;
      const bytes = LETTERS.includes(letter) ? Buffer.from(text, 'base64').toString('latin1') : undefined;
      expect([letter, decodeBase64(text)]).toEqual([letter, bytes]);
    }
  });
});

describe('an ARN pattern', () => {
  test.each([
    ['arn:aws:sqs:r:1:q', true],
    ['::::: ', true],
    ['a:b:c:d:e:f:g', true],
    ['arn:aws:sqs:r:1', false],
    [':a:b', false],
    ['*', false],
    ['', false],
  ])('%j has six sections: %s', (text, expected) => {
    expect(hasArnSections(text)).toBe(expected);
    const sections = arnSections(parsePieces(text));
    expect(sections?.length).toBe(expected ? 6 : undefined);
  });

  test('keeps what stands in each section', () => {
    const texts = (pattern: string) =>
      arnSections(parsePieces(pattern))?.map((section) =>
        section.map((piece) => (piece.kind === 'text' ? piece.text : piece.kind)).join('|'),
      );
    expect(texts('arn:a*:s?s:r:1:x:y*')).toEqual(['arn', 'a|any|', 's|one|s', 'r', '1', 'x:y|any']);
  });

  test.each([
    ['arn:aws:sqs:us-east-1:1:orders', 'arn:aws:sqs:us-east-1:1:orders', 'true'],
    ['arn:aws:sqs:us-east-1:1:orders', 'arn:aws:sqs:us-east-1:1:others', 'false'],
    ['arn:aws:sqs:*:1:orders', 'arn:aws:sqs:us-east-1:1:orders', 'true'],
    ['arn:aws:sqs:*:1:orders', 'arn:aws:sqs:us-east-1:2:orders', 'false'],
    // Whatever the first section takes, what is no ARN is matched by none.
    ['*:aws:sqs:us-east-1:1:orders', 'urn:aws:sqs:us-east-1:1:orders', 'false'],
    ['urn:aws:sqs:us-east-1:1:orders', 'urn:aws:sqs:us-east-1:1:orders', 'false'],
    ['arn:aws:sqs:*:1:arn:', 'arn:aws:sqs:x:1:arn:', 'true'],
  ])('%s on %s is %s', (operand, value, expected) => expect(ask('ArnLike', operand, value)).toBe(expected));
});

describe('a truth value', () => {
  test.each([
    ['true', true],
    ['false', false],
    ['TRUE', true],
    ['False', false],
    ['', undefined],
    ['falsey', undefined],
    ['truer', undefined],
    ['1', undefined],
  ])('%j is %s', (text, expected) => expect(parseBool(text)).toBe(expected));
});

describe('the operand of Null', () => {
  test.each([
    ['true', 'false'],
    ['false', 'true'],
    ['never', 'false'],
  ])('%s on a key with a value is %s', (operand, expected) => {
    expect(ask('Null', operand, 'x')).toBe(expected);
    expect(ask('Null', operand, undefined)).toBe(operand === 'true' ? 'true' : 'false');
  });

  test('that is no truth value asks nothing', () => {
    expect(compileNull(parsePieces('never'))).toBeUndefined();
    expect(compileNull(parsePieces('true'))?.everything).toBe(false);
  });

  test.each([
    [undefined, true],
    ['', true],
    [[], true],
    [['', ''], true],
    ['x', false],
    [['', 'x'], false],
  ])('%j is nothing: %s', (value, expected) => expect(isNull(value)).toBe(expected));
});

describe('addresses', () => {
  test.each([
    ['1.2.3.', undefined],
    ['1.2.3', undefined],
    ['1.2.3.0', { version: 4, a: 0x01020300, b: 0, c: 0, d: 0 }],
    ['0.0.0.10', { version: 4, a: 10, b: 0, c: 0, d: 0 }],
    ['1.2.3.:', undefined],
    ['1.2.3.4;', undefined],
    ['12', undefined],
    ['1:2', undefined],
    ['::1', { version: 6, a: 0, b: 0, c: 0, d: 1 }],
  ])('%j', (text, expected) => expect(parseIpAddress(text)).toEqual(expected));

  test.each([
    ['/8', undefined],
    ['10.0.0.0/', undefined],
    ['10.0.0.0/08', undefined],
    ['10.0.0.0/1:', undefined],
    ['10.0.0.0/33', undefined],
    ['::/0128', undefined],
    ['::/1000', undefined],
    ['10.0.0.0/32', -1],
    ['10.0.0.0/31', -2],
    ['10.0.0.0/1', -2147483648],
    ['10.0.0.0/0', 0],
    ['::/32', -1],
  ])('the range %s', (text, mask) => expect(parseIpRange(text)?.mask.a).toBe(mask));
});

describe('what an operator accepts', () => {
  const OPERANDS: Readonly<Record<OperatorFamily, readonly [readonly string[], readonly string[]]>> = {
    string: [['', 'x', '*'], []],
    numeric: [
      ['1', '-0.5'],
      ['', 'x', '0x10'],
    ],
    date: [
      ['2020-01-01T00:00:00Z', '12'],
      ['', 'today'],
    ],
    bool: [
      ['true', 'FALSE'],
      ['', '1'],
    ],
    binary: [
      ['YQ==', ''],
      ['YQ=', '?'],
    ],
    ip: [
      ['10.0.0.0/8', '::1'],
      ['', '10'],
    ],
    arn: [['arn:aws:s3:::b'], ['', '*']],
    null: [
      ['true', 'False'],
      ['', 'x'],
    ],
  };
  test.each([...OPERATORS.values()].map((operator) => [operator.name, operator] as const))(
    '%s is what it compiles',
    (_name, { family, accepts, compile }) => {
      const [fits, fails] = OPERANDS[family];
      const both = (operand: string) => [
        accepts(operand),
        compile([{ kind: 'text', text: operand }]) !== undefined,
      ];
      for (const operand of fits) expect([operand, ...both(operand)]).toEqual([operand, true, true]);
      for (const operand of fails) expect([operand, ...both(operand)]).toEqual([operand, false, false]);
    },
  );

  test('families are those of the names', () => {
    const familyOf = (name: string): string =>
      name === 'Null'
        ? 'null'
        : (/String|Numeric|Date|Bool|Binary|Ip|Arn/.exec(name)?.[0].toLowerCase() ?? '');
    for (const { name, family } of OPERATORS.values()) expect([name, family]).toEqual([name, familyOf(name)]);
  });

  test('an operand with a wildcard is no text', () => {
    expect(
      operandText([
        { kind: 'text', text: 'a' },
        { kind: 'text', text: 'b' },
      ]),
    ).toBe('ab');
    expect(() => operandText([{ kind: 'any' }])).toThrow(
      'an operand of an operator without wildcards is text only',
    );
  });
});

describe('a name that is no operator', () => {
  const suggestionFor = (name: string): unknown => {
    const reading = parseOperator(name);
    return reading.ok ? 'ok' : reading.suggestion;
  };
  test.each([
    ['ForAnyValues:StringEquals', 'ForAnyValue:StringEquals'],
    ['ForAnyValues:StringEqualsIfExists', 'ForAnyValue:StringEqualsIfExists'],
    ['ForAnyValues:Nonsense', undefined],
    ['Whatever:StringEquals', undefined],
    [':StringEquals', undefined],
    ['ForAllValues:ForAnyValues:StringEquals', undefined],
    ['ForAllValues:StringEqual', 'ForAllValues:StringEquals'],
    ['Nul', 'Null'],
    ['xyz', undefined],
  ])('%s: %s', (name, suggestion) => expect(suggestionFor(name)).toBe(suggestion));
});

describe('several operands', () => {
  test.each([
    [['a', 'b*'], 'xx', 'false'],
    [['a', 'b*'], 'a', 'true'],
    [['ab', 'b*', '?'], 'ab', 'true'],
    [['ab', 'b*', '?'], 'bx', 'true'],
    [['ab', 'b*', '?'], 'xx', 'false'],
    [['a', 'b'], 'a', 'true'],
    [['a', 'b'], 'c', 'false'],
    [[], 'a', 'false'],
  ])('%j on %j is %s', (operands, value, expected) => {
    expect(ask('StringLike', operands, value)).toBe(expected);
  });

  test.each<readonly [readonly string[], Record<string, string | typeof UNKNOWN>, string]>([
    [["${aws:k, ''}*"], {}, 'true'],
    [["${aws:k, ''}x"], {}, 'either'],
    [['${aws:k}*'], {}, 'either'],
    [['${aws:k}*'], { 'aws:k': UNKNOWN }, 'either'],
    [['*', '${aws:k}x'], { 'aws:k': 'y' }, 'true'],
    [['${aws:k}x', '*'], {}, 'true'],
  ])('%j with %j on a value that is not known is %s', (operands, others, expected) => {
    expect(ask('StringLikeIfExists', operands, UNKNOWN, { others })).toBe(expected);
  });

  test('are kept as long as their variables stay the same', () => {
    const condition = compiled('StringEquals', ['${aws:k}-${aws:l}']);
    const answer = (k: string, l: string, value: string): number => {
      const principal = new Map([
        ['aws:k', k],
        ['aws:l', l],
      ]);
      return condition.answer(value, { principal, network: new Map(), resource: new Map(), call: new Map() });
    };
    expect([answer('a', 'b', 'a-b'), answer('a', 'b', 'a-c')]).toEqual([2, 1]);
    expect([answer('a', 'c', 'a-c'), answer('a', 'c', 'a-b')]).toEqual([2, 1]);
    expect([answer('b', 'c', 'b-c'), answer('a', 'b', 'a-b')]).toEqual([2, 2]);
  });
});

describe('what was read before', () => {
  const counted = () => {
    const read: string[] = [];
    const remembered = remember((text: string) => {
      read.push(text);
      return `${text}!`;
    });
    return { read, remembered };
  };

  test('is not read again, whether it was the last or not', () => {
    const { read, remembered } = counted();
    expect(['a', 'a', 'b', 'a', 'b'].map(remembered)).toEqual(['a!', 'a!', 'b!', 'a!', 'b!']);
    expect(read).toEqual(['a', 'b']);
  });

  test('is forgotten when 128 others were, all at once', () => {
    const { read, remembered } = counted();
    for (let at = 0; at < 128; at += 1) remembered(`${at}`);
    remembered('0');
    expect(read).toHaveLength(128);
    remembered('128');
    remembered('0');
    expect(read.slice(128)).toEqual(['128', '0']);
  });

  test('is not kept when it is long', () => {
    const { read, remembered } = counted();
    const [most, more] = ['x'.repeat(256), 'y'.repeat(257)];
    for (const text of [most, 'a', most, more, 'a', more]) expect(remembered(text)).toBe(`${text}!`);
    expect(read).toEqual([most, 'a', more, more]);
  });
});
