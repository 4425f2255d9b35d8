import { describe, expect, it } from 'vitest';
import {
  MOVE_TASK_PERMISSIONS,
  SQS_ACTIONS,
  SQS_MISTAKEN_ACTIONS,
  SQS_OPERATIONS,
  sqsAction,
  sqsOperation,
} from '../../src/catalogue/sqs-operations.js';

const EXCLUDED = `AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueues
  ListQueueTags RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue`.split(/\s+/);

describe('SQS operations', () => {
  it('are 23, checked as 20 actions', () => {
    expect(SQS_OPERATIONS.size).toBe(23);
    expect(SQS_ACTIONS.size).toBe(20);
    for (const operation of SQS_OPERATIONS.values()) expect(sqsAction(operation.action)).toBeDefined();
  });

  it('that no queue policy opens to other accounts are twelve', () => {
    const rows = [...SQS_OPERATIONS.values()].filter((row) => !row.crossAccount);
    expect(rows.map((row) => row.name).sort()).toEqual([...EXCLUDED].sort());
    expect(rows).toHaveLength(12);
  });

  it.each([
    ['SendMessageBatch', 'sqs:SendMessage'],
    ['DeleteMessageBatch', 'sqs:DeleteMessage'],
    ['ChangeMessageVisibilityBatch', 'sqs:ChangeMessageVisibility'],
  ])('%s is checked as %s', (name, action) => {
    expect(sqsOperation(name)?.action).toBe(action);
    expect(sqsAction(`sqs:${name}`)).toBeUndefined();
    expect(SQS_MISTAKEN_ACTIONS.get(`sqs:${name.toLowerCase()}`)).toBe(action);
  });

  it('call KMS when they send or receive, and in move tasks', () => {
    const calls = [...SQS_OPERATIONS.values()].filter((row) => row.kms !== 'none');
    expect(Object.fromEntries(calls.map((row) => [row.name, row.kms]))).toEqual({
      CancelMessageMoveTask: 'moveTask',
      ReceiveMessage: 'decryptPerDataKey',
      SendMessage: 'generateDataKeyAndDecrypt',
      SendMessageBatch: 'generateDataKeyAndDecrypt',
      StartMessageMoveTask: 'moveTask',
    });
  });

  it('are authorized on a queue, all but ListQueues', () => {
    const rows = [...SQS_OPERATIONS.values()].filter((row) => !row.resourceLevel);
    expect(rows.map((row) => row.name)).toEqual(['ListQueues']);
  });

  it.each([
    ['SendMessage', 'queueUrl'],
    ['GetQueueUrl', 'queueName'],
    ['CreateQueue', 'queueName'],
    ['StartMessageMoveTask', 'arn'],
    ['ListMessageMoveTasks', 'arn'],
    ['CancelMessageMoveTask', 'taskHandle'],
    ['ListQueues', 'none'],
  ])('%s names its queue by %s', (name, addressing) => {
    expect(sqsOperation(name)?.addressing).toBe(addressing);
  });

  it('of move tasks use actions that exist', () => {
    for (const row of MOVE_TASK_PERMISSIONS.values()) {
      for (const action of [...row.onSource, ...row.onDestination]) expect(sqsAction(action)).toBeDefined();
    }
  });

  it('CreateQueue with tags needs sqs:TagQueue as well', () => {
    expect(sqsOperation('CreateQueue')?.whenTagged).toBe('sqs:TagQueue');
  });

  it('are found in any letter case, and nothing is found by inherited names', () => {
    expect(sqsAction('SQS:SendMessage')?.name).toBe('sqs:SendMessage');
    expect(sqsOperation('sqs:SENDMESSAGE')?.name).toBe('SendMessage');
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'sqs:', '']) {
      expect(sqsAction(name)).toBeUndefined();
      expect(sqsOperation(name)).toBeUndefined();
      expect(SQS_MISTAKEN_ACTIONS.get(name)).toBeUndefined();
    }
  });
});
