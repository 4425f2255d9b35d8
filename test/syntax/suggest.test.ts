import { describe, expect, it } from 'vitest';
import { closest, didYouMean } from '../../src/syntax/suggest.js';
import { busy } from '../fastest.js';

const words = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'kms:Decrypt',
  'Effect',
  'Action',
  'as',
  'StringEquals',
];

describe('the closest word', () => {
  it.each([
    ['sqs:SendMesage', 'sqs:SendMessage'],
    ['sqs:SendMessgae', 'sqs:SendMessage'],
    ['SQS:sendmessage', 'sqs:SendMessage'],
    ['kms:Decypt', 'kms:Decrypt'],
    ['effect', 'Effect'],
    ['Efect', 'Effect'],
    ['Actoin', 'Action'],
    ['StringEqual', 'StringEquals'],
    ['sa', 'as'],
    ['banana', undefined],
    ['x', undefined],
    ['', undefined],
    ['Effect', undefined],
    ['constructor', undefined],
  ])('to %j is %j', (word, best) => expect(closest(word, words)).toBe(best));

  it('is the one of the same letters before any other', () => {
    expect(closest('sid', ['sad', 'Sid', 'side'])).toBe('Sid');
  });

  it('is not looked for when the word is longer than any name', () => {
    expect(closest('a'.repeat(101), ['a'.repeat(100)])).toBeUndefined();
  });

  it('is found quickly among many', () => {
    const many = Array.from({ length: 2000 }, (_, i) => `${'kms:GenerateDataKey'.repeat(4)}${i}`);
    expect(busy(() => closest('kms:GenerateDataKye'.repeat(4), many), 3)).toBeLessThan(500);
  });
});

it('the help sentence is a question, or nothing', () => {
  expect(didYouMean('Efect', words)).toBe('did you mean `Effect`?');
  expect(didYouMean('banana', words)).toBeUndefined();
});
