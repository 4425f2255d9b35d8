import { type AskedKey, askedKeys } from './asked-keys.js';
import type { Evaluation } from './evaluation.js';
import type { AuthorizationRequest } from './request.js';
import { tellingValues } from './telling-values.js';
import { type SampleValue, withValue } from './with-value.js';
import { STEPS_FOR_ONE_VERDICT, type WorkLeft } from './work-left.js';

/** A request in which unknown condition keys were given values. */
export interface Sample {
  readonly request: AuthorizationRequest;
  /** The values by the key's slot, in the order of `Samples.keys`; a key that was given none is left out. */
  readonly values: ReadonlyMap<string, SampleValue>;
}

/** Telling values of the unknown keys that the policies ask about, put into the request in all combinations. */
export interface Samples {
  /** The unknown condition keys that some statement about this action asks for, and that the answer may hang on. */
  readonly keys: readonly AskedKey[];
  /** Keys that are compared with one another, so that the telling values of one follow from those of the other. */
  readonly entangled: ReadonlySet<string>;
  /** At least one; whatever values the keys have, some sample comes out the same or leaves open more. */
  readonly samples: readonly Sample[];
  /** Every key has been given values, which cover every way in which the policies can tell values apart. */
  readonly complete: boolean;
}

const MOST_SAMPLES = 2000;

/**
 * Puts telling values into the request, key by key. A key whose values cannot all be told, or that would make too many
 * combinations, stays unknown.
 */
export function samplesOfUnknowns(evaluation: Evaluation): Samples {
  const { keys, askers } = askedKeys(evaluation);
  const entangled = new Set(askers.flatMap((asker) => (asker.keys.size > 1 ? [...asker.keys] : [])));
  const work: WorkLeft = { steps: STEPS_FOR_ONE_VERDICT };
  let samples: readonly Sample[] = [{ request: evaluation.request, values: new Map() }];
  let complete = true;
  for (const key of keys) {
    const { context } = evaluation.request;
    const alone = entangled.has(key.slot) ? undefined : { values: tellingValues(key, askers, context, work) };
    const valuesOf = (sample: Sample): readonly SampleValue[] | undefined =>
      alone === undefined ? tellingValues(key, askers, sample.request.context, work) : alone.values;
    const more = key.untellable ? undefined : withKey(samples, key, valuesOf);
    if (more === undefined) complete = false;
    else samples = more;
  }
  return { keys, entangled, samples, complete };
}

/** Each sample with each telling value of one more key; `undefined` where these cannot be told or are too many. */
function withKey(
  samples: readonly Sample[],
  key: AskedKey,
  valuesIn: (sample: Sample) => readonly SampleValue[] | undefined,
): readonly Sample[] | undefined {
  const more: Sample[] = [];
  for (const sample of samples) {
    const telling = valuesIn(sample);
    if (telling === undefined || more.length + telling.length > MOST_SAMPLES) return undefined;
    const { request, values } = sample;
    for (const value of telling) {
      const context = withValue(request.context, key.slot, value);
      more.push({ request: { ...request, context }, values: new Map([...values, [key.slot, value]]) });
    }
  }
  return more;
}
