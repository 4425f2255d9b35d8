import { invariant } from '../../src/syntax/invariant.js';
import type { GrammarFacts } from './grammar-facts.js';

/** A member as it will be written; the value is JSON text and may hold marks, the name may begin with one. */
export type DraftMember = readonly [name: string, value: string];

/** A policy that is right until a fault is put into it. Before the root, and before its statement, marks may stand. */
export interface Draft {
  readonly root: readonly DraftMember[];
  readonly statement: readonly DraftMember[];
  readonly marked?: 'root' | 'statement';
}

/** What a fault does to a policy of any type. */
export type Edit = (draft: Draft) => Draft;

const ROOT = ['Version', 'Id', 'Statement'];

/** A policy of that type in which nothing is wrong. */
export function soundDraft({ principal, denyOnly, id, type }: GrammarFacts): Draft {
  const who: readonly DraftMember[] =
    principal === 'forbidden'
      ? []
      : [['Principal', principal === 'star' ? '"*"' : '{"AWS": "arn:aws:iam::111122223333:role/worker"}']];
  return {
    root: [['Version', '"2012-10-17"'], ...(id ? [['Id', '"orders"'] as const] : []), ['Statement', '']],
    statement: [
      ['Sid', '"One"'],
      ['Effect', denyOnly ? '"Deny"' : '"Allow"'],
      ...who,
      ['Action', type === 'key' ? '"kms:Decrypt"' : '["sqs:SendMessage", "sqs:GetQueueUrl"]'],
      ['Resource', '"*"'],
      ['Condition', '{"StringEquals": {"aws:PrincipalTag/team": "red"}}'],
    ],
  };
}

export function written({ root, statement, marked }: Draft): string {
  const body = `${marked === 'statement' ? '¦' : ''}{\n${lines(statement, '      ')}\n    }`;
  const members = root.map(
    ([name, value]) =>
      [name, value === '' ? `[\n    ${body}\n  ]` : value.replace('STATEMENT', body)] as const,
  );
  return `${marked === 'root' ? '¦' : ''}{\n${lines(members, '  ')}\n}\n`;
}

function lines(members: readonly DraftMember[], indent: string): string {
  return members
    .map(([name, value]) => {
      const mark = name.startsWith('¦') ? '¦' : '';
      return `${indent}${mark}"${name.slice(mark.length)}": ${value}`;
    })
    .join(',\n');
}

function change(
  draft: Draft,
  element: string,
  to: (members: readonly DraftMember[]) => readonly DraftMember[],
): Draft {
  return ROOT.includes(element)
    ? { ...draft, root: to(draft.root) }
    : { ...draft, statement: to(draft.statement) };
}

/** The element with another value, put in where the policy had none. */
export function valued(element: string, value: string): Edit {
  return (draft) =>
    change(draft, element, (members) =>
      members.some(([name]) => name === element)
        ? members.map((member) => (member[0] === element ? [element, value] : member))
        : [...members, [element, value]],
    );
}

/** The policy without the element; the mark stands before what lacks it. */
export function without(element: string): Edit {
  return (draft) => ({
    ...change(draft, element, (members) => members.filter(([name]) => name !== element)),
    marked: ROOT.includes(element) ? 'root' : 'statement',
  });
}

/** The element under another name, at which the mark stands. */
export function renamed(element: string, name: string): Edit {
  return (draft) =>
    change(draft, element, (members) =>
      members.map((member) => (member[0] === element ? [`¦${name}`, member[1]] : member)),
    );
}

/** The element a second time; the mark stands before its second name. */
export function doubled(element: string): Edit {
  return (draft) =>
    change(draft, element, (members) => {
      const found = members.find(([name]) => name === element);
      invariant(found !== undefined, `a sound policy has ${element}`);
      return [...members, [`¦${element}`, found[1]]];
    });
}

/** An element beside all others, at whose name the mark stands. */
export function extra(beside: string, name: string): Edit {
  return (draft) => change(draft, beside, (members) => [...members, [`¦${name}`, '"x"']]);
}

/** One edit after the other. */
export function both(first: Edit, ...others: readonly Edit[]): Edit {
  return (draft) => others.reduce((edited, edit) => edit(edited), first(draft));
}

/** `NotAction` for `Action` and the like, with this value. */
export function negated(element: 'Action' | 'Resource' | 'Principal', value: string): Edit {
  return (draft) => {
    const others = draft.statement.filter(([name]) => name !== element);
    return { ...draft, statement: [...others, [`Not${element}`, value]] };
  };
}
