import { FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS } from '../catalogue/aws-managed-policies.js';
import { parsePolicy, policyFromNode } from '../policy/parse-policy.js';
import type { Policy, PolicyType } from '../policy/policy.js';
import { decodeText } from '../syntax/encoding.js';
import { excerpt } from '../syntax/excerpt.js';
import { invariant } from '../syntax/invariant.js';
import type { Checked, Issue } from '../syntax/issue.js';
import type { YamlReader } from '../syntax/read-document.js';
import { scalarText } from '../syntax/scalar.js';
import type { Source } from '../syntax/source.js';
import { type Files, SCENARIO_SIZE_LIMIT } from './files.js';
import type { Home } from './home.js';
import { nameOf, type Reading, refuse, type Spot } from './spot.js';
import type { SectionName } from './world-format.js';

/** Reads the files that a scenario names, each once, and collects what is wrong with them. */
export class Loader implements Reading {
  readonly issues: Issue[] = [];
  readonly files: Files;
  readonly readYaml: YamlReader;
  /** Where calls go that are on nothing; set when the head of the file has been read. */
  home: Home | undefined;
  private readonly said = new Set<string>();
  private readonly policies = new Map<string, Policy | undefined>();
  private readonly sources = new Map<string, Source | undefined>();

  constructor(files: Files, readYaml: YamlReader) {
    this.files = files;
    this.readYaml = readYaml;
  }

  /** Remembers a thing whose definition was refused: what names it is not complained of as well. */
  refuseThing(section: SectionName, name: string): void {
    this.said.add(`refused ${section} ${name}`);
  }

  hasRefused(section: SectionName, name: string): boolean {
    return this.said.has(`refused ${section} ${name}`);
  }

  /** Remembers a thing that a call of the file makes, so that later steps may name it. */
  makeThing(section: SectionName, name: string): void {
    this.said.add(`made ${section} ${name}`);
  }

  isMade(section: SectionName, name: string): boolean {
    return this.said.has(`made ${section} ${name}`);
  }

  /** Whether this is said for the first time: what holds for the whole file is complained of once. */
  once(what: string): boolean {
    if (this.said.has(what)) return false;
    this.said.add(what);
    return true;
  }

  /** The text of a file; `undefined` after a complaint at the place that names it. */
  sourceOf(path: string, from: Spot | undefined): Source | undefined {
    const known = this.sources.get(path);
    if (known !== undefined || this.sources.has(path)) return known;
    const source = this.readSource(path, from);
    this.sources.set(path, source);
    return source;
  }

  private readSource(path: string, from: Spot | undefined): Source | undefined {
    const found = this.files.read(path);
    if ('failure' in found) {
      const { failure } = found;
      const { code, says, expected, help } = FAILURES[failure];
      const message = `the file ${excerpt(path)} ${says}`;
      const at: Issue['at'] = { source: path, pointer: [], start: { line: 1, column: 1 } };
      if (from === undefined) {
        this.issues.push({
          code,
          severity: 'error',
          message,
          expected,
          at,
          ...(help === undefined ? {} : { help }),
        });
        return undefined;
      }
      const seen = failure === 'missing' ? `paths are seen from ${excerpt(from.source.name)}` : help;
      return refuse(this, from, { code, message, expected, help: seen });
    }
    const decoded = decodeText(found.bytes, path);
    if (decoded.text !== undefined) return { name: path, text: decoded.text };
    if (decoded.issue !== undefined) this.issues.push(decoded.issue);
    return undefined;
  }

