import { main } from '../src/cli/main.js';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What was written, piece by piece, in the order in which it was. */
  readonly pieces: readonly (readonly ['out' | 'err', string])[];
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly columns?: number;
}

/** Runs one command line in this process, without colours unless the surroundings ask for them. */
export async function gainsay(
  argv: readonly string[],
  { cwd = process.cwd(), env = {}, isTerminal = false, columns = 100 }: Surroundings = {},
): Promise<Ended> {
  const pieces: (readonly ['out' | 'err', string])[] = [];
  const code = await main(argv, {
    out: (text) => pieces.push(['out', text]),
    err: (text) => pieces.push(['err', text]),
    env,
    cwd,
    isTerminal,
    columns,
    now: () => 0,
  });
  const all = (where: 'out' | 'err'): string =>
    pieces.flatMap(([to, text]) => (to === where ? [text] : [])).join('');
  return { code, out: all('out'), err: all('err'), pieces };
}
