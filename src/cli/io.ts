/** What a command may touch of the world outside; tests give their own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly isTerminal: boolean;
  readonly columns?: number;
  readonly now: () => number;
  /** Standard input, in pieces as they come. */
  readonly input?: AsyncIterable<string | Uint8Array>;
  /** Resolves when standard output takes more: whoever writes much waits for it. */
  readonly drained?: () => Promise<void>;
}

/** What the process ends with. */
export const EXIT = {
  yes: 0,
  no: 1,
  unusable: 2,
  undetermined: 3,
  bug: 70,
} as const;

/** NO_COLOR and FORCE_COLOR decide; otherwise colours go to terminals only. */
export function wantsColours(io: Io): boolean {
  if ((io.env.NO_COLOR ?? '') !== '') return false;
  if ((io.env.FORCE_COLOR ?? '') !== '') return io.env.FORCE_COLOR !== '0';
  return io.isTerminal && io.env.TERM !== 'dumb';
}

export function print(write: (text: string) => void, lines: readonly string[]): void {
  if (lines.length > 0) write(`${lines.join('\n')}\n`);
}