  /** A policy given as a file, inline, or by the name of an AWS managed control policy. */
  policyAt(spot: Spot, type: PolicyType, label: string): Policy | undefined {
    const text = scalarText(spot.node);
    if (text === undefined) return this.inlinePolicy(spot, type, label);
    if (type === 'scp' && text === FULL_AWS_ACCESS.name) return fullAwsAccess();
    if (type === 'rcp' && text === RCP_FULL_AWS_ACCESS.name) return undefined;
    const path = this.files.resolve(spot.source.name, text);
    const slot = `${type} ${path}`;
    if (this.policies.has(slot)) return this.policies.get(slot);
    const source = this.sourceOf(path, spot);
    const policy =
      source === undefined
        ? undefined
        : this.policyOf(parsePolicy(source, type, { readYaml: this.readYaml }));
    this.policies.set(slot, policy);
    return policy;
  }

  /**
   * A policy that a call puts in place: the path of a file, a policy inline, or JSON inside a string. What is wrong with
   * the policy is not complained of here, since it is for the service to refuse the call; `undefined` after a complaint
   * about the file.
   */
  policyToSubmit(spot: Spot, type: PolicyType, label: string): Checked<Policy> | undefined {
    const text = scalarText(spot.node);
    if (text === undefined)
      return policyFromNode(spot.source, spot.node, type, { name: label }, [], spot.pointer);
    if (text.trimStart().startsWith('{'))
      return parsePolicy({ name: spot.source.name, text }, type, { name: label });
    const source = this.sourceOf(this.files.resolve(spot.source.name, text), spot);
    return source === undefined ? undefined : parsePolicy(source, type, { readYaml: this.readYaml });
  }

  private inlinePolicy(spot: Spot, type: PolicyType, label: string): Policy | undefined {
    if (spot.node.kind !== 'object') {
      return refuse(this, spot, {
        code: 'wrong-type',
        message: `${nameOf(spot)} is no policy`,
        expected: 'the path of a policy file, or a policy with Version and Statement',
      });
    }
    return this.policyOf(policyFromNode(spot.source, spot.node, type, { name: label }, [], spot.pointer));
  }

  /** A policy that stands as JSON inside a string. */
  encodedPolicy(spot: Spot, text: string, type: PolicyType, label: string): Policy | undefined {
    const { span } = spot.node;
    const origin = span === undefined ? {} : { origin: { outer: spot.source, at: span } };
    return this.policyOf(parsePolicy({ name: spot.source.name, text, ...origin }, type, { name: label }));
  }

  private policyOf(result: ReturnType<typeof parsePolicy>): Policy | undefined {
    this.take(result.issues, 'a policy with Version and Statement');
    return result.ok ? result.value : undefined;
  }

  /** Takes over what was said of a text; of one that holds nothing, nobody else knows what it ought to hold. */
  take(issues: readonly Issue[], expected: string): void {
    for (const issue of issues) {
      if (issue.code === 'empty-file') this.issues.push({ ...issue, expected });
      else if (issue.code === 'too-deep') this.issues.push({ ...issue, expected: SHALLOW });
      else this.issues.push(issue);
    }
  }
}

const SHALLOW = 'lists and mappings less deep inside one another';

const FAILURES = {
  missing: {
    code: 'file-not-found',
    says: 'does not exist',
    expected: 'the path of a file',
    help: undefined,
  },
  'too-large': {
    code: 'too-large',
    says: `is larger than ${SCENARIO_SIZE_LIMIT / 1024 / 1024} MiB`,
    expected: 'a smaller file',
    help: 'AWS takes no policy of such a size; a long story is several scenarios',
  },
  unreadable: {
    code: 'file-unreadable',
    says: 'cannot be read',
    expected: 'the path of a file',
    help: 'is it a folder, or is reading it not permitted?',
  },
} as const;

let everything: Policy | undefined;

/** The SCP that AWS attaches to every new root, unit and account. */
export function fullAwsAccess(): Policy {
  if (everything !== undefined) return everything;
  const parsed = parsePolicy({ name: FULL_AWS_ACCESS.name, text: FULL_AWS_ACCESS.document }, 'scp', {
    arn: FULL_AWS_ACCESS.arn,
  });
  invariant(parsed.ok, 'FullAWSAccess can be read');
  everything = parsed.value;
  return everything;
}
