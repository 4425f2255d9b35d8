import { EITHER, TRUE } from '../conditions/truth.js';
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
  readonly questions: Questions;
  readonly paths: readonly Path[];
  readonly outcomes: readonly Outcome[];
}

/** Follows every way through `combine`. Only questions that are asked are chosen over. */
export function possibilitiesOf(evaluation: Evaluation): Possibilities {
  const questions = questionsAbout(evaluation);
  const paths = pathsThrough(questions, new Map());
  return { questions, paths, outcomes: [...new Set(paths.map(({ outcome }) => outcome))] };
}

/** The layers of which some answer, all others being equal, changes the decision. */
export function tellingLayers({ questions, paths }: Possibilities): ReadonlySet<Layer> {
  const telling = new Set<Layer>();
  for (const { choices, outcome } of paths) {
    for (const [question, taken] of choices) {
      if (telling.has(question.layer)) continue;
      const changed = question.possible.some(
        (_, index) =>
          index !== taken &&
          pathsThrough(questions, new Map([...choices, [question, index]])).some(
            (path) => path.outcome.decision !== outcome.decision,
          ),
      );
      if (changed) telling.add(question.layer);
    }
  }
  return telling;
}

function pathsThrough(questions: Questions, fixed: Choices): readonly Path[] {
  const { callerKind, sameAccount, keyPolicyRule, shareable } = questions.evaluation;
  const paths: Path[] = [];
  const open: Choices[] = [fixed];
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
  const denies = once((layer: DenyingLayer) => yesOrNo(layer, evaluation.denyTruth(layer)));
  const allows = once((layer: AllowingLayer) => yesOrNo(layer, evaluation.allowTruth(layer)));
  const reach = once((layer: 'resource-policy' | 'grant'): Question<Reach> => {
    const reaches = layer === 'grant' ? evaluation.grantReaches() : evaluation.resourceReaches();
    return { layer, possible: reachesIn(reaches) };
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

function yesOrNo(layer: Layer, truth: number): Question<boolean> {
  return { layer, possible: truth === EITHER ? [true, false] : [truth === TRUE] };
}
