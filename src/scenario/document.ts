import { excerpt } from '../syntax/excerpt.js';
import { readDocument } from '../syntax/read-document.js';
import { scalarText } from '../syntax/scalar.js';
import type { Source } from '../syntax/source.js';
import { HEADER } from './format.js';
import type { Loader } from './loader.js';
import { describe, type Member, membersOf, refuse, type Spot, suggest } from './spot.js';
import { SECTION_NAMES } from './world-format.js';

const SCENARIO = 'a mapping that starts with `gainsay: 1`';
const KNOWN = [...Object.keys(HEADER), ...SECTION_NAMES, 'steps'];

/** The top of a file; `undefined` when its text cannot be read. */
export function rootOf(loader: Loader, source: Source): Spot | undefined {
  const { node, issues } = readDocument(source, loader.readYaml);
  loader.take(issues, SCENARIO);
  if (node === undefined || issues.some(({ severity }) => severity === 'error')) return undefined;
  return { node, pointer: [], source };
}

/** The members at the top of a scenario file; `undefined` after a complaint when it is none. */
export function topMembers(loader: Loader, root: Spot): readonly Member[] | undefined {
  const members = membersOf(root);
  if (members === undefined) {
    return refuse(loader, root, {
      code: 'not-a-scenario',
      message: `the file is ${describe(root.node)}`,
      expected: SCENARIO,
    });
  }
  if (!isOfThisFormat(loader, root, members)) return undefined;
  checkNames(loader, members);
  return members;
}

/** Whether a file is of a format that is read here; only then its other names mean anything. */
function isOfThisFormat(loader: Loader, root: Spot, members: readonly Member[]): boolean {
  const version = members.find(({ key }) => key === 'gainsay');
  if (version === undefined) {
    refuse(loader, root, {
      code: 'not-a-scenario',
      message: 'the file does not say that it is a scenario',
      expected: '`gainsay: 1` at the top',
    });
    return false;
  }
  if (scalarText(version.value.node) === '1') return true;
  refuse(loader, version.value, {
    code: 'wrong-value',
    message: `\`gainsay\` is ${describe(version.value.node)}, and this is no version of the format that is known here`,
    expected: '`gainsay: 1`',
  });
  return false;
}

function checkNames(loader: Loader, members: readonly Member[]): void {
  for (const { key, value } of members) {
    if (KNOWN.includes(key)) continue;
    refuse(
      loader,
      value,
      {
        code: 'unknown-element',
        message: `unknown key ${excerpt(key)} at the top of the file`,
        expected: KNOWN.join(', '),
        help: suggest(loader, key, KNOWN),
      },
      'name',
    );
  }
}

/** The members of the one file that a scenario extends: everything but steps. */
export function extended(loader: Loader, spot: Spot | undefined): readonly Member[] {
  if (spot === undefined) return [];
  const path = scalarText(spot.node);
  if (path === undefined) {
    refuse(loader, spot, {
      code: 'wrong-type',
      message: `\`extends\` is ${describe(spot.node)}`,
      expected: 'the path of a file',
    });
    return [];
  }
  const source = loader.sourceOf(loader.files.resolve(spot.source.name, path), spot);
  const root = source === undefined ? undefined : rootOf(loader, source);
  const members = root === undefined ? undefined : topMembers(loader, root);
  if (members === undefined) return [];
  for (const { key, value } of members) {
    if (key !== 'extends' && key !== 'steps') continue;
    refuse(
      loader,
      value,
      {
        code: 'conflicting-elements',
        message: `a file that is extended has no \`${key}\` of its own`,
        expected: 'a world alone',
      },
      'name',
    );
  }
  return members.filter(({ key }) => key !== 'extends' && key !== 'steps');
}
