import type { CitedRule } from './cited-rule.js';

/** One line of a trace before it is indented and wrapped. */
export interface TraceLine {
  readonly depth: number;
  readonly text: string;
}

export function ruleLine({ id, says, page, certainty }: CitedRule, depth: number): TraceLine {
  return { depth, text: `rule ${id}: ${says} (${page}): ${certainty}` };
}
