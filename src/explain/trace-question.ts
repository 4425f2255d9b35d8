import { FALSE, TRUE, type Truth } from '../conditions/truth.js';
import { bindPolicies } from '../evaluator/bind.js';
import { Evaluation } from '../evaluator/evaluation.js';
import { LAYERS, type Layer } from '../evaluator/layer.js';
import type { Reach } from '../evaluator/reach.js';
import type { Trace } from '../evaluator/recorder.js';
import type { ApplicablePolicies } from '../evaluator/request.js';
import { statementName } from '../policy/place.js';
import type { Asked, Outcome } from '../replay/outcome.js';
import { callerName } from '../services/denial.js';
import { assumptionText, DECIDER_WORDS } from './assumption.js';
import { citeRule } from './cited-rule.js';
import { dependency } from './depends-on.js';
import { traceOf } from './explanation.js';
import { type Actual, type ComparedFacet, compareFacet } from './facet.js';
import { demandOf } from './facet-words.js';
import { grantContents, grantName, grantOf } from './grant-words.js';
import { levelWords } from './level.js';
import { nameStatement, statementOf } from './nearest-miss.js';
import { cutText, listed, placeText } from './plain-text.js';
import { GIVEN_OF } from './policy-layers.js';
import { resourceWords } from './refusal-reason.js';
import { compareSourceAddress, decisionWords, sourceAddressTexts } from './source-address.js';
import { ruleLine, type TraceLine } from './trace-line.js';

type StatementEntry = Extract<Trace[number], { readonly what: 'statement' }>;

/** One question of a call with its answer, layer by layer. */
export function questionLines(
  outcome: Outcome,
  asked: Asked,
  number: number,
  depth: number,
): readonly TraceLine[] {
  const { ask, verdict, cached } = asked;
  const { request } = ask;
  const inner = depth + 1;
  const answer = decisionText(asked);
  const head = cached
    ? `question ${number}: ${request.action} on ${ask.on}: not asked, a cached data key answers; asked anew it would be ${answer}`
    : `question ${number}: ${request.action} on ${ask.on}: ${answer}`;
  const why = ruleLine(citeRule(ask.why, request.action), inner);
  const address = compareSourceAddress(ask, verdict);
  const through = request.through === undefined ? '' : ` through ${request.through.service.toUpperCase()}`;
  return [
    { depth, text: head },
    { ...why, text: `asked because: ${why.text}` },
    { depth: inner, text: `caller: ${callerName(request.caller)}${through}` },
    { depth: inner, text: `resource: ${request.resource.arn}` },
    ...layersOf(outcome, asked, inner),
    ...verdict.rules.map((id) => ruleLine(citeRule(id, request.action), inner)),
    ...verdict.dependsOn.map((name) => {
      const { on, say } = dependency(name);
      return { depth: inner, text: `depends on ${on} (${say})` };
    }),
    ...(verdict.assumed.length === 0
      ? []
      : [{ depth: inner, text: assumptionText(verdict.assumed, verdict.decision === 'allowed') }]),
    ...(address === undefined
      ? []
      : [
          {
            depth: inner,
            text: sourceAddressTexts(address, request.through?.service.toUpperCase() ?? 'SQS')[0],
          },
        ]),
  ];
}

function decisionText({ verdict }: Asked): string {
  const { decision, possible, decidedBy, statement } = verdict;
  const where = statement === undefined ? '' : `, ${statementName(statement.policy, statement.statement)}`;
  const by = ` (${DECIDER_WORDS[decidedBy]}${where})`;
  if (decision === 'undetermined') return `not known: ${listed(possible.map(decisionWords), 'or')}${by}`;
  return `${decisionWords(decision)}${by}`;
}

function layersOf(outcome: Outcome, { ask }: Asked, depth: number): readonly TraceLine[] {
  const trace = traceOf(ask);
  const evaluation = new Evaluation(ask.request, bindPolicies(ask.policies));
  return LAYERS.flatMap((layer): readonly TraceLine[] => {
    const name = layer === 'resource-policy' ? resourceWords(ask.request.action) : DECIDER_WORDS[layer];
    const state = givenState(ask.policies, layer);
    const applies = layer === 'grant' ? evaluation.keyPolicyRule : evaluation.applies(layer);
    if (state === 'none' || (state !== 'given' && !applies)) return [];
    if (state !== 'given') return [{ depth, text: `${name}: ${state}` }];
    if (layer === 'grant') return grantLines(ask, trace, depth);
    const levels = trace.flatMap((entry) => (entry.what === 'layer' && entry.layer === layer ? [entry] : []));
    if (levels.length === 0) return [{ depth, text: `${name}: no say in this call` }];
    return levels.flatMap((entry) => {
      const level = levelWords(outcome, ask, layer, entry.level);
      const statements = trace.filter(
        (each): each is StatementEntry =>
          each.what === 'statement' && each.layer === layer && each.level === entry.level,
      );
      return [
        { depth, text: `${name}${level}: ${answerOf(layer, entry.denies, entry.allows)}` },
        ...statements.flatMap((each) => statementLines(ask, each, depth + 1)),
      ];
    });
  });
}

