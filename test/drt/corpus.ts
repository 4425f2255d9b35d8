import { readdirSync, readFileSync } from 'node:fs';
import { ABLATION } from '../conformance/ablation.js';
import type { Line } from '../model/request.js';
import { noticedFacts } from './noticed-facts.js';

type Lines = readonly [Line, ...Line[]];

/** Cases that are about one thing: a fact behind a rule of the conformance corpus, or the worked KMS examples. */
export interface Kin {
  /** A rule. */
  readonly about: string;
  readonly cases: Lines;
  /** Those that turn on the fact. */
  readonly deciding: Lines;
}

export type Corpus = readonly [Kin, ...Kin[]];

export const EXAMPLES = 'KMS-EXAMPLES';
/** The worked examples are about many rules, and are varied as often as so many facts. */
const EXAMPLES_COUNT = 8;

interface CaseFile {
  readonly rule?: string;
  readonly cases: readonly (Line & { readonly expect: string | { readonly decision: string } })[];
}

/** What the cases of `vary-case.ts` start from: all of the conformance corpus, by rule and fact. `root` is the repository's. */
export function readCorpus(root: URL): Corpus {
  const single = new URL('conformance/single/', root);
  const names = readdirSync(single).sort();
  const examples = readKin(new URL('test/conformance/kms-examples.json', root));
  const rules = names.flatMap((name) => readKin(new URL(name, single)));
  const [first, ...rest] = [...Array.from({ length: EXAMPLES_COUNT }, () => examples).flat(), ...rules];
  if (first === undefined) throw new Error('no cases to start from');
  return [first, ...rest];
}

/** Cases that AWS refuses to store are left out: there is nothing to compare. */
function readKin(file: URL): readonly Kin[] {
  const { rule = EXAMPLES, cases } = JSON.parse(readFileSync(file, 'utf8')) as CaseFile;
  const stored = cases.filter(({ expect }) => typeof expect === 'string' || expect.decision !== 'invalid');
  const all = atLeastOne(stored);
  if (all === undefined) return [];
  const facts = Object.entries(ABLATION).find(([id]) => id === rule)?.[1];
  if (facts === undefined) return [{ about: rule, cases: all, deciding: all }];
  return facts.flatMap((fact) => {
    const deciding = atLeastOne(stored.filter((line) => noticedFacts(line, [fact]).length > 0));
    return deciding === undefined ? [] : [{ about: rule, cases: all, deciding }];
  });
}

function atLeastOne([first, ...rest]: readonly Line[]): Lines | undefined {
  return first === undefined ? undefined : [first, ...rest];
}
