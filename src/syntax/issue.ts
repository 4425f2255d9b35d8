import { invariant } from './invariant.js';
import type { Place } from './source.js';

/**
 * What can be wrong with something a person wrote. A code is stable: programs may switch on it; the message may improve.
 */
export type IssueCode =
  // text
  | 'json-syntax'
  | 'yaml-syntax'
  | 'yaml-star'
  | 'yaml-tag'
  | 'yaml-merge-key'
  | 'yaml-documents'
  | 'yaml-aliases'
  | 'encoding'
  | 'empty-file'
  | 'too-deep'
  | 'too-large'
  | 'duplicate-key'
  // shape
  | 'wrong-type'
  | 'unknown-element'
  | 'missing-element'
  | 'conflicting-elements'
  | 'empty-list'
  | 'wrong-value'
  | 'repeated-value'
  // policy documents
  | 'missing-principal'
  | 'forbidden-principal'
  | 'bad-principal'
  | 'bad-action'
  | 'bad-resource'
  | 'bad-version'
  | 'bad-sid'
  | 'bad-variable'
  | 'unknown-operator'
  | 'operator-letter-case'
  | 'bad-operand'
  | 'condition-key-letter-case'
  | 'set-operator-misuse'
  | 'overly-permissive-condition'
  | 'unsupported-element'
  | 'inert-statement'
  | 'quota'
  | 'bad-characters'
  // scenario files, command line, library calls
  | 'unknown-name'
  | 'account-id'
  | 'bad-arn'
  | 'bad-duration'
  | 'bad-date'
  | 'file-not-found'
  | 'file-unreadable'
  | 'not-a-scenario'
  | 'nothing-selected'
  | 'bad-argument'
  | 'hint';

export interface Issue {
  readonly code: IssueCode;
  /** `error`: no answer can be given; `warning`: an answer is given, and probably not the one meant; `note`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** One sentence; lower-case start, no full stop, the user's text in backticks. */
  readonly message: string;
  /** What would have been accepted here. */
  readonly expected?: string;
  /** The way out, as an instruction. */
  readonly help?: string;
  readonly at: Place;
  readonly related?: readonly Place[];
  readonly docs?: string;
}

/** Either a value (perhaps with warnings and notes) or at least one error. Nothing that a user wrote ever throws. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly [Issue, ...Issue[]] };

/** What is left of something that cannot be read: its issues, of which there is one at least. */
export function refused(issues: readonly Issue[]): Checked<never> {
  const [first, ...rest] = issues;
  invariant(first !== undefined, 'what cannot be read has an issue');
  return { ok: false, issues: [first, ...rest] };
}

/** Closes a collection of issues over a value: refused when one of them is an error. */
export function checked<T>(value: T, issues: readonly Issue[]): Checked<T> {
  const [first, ...rest] = issues;
  if (first !== undefined && issues.some((issue) => issue.severity === 'error')) {
    return { ok: false, issues: [first, ...rest] };
  }
  return { ok: true, value, issues };
}