function givenState(
  policies: ApplicablePolicies,
  layer: Layer,
): 'given' | 'none' | 'not known' | 'not given' {
  const layered = layer === 'grant' ? policies.grants : GIVEN_OF[layer](policies);
  if (layered === undefined) return 'not given';
  if (layered === 'none') return 'none';
  return layered === 'unknown' ? 'not known' : 'given';
}

function answerOf(layer: Layer, denies: Truth, allows: Truth): string {
  if (denies === TRUE) return 'denies';
  if (denies !== FALSE) return 'not known whether it denies';
  // Resource control policies need not allow anything: AWS attaches one that allows all.
  if (layer === 'rcp') return 'does not deny';
  if (allows === TRUE) return 'allows';
  return allows === FALSE ? 'does not allow' : 'not known whether it allows';
}

function truthWords(holds: Truth): string {
  return holds === TRUE ? 'holds' : holds === FALSE ? 'fails' : 'not known';
}

const REACHES: Readonly<Record<Reach, string>> = {
  0: '',
  1: ' for the account, which leaves it to IAM',
  2: ' for the role',
  3: '',
};

function statementLines(ask: Asked['ask'], entry: StatementEntry, depth: number): readonly TraceLine[] {
  const { policy } = entry.at;
  const statement = statementOf(entry.at);
  const { name, place } = nameStatement(entry.at);
  const reach = entry.holds === FALSE ? '' : REACHES[entry.reach];
  return [
    {
      depth,
      text: `${placeText(place, policy.name)}: ${name}, ${statement.effect}: ${truthWords(entry.holds)}${reach}`,
    },
    ...entry.facets.map((facet) => ({
      depth: depth + 1,
      text: facetText(compareFacet(facet, policy, statement, ask.request)),
    })),
  ];
}

function facetText(facet: ComparedFacet): string {
  const { of, operator = '', key = '', negated, wanted, actual, holds, variables } = facet;
  const values = orListed(wanted);
  const not = negated ? 'Not' : '';
  const has = actualText(actual);
  const resolved = variables.map(({ name, actual: is }) => `; \${${name}} is ${actualText(is)}`).join('');
  switch (of) {
    case 'action':
      return `${not}Action ${values}; the call is ${has}: ${holds}`;
    case 'principal':
      return `${not}Principal ${values}; the caller is ${has}: ${holds}`;
    case 'resource':
      return `${not}Resource ${values}; the call is on ${has}${resolved}: ${holds}`;
    case 'condition':
      return `${operator} ${key}: wants ${demandOf(operator, values)}; the request has ${has}${resolved}: ${holds}`;
  }
}

/** Lists of any length fit on a few lines. */
const MOST_VALUES = 8;

function orListed(values: readonly string[]): string {
  const shown = values.slice(0, MOST_VALUES).map((value) => cutText(value, 200));
  const others = values.length - shown.length;
  return others === 0 ? listed(shown, 'or') : `${shown.join(', ')} or ${others} others`;
}

function actualText(actual: Actual): string {
  switch (actual.is) {
    case 'absent':
      return 'none';
    case 'unknown':
      return 'an unknown value';
    case 'value':
      return actual.values
        .slice(0, MOST_VALUES)
        .map((value) => (value === '' ? '""' : cutText(value, 200)))
        .join(', ');
  }
}

function grantLines({ policies }: Asked['ask'], trace: Trace, depth: number): readonly TraceLine[] {
  const grants = trace.flatMap((entry) => (entry.what === 'grant' ? [entry] : []));
  return grants.map(({ id, missed }) => {
    const grant = grantOf(policies, id);
    const contents = grant === undefined ? '' : ` (${grantContents(grant)})`;
    const says = missed === undefined ? `allows${contents}` : `does not allow: ${missed}`;
    return { depth, text: `grant ${grantName(grant, id)}: ${says}` };
  });
}
