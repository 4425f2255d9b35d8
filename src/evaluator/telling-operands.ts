import { segmentOf } from '../catalogue/condition-keys.js';
import { arnSections } from '../conditions/arn.js';
import { decodeBase64 } from '../conditions/binary.js';
import { parseBool } from '../conditions/bool.js';
import type { RequestContext } from '../conditions/context.js';
import { type IpRange, parseIpAddress, parseIpRange } from '../conditions/ip.js';
import { type Instant, parseInstant } from '../syntax/date.js';
import { type Decimal, parseDecimal } from '../syntax/decimal.js';
import { resolveTemplate } from '../syntax/policy-variable.js';
import { compilePieces, literalText, type Piece } from '../syntax/wildcard.js';
import type { AskedKey, Asker, ComparedKey } from './asked-keys.js';
import {
  addressesTellingApart,
  base64Spellings,
  instantsTellingApart,
  numbersTellingApart,
} from './telling-points.js';
import { literalPattern, type TextPattern, textsTellingApart } from './telling-texts.js';
import { variablePatterns } from './telling-variables.js';
import type { WorkLeft } from './work-left.js';

/** Everything that the texts of one key are compared with, by the way of comparing. */
interface Comparands {
  readonly patterns: TextPattern[];
  readonly numbers: Decimal[];
  readonly instants: Instant[];
  readonly ranges: IpRange[];
}

/**
 * Texts that one condition key may hold, one for every way in which its askers can tell texts apart. `undefined` when
 * that cannot be made sure.
 */
export function tellingTexts(
  key: AskedKey,
  askers: readonly Asker[],
  context: RequestContext,
  work: WorkLeft,
): readonly string[] | undefined {
  const comparands: Comparands = { patterns: [literalPattern('')], numbers: [], instants: [], ranges: [] };
  for (const asker of askers) {
    if (!asker.keys.has(key.slot)) continue;
    const { comparesWith, templates } = asker;
    if (comparesWith.kind === 'key' && comparesWith.slot === key.slot) {
      for (const template of templates) {
        const pieces = resolveTemplate(template, (slot) => context[segmentOf(slot)].get(slot));
        if (pieces === 'unknown') return undefined;
        if (pieces !== 'unresolved') compareWith(comparesWith, pieces, comparands);
      }
    } else {
      const patterns = variablePatterns(key.slot, asker, askers, context, work);
      if (patterns === undefined) return undefined;
      comparands.patterns.push(...patterns);
    }
  }
  return textsFor(comparands, work);
}

function compareWith({ use }: ComparedKey, pieces: readonly Piece[], comparands: Comparands): void {
  const text = literalText(pieces) ?? '';
  const { patterns, numbers, instants, ranges } = comparands;
  const { family, name, wildcards } = use.operator;
  switch (family) {
    case 'string':
      patterns.push({ pieces, fold: !wildcards && name.endsWith('IgnoreCase') });
      break;
    case 'arn':
      patterns.push(...arnPattern(pieces));
      break;
    case 'bool':
      if (parseBool(text) !== undefined) patterns.push(literalPattern(text, true));
      break;
    case 'binary':
      if (decodeBase64(text) === undefined) break;
      for (const spelling of base64Spellings(text)) patterns.push(literalPattern(spelling));
      break;
    case 'numeric': {
      const number = parseDecimal(text);
      if (number !== undefined) numbers.push(number);
      break;
    }
    case 'date': {
      const instant = parseInstant(text);
      if (instant !== undefined) instants.push(instant);
      break;
    }
    case 'ip': {
      const range = parseIpRange(text);
      if (range !== undefined) ranges.push(range);
      break;
    }
    case 'null':
      break;
  }
}

/** An ARN pattern as one over the whole text: wildcards of the first five sections stay clear of colons. */
function arnPattern(operand: readonly Piece[]): readonly TextPattern[] {
  const sections = arnSections(operand);
  const [prefix] = sections ?? [];
  if (sections === undefined || prefix === undefined || !compilePieces(prefix).test('arn')) return [];
  const pieces: Piece[] = [{ kind: 'text', text: 'arn' }];
  sections.slice(1).forEach((section, index) => {
    pieces.push({ kind: 'text', text: ':' });
    pieces.push(...(index === 4 ? section : section.map(keepFromColons)));
  });
  return [{ pieces, fold: false }];
}

function keepFromColons(piece: Piece): Piece {
  if (piece.kind === 'any') return { kind: 'anyButColon' };
  return piece.kind === 'one' ? { kind: 'oneButColon' } : piece;
}

/**
 * Numbers, instants and addresses have many spellings, and a wildcard may match some of them: such a mixture is not
 * taken on, nor is one of numbers and instants, which share texts. A text typed in the policy is a case of its own,
 * so every number and instant comes in two spellings, one of which is longer than any of those.
 */
function textsFor(
  { patterns, numbers, instants, ranges }: Comparands,
  work: WorkLeft,
): readonly string[] | undefined {
  const texts = textsTellingApart(patterns, work);
  if (texts === undefined) return undefined;
  if (numbers.length + instants.length + ranges.length === 0) return texts;
  const literals = patterns.flatMap(({ pieces }) => literalText(pieces) ?? []);
  if (literals.length < patterns.length || (numbers.length > 0 && instants.length > 0)) return undefined;
  if (ranges.length > 0 && literals.some((text) => parseIpAddress(text) !== undefined)) return undefined;
  const numbersApart = numbers.length === 0 ? [] : numbersTellingApart(numbers);
  const instantsApart = instants.length === 0 ? [] : instantsTellingApart(instants);
  if (numbersApart === undefined || instantsApart === undefined) return undefined;
  const addresses = ranges.length === 0 ? [] : addressesTellingApart(ranges);
  const longest = Math.max(...literals.map((text) => text.length));
  const longer = [...numbersApart, ...instantsApart].map((text) => longSpelling(text, longest));
  return [...texts, ...numbersApart, ...instantsApart, ...longer, ...addresses];
}

function longSpelling(text: string, beyond: number): string {
  return `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(beyond + 1)}`;
}
