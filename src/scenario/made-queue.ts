import { excerpt } from '../syntax/excerpt.js';
import { textGiven } from './build-parameters.js';
import type { Loader } from './loader.js';
import type { ReadStep } from './read-step.js';
import { refuse } from './spot.js';

/**
 * The queue that `sqs:CreateQueue` makes, by the name that later steps use: `queue:`, or `QueueName` among the
 * parameters; `undefined` after a complaint.
 */
export function queueToMake(loader: Loader, read: ReadStep<'call'>): { readonly on: string } | undefined {
  const on = read.queue?.value ?? textGiven(read.with, 'QueueName');
  const { spot } = read.call;
  if (on === undefined || on === '') {
    return refuse(loader, spot, {
      code: 'missing-element',
      message: `${excerpt('sqs:CreateQueue')} names no queue`,
      expected: '`queue:` with the name of the new queue, or `QueueName` in `with:`',
    });
  }
  if (regionOf(loader, read) === undefined) {
    return refuse(loader, spot, {
      code: 'missing-element',
      message: 'no Region is given for this call, nor one for the file',
      expected: '`region:` at the top of the file, or `Region` in `with:`',
    });
  }
  loader.makeThing('queues', on);
  return { on };
}

/** The Region that a call is sent to which is on nothing: `Region` among its parameters, as at the command line, or the file's. */
export function regionOf(loader: Loader, read: ReadStep<'call'>): string | undefined {
  return textGiven(read.with, 'Region') ?? loader.home?.region;
}
