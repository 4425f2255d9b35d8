/** What may still be spent on one verdict over unknown values, in steps of about the same size. Counted down. */
export interface WorkLeft {
  steps: number;
}

/** About a tenth of a second. */
export const STEPS_FOR_ONE_VERDICT = 1_000_000;

/** What putting one value to the policies costs, beside one step through a pattern. */
export const STEPS_FOR_ONE_ANSWER = 10;
