import { EITHER, TRUE, type Truth } from '../conditions/truth.js';
import { invariant } from '../syntax/invariant.js';
import {
  type AllowingLayer,
  combine,
  type DenyingLayer,
  type LayerAnswers,
  type Outcome,
} from './combine.js';
import type { Evaluation } from './evaluation.js';
import type { Layer } from './layer.js';
import { type Reach, reachesIn } from './reach.js';

/** One question of `combine` with the answers that are possible, at least one. */
interface Question<T> {
  readonly kind: 'deny' | 'allow' | 'reach';
  readonly layer: Layer;
  readonly possible: readonly T[];
}

/** The questions of `combine` about one evaluation, each worked out when it is first asked. */
interface Questions {
  readonly evaluation: Evaluation;
  readonly denies: (layer: DenyingLayer) => Question<boolean>;
  readonly allows: (layer: AllowingLayer) => Question<boolean>;
  readonly resourceReach: () => Question<Reach>;
  readonly grantReach: () => Question<Reach>;
}

/** For each question with several possible answers, which of them is taken. */
type Choices = ReadonlyMap<Question<unknown>, number>;

/** One way through `combine`: the answers taken and where they lead. */
interface Path {
  readonly choices: Choices;
  readonly outcome: Outcome;
}

/** Everything that may come out of one evaluation. */
export interface Possibilities {
  readonly paths: readonly Path[];
  readonly outcomes: readonly Outcome[];
}

/** Follows every way through `combine`. Only questions that are asked are chosen over. */
export function possibilitiesOf(evaluation: Evaluation): Possibilities {
  const paths = pathsThrough(questionsAbout(evaluation));
  return { paths, outcomes: [...new Set(paths.map(({ outcome }) => outcome))] };
}

/** What the ways through `combine` amount to: where this is the same, the same layers change the decision. */
export function shapeOf({ paths }: Possibilities): string {
  return paths
    .map(({ choices, outcome }) => {
      const taken = [...choices].map(
        ([{ kind, layer, possible }, index]) => `${kind} ${layer} ${possible[index]}`,
      );
      return `${taken.join()}=${outcome.decision}`;
    })
    .join(';');
}

/** The layers of which some answer, all others being equal, changes the decision. */
export function tellingLayers({ paths }: Possibilities): ReadonlySet<Layer> {
  const telling = new Set<Layer>();
  paths.forEach((path, index) => {
    for (const other of paths.slice(index + 1)) {
      if (path.outcome.decision === other.outcome.decision) continue;
      const differing = [...path.choices].filter(([question, taken]) => {
        const otherwise = other.choices.get(question);
        return otherwise !== undefined && otherwise !== taken;
      });
      const layers = new Set(differing.map(([{ layer }]) => layer));
      if (layers.size === 1) for (const only of layers) telling.add(only);
    }
  });
  return telling;
}

function pathsThrough(questions: Questions): readonly Path[] {
  const { callerKind, sameAccount, keyPolicyRule, trustPolicyRule, shareable } = questions.evaluation;
  const paths: Path[] = [];
  const open: Choices[] = [new Map()];
  for (let start = open.pop(); start !== undefined; start = open.pop()) {
    const choices = new Map(start);
    const ask = <T>(question: Question<T>): T => {
      const taken = choices.get(question) ?? 0;
      if (question.possible.length > 1 && !choices.has(question)) {
        for (let other = 1; other < question.possible.length; other += 1) {
          open.push(new Map([...choices, [question, other]]));
        }
        choices.set(question, 0);
      }
      const answer = question.possible[taken];
      invariant(answer !== undefined, 'a question has an answer for each choice');
      return answer;
    };
    const answers: LayerAnswers = {
      callerKind,
      sameAccount,
      keyPolicyRule,
      trustPolicyRule,
      shareable,
      denies: (layer) => ask(questions.denies(layer)),
      allows: (layer) => ask(questions.allows(layer)),
      resourceReach: () => ask(questions.resourceReach()),
      grantReach: () => ask(questions.grantReach()),
    };
    const outcome = combine(answers);
    paths.push({ choices, outcome });
  }
  return paths;
}

function questionsAbout(evaluation: Evaluation): Questions {
  const denies = once((layer: DenyingLayer) => yesOrNo('deny', layer, evaluation.denyTruth(layer)));
  const allows = once((layer: AllowingLayer) => yesOrNo('allow', layer, evaluation.allowTruth(layer)));
  const reach = once((layer: 'resource-policy' | 'grant'): Question<Reach> => {
    const reaches = layer === 'grant' ? evaluation.grantReaches() : evaluation.resourceReaches();
    return { kind: 'reach', layer, possible: reachesIn(reaches) };
  });
  return {
    evaluation,
    denies,
    allows,
    resourceReach: () => reach('resource-policy'),
    grantReach: () => reach('grant'),
  };
}

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}

function yesOrNo(kind: 'deny' | 'allow', layer: Layer, truth: Truth): Question<boolean> {
  return { kind, layer, possible: truth === EITHER ? [true, false] : [truth === TRUE] };
}
