/** How sure we are: AWS's documents say it; it was measured or recorded on AWS; or it is our best reading. */
export type Basis = 'documented' | 'observed' | 'assumed';

/** A fact of the rule book's first edition. Ids repeat between subjects, so they are always qualified. */
export type FactRef = `${'iam' | 'kms' | 'sqs' | 'err'}:${string}`;

/** One rule of AWS: what it says in one sentence, the page that says it, and how certain that is. */
export interface Rule {
  /** One sentence in the present tense, readable without this file. */
  readonly says: string;
  /** The AWS page, by guide and title. */
  readonly page: string;
  readonly basis: Basis;
  readonly facts?: readonly FactRef[];
}
