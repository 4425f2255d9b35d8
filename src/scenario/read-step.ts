import { excerpt } from '../syntax/excerpt.js';
import { placeOf } from '../syntax/locate.js';
import type { Loader } from './loader.js';
import type { Read } from './shape.js';
import { describe, type Located, type Member, membersOf, refuse, type Spot, suggest } from './spot.js';
import type { Step } from './step.js';
import { STEPS, VERBS, type Verb } from './step-format.js';

export type ReadStep<V extends Verb> = Read<(typeof STEPS)[V]>;
export type AnyReadStep = { readonly [V in Verb]: { readonly verb: V; readonly read: ReadStep<V> } }[Verb];

/** Reads a step by its verb first, so that complaints are about that verb. */
export function readStep(loader: Loader, spot: Spot): AnyReadStep | undefined {
  const members = membersOf(spot);
  if (members === undefined) {
    return refuse(loader, spot, {
      code: 'wrong-type',
      message: `the step is ${describe(spot.node)}`,
      expected: `a mapping with one of ${VERBS.join(', ')}`,
    });
  }
  const verbs = members.filter(({ key }) => isVerb(key));
  const [first, second] = verbs;
  if (first === undefined || !isVerb(first.key)) return refuseWithoutVerb(loader, spot, members);
  if (second !== undefined) {
    return refuse(
      loader,
      second.value,
      {
        code: 'conflicting-elements',
        message: `the step has ${verbs.length} verbs: ${verbs.map(({ key }) => key).join(', ')}`,
        expected: `exactly one of ${VERBS.join(', ')}`,
        help: 'make a step of each',
      },
      'name',
    );
  }
  const before = loader.issues.length;
  const read = STEPS[first.key].readMembers(loader, spot, members);
  if (loader.issues.slice(before).some(({ severity }) => severity === 'error')) return undefined;
  return { verb: first.key, read } as AnyReadStep;
}

function isVerb(name: string): name is Verb {
  return Object.hasOwn(STEPS, name);
}

/** A verb that is misspelt is pointed at; a step with other parts of a call lacks its `call`. */
function refuseWithoutVerb(loader: Loader, spot: Spot, members: readonly Member[]): undefined {
  const expected = `exactly one of ${VERBS.join(', ')}`;
  const code = 'missing-element';
  for (const { key, value } of members) {
    if (KNOWN.has(key)) continue;
    const [verb = '', ...rest] = key.split(':');
    if (isVerb(verb) && rest.length > 0) {
      const typed = `${verb}: ${rest.join(':')}`;
      const message = `${excerpt(key)} is a name without a value`;
      return refuse(
        loader,
        value,
        { code, message, help: `put a space after the colon: ${excerpt(typed)}` },
        'name',
      );
    }
    const help = suggest(loader, key, VERBS);
    if (help === undefined) continue;
    return refuse(
      loader,
      value,
      { code, message: `${excerpt(key)} is no verb of a step`, expected, help },
      'name',
    );
  }
  const acts = members.some(({ key }) => key === 'as');
  const message = 'the step says nothing to do';
  return refuse(loader, spot, { code, message, expected, help: acts ? 'add `call:`' : undefined });
}

const KNOWN: ReadonlySet<string> = new Set(VERBS.flatMap((verb) => Object.keys(STEPS[verb].fields)));

/** What every step has: its number, perhaps a title, and its place in the file. */
export function stepBase(
  read: { readonly title?: Located<string>; readonly spot: Spot },
  number: number,
): Pick<Step, 'number' | 'title' | 'at'> {
  const { title, spot } = read;
  const at = placeOf(spot.source, spot.pointer, spot.node.span);
  return { number, ...(title === undefined ? {} : { title: title.value }), at };
}
