import type { Layer } from '../evaluator/layer.js';
import { accountOf } from '../evaluator/principal.js';
import type { Outcome } from '../replay/outcome.js';
import type { Ask } from '../services/plan.js';
import { membershipOf } from '../world/organization.js';
import { visibleText } from './plain-text.js';

/** At which level of the organization a control policy stands: ` at the root`, ` of unit workloads`, ` of account 1111…`. */
export function levelWords(outcome: Outcome, ask: Ask, layer: Layer, level: number): string {
  if (layer !== 'scp' && layer !== 'rcp') return '';
  const account = layer === 'scp' ? accountOf(ask.request.caller) : ask.request.resource.account;
  const membership = membershipOf(outcome.world.estate, account);
  const units = (membership?.path.split('/') ?? []).slice(1).filter((part) => part !== '');
  if (level === 0) return ' at the root';
  const unit = units[level];
  if (unit !== undefined) return ` at unit ${visibleText(unit)}`;
  return units.length === level ? ` at account ${account ?? ''}` : ` at level ${level + 1}`;
}
