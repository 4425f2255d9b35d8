import type { ContextValue } from '../conditions/context.js';
import type { Truth } from '../conditions/truth.js';
import type { RuleId } from '../rules/registry.js';
import type { Layer } from './layer.js';
import type { Reach } from './reach.js';
import type { StatementRef } from './verdict.js';

/** The smallest thing that can hold or fail: the action, the principal, the resource, or one operator on one key. */
export type Facet =
  | { readonly of: 'action' }
  | { readonly of: 'principal' }
  | { readonly of: 'resource' }
  | { readonly of: 'condition'; readonly index: number; readonly operator: string; readonly key: string };

/** What a decision reports while it runs. `null` in its place means that nobody listens: same code, stops early. */
export interface Recorder {
  layer(layer: Layer, level: number, denies: Truth, allows: Truth): void;
  statement(layer: Layer, level: number, at: StatementRef, holds: Truth, reach: Reach): void;
  facet(
    layer: Layer,
    level: number,
    at: StatementRef,
    facet: Facet,
    holds: Truth,
    got: ContextValue | undefined,
    rules: readonly RuleId[],
  ): void;
  /** What the grant misses, in words, and the rule by which it does. */
  grant(id: string, reach: Reach, missed: string | undefined, rule: RuleId | undefined): void;
}

export type TraceEntry =
  | {
      readonly what: 'layer';
      readonly layer: Layer;
      readonly level: number;
      readonly denies: Truth;
      readonly allows: Truth;
    }
  | {
      readonly what: 'statement';
      readonly layer: Layer;
      readonly level: number;
      readonly at: StatementRef;
      readonly holds: Truth;
      readonly reach: Reach;
      readonly facets: readonly FacetEntry[];
    }
  | {
      readonly what: 'grant';
      readonly id: string;
      readonly reach: Reach;
      readonly missed?: string;
      readonly rule?: RuleId;
    };

export interface FacetEntry {
  readonly facet: Facet;
  readonly holds: Truth;
  readonly got?: ContextValue;
  /** The rules of AWS by which it holds or fails. */
  readonly rules: readonly RuleId[];
}

export type Trace = readonly TraceEntry[];

/** The stock recorder: keeps everything, each statement with its facets. */
export function recordTrace(): Recorder & { readonly trace: Trace } {
  const trace: TraceEntry[] = [];
  let facets: FacetEntry[] = [];
  return {
    trace,
    layer: (layer, level, denies, allows) => {
      trace.push({ what: 'layer', layer, level, denies, allows });
    },
    statement: (layer, level, at, holds, reach) => {
      trace.push({ what: 'statement', layer, level, at, holds, reach, facets });
      facets = [];
    },
    facet: (_layer, _level, _at, facet, holds, got, rules) => {
      facets.push(got === undefined ? { facet, holds, rules } : { facet, holds, got, rules });
    },
    grant: (id, reach, missed, rule) => {
      const miss = missed === undefined ? {} : { missed };
      trace.push({ what: 'grant', id, reach, ...miss, ...(rule === undefined ? {} : { rule }) });
    },
  };
}
