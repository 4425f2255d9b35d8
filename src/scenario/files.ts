/** The files that a scenario may read. Everything above goes through this, so that tests need no disk. */
export interface Files {
  /** The bytes of a file, or why there are none. */
  readonly read: (
    path: string,
  ) => { readonly bytes: Uint8Array } | { readonly failure: 'missing' | 'unreadable' | 'too-large' };
  /** A path written in a file, seen from where that file lies. */
  readonly resolve: (from: string, path: string) => string;
}

/** In bytes; for scenarios and for every file that they name. */
export const SCENARIO_SIZE_LIMIT = 2 * 1024 * 1024;
