import { parseArn } from '../syntax/arn.js';
import {
  type Bucket,
  EMPTY_ESTATE,
  type Estate,
  type EventRule,
  type Key,
  type LambdaFunction,
  type Organization,
  type Topic,
  type VpcEndpoint,
} from '../world/world.js';
import { buildKey } from './build-key.js';
import { buildPrincipal } from './build-principal.js';
import { buildEncryption, buildQueue } from './build-queue.js';
import { buildSource } from './build-source.js';
import { checkKeyTwins, checkTwins } from './check-twins.js';
import type { Definition, Definitions } from './definitions.js';
import { accountOf, arnOf, type Home, placeOfThing } from './home.js';
import type { Loader } from './loader.js';
import { NOUNS } from './named.js';
import type { Read } from './shape.js';
import { type Located, referTo } from './spot.js';
import { SECTIONS, type SectionName } from './world-format.js';

/** Builds estates from definitions, keeping what did not change, so that equal policies stay the same object. */
export class EstateBuilder {
  private readonly built = new WeakMap<Definition, unknown>();

  constructor(
    private readonly loader: Loader,
    private readonly home: Home,
    private readonly organizations: readonly Organization[],
  ) {}

  build(definitions: Definitions): Estate {
    const { loader, home } = this;
    const principals = this.section(definitions, 'principals', (name, read) =>
      buildPrincipal(loader, home, name, read),
    );
    const keys = this.section(definitions, 'keys', (name, read) =>
      buildKey(loader, home, name, read, principals),
    );
    checkKeyTwins(loader, definitions, keys);
    const queueNames = definitions.get('queues') ?? new Map();
    const known = (reference: Located<string>): string => this.nameIn(reference, queueNames, 'queues');
    const estate = {
      ...EMPTY_ESTATE,
      organizations: this.organizations,
      principals,
      keys,
      queues: this.section(definitions, 'queues', (name, read) => {
        if (read.redrive !== undefined) known(read.redrive.to);
        const allow = read['redrive-allow'];
        for (const source of typeof allow === 'object' ? allow.byQueue : [])
          if (!source.value.startsWith('arn:')) known(source);
        return buildQueue(loader, home, name, read, keys);
      }),
      topics: this.section(definitions, 'topics', (name, read) => this.topic(name, read, keys, known)),
      buckets: this.section(definitions, 'buckets', (name, read) => this.bucket(name, read, known)),
      rules: this.section(definitions, 'rules', (name, read) => this.rule(name, read, known, definitions)),
      functions: this.section(definitions, 'functions', (name, read) =>
        this.lambda(name, read, known, definitions),
      ),
      sources: this.section(definitions, 'sources', (name, read) =>
        buildSource(loader, home, name, read, {
          queue: known,
          principal: (role) => this.nameIn(role, definitions.get('principals') ?? new Map(), 'principals'),
        }),
      ),
      endpoints: this.section(definitions, 'endpoints', (name, read) => this.endpoint(name, read)),
    };
    for (const section of ['queues', 'topics', 'rules', 'functions'] as const)
      checkTwins(loader, definitions, section, estate[section]);
    return estate;
  }

  private section<S extends SectionName, T>(
    definitions: Definitions,
    section: S,
    build: (name: string, read: Read<(typeof SECTIONS)[S]>) => T | undefined,
  ): ReadonlyMap<string, T> {
    const things = new Map<string, T>();
    for (const [name, definition] of definitions.get(section) ?? []) {
      const known = this.built.get(definition);
      const thing = known === undefined ? this.fresh(section, name, definition, build) : (known as T);
      if (thing === undefined) {
        this.loader.refuseThing(section, name);
        continue;
      }
      this.built.set(definition, thing);
      things.set(name, thing);
    }
    return things;
  }

  private fresh<S extends SectionName, T>(
    section: S,
    name: string,
    { spot, members }: Definition,
    build: (name: string, read: Read<(typeof SECTIONS)[S]>) => T | undefined,
  ): T | undefined {
    const read = SECTIONS[section].readMembers(this.loader, spot, members);
    return read === undefined ? undefined : build(name, read as Read<(typeof SECTIONS)[S]>);
  }

  private nameIn(
    reference: Located<string>,
    names: ReadonlyMap<string, unknown>,
    section: SectionName,
  ): string {
    if (!this.loader.hasRefused(section, reference.value))
      referTo(this.loader, reference, names, NOUNS[section]);
    return reference.value;
  }

  private topic(
    name: string,
    read: Read<typeof SECTIONS.topics>,
    keys: ReadonlyMap<string, Key>,
    queue: (reference: Located<string>) => string,
  ): Topic | undefined {
    const arn = arnOf(this.loader, this.home, read, 'sns', name);
    if (arn === undefined) return undefined;
    const policy =
      read.policy === undefined
        ? undefined
        : this.loader.policyAt(read.policy, 'topic', `policy of topic ${name}`);
    const encryption =
      read.encryption === undefined ? undefined : buildEncryption(this.loader, read.encryption, keys);
    return {
      name,
      arn,
      ...(policy === undefined ? {} : { policy }),
      ...(encryption?.sse === 'kms' ? { key: encryption.key } : {}),
      subscriptions: (read.subscriptions ?? []).map((subscription) => {
        const deadLetter = subscription['dead-letter'];
        return {
          queue: queue(subscription.queue),
          ...(deadLetter === undefined ? {} : { deadLetter: queue(deadLetter) }),
          ...(subscription.confirmed === undefined ? {} : { confirmed: subscription.confirmed }),
        };
      }),
      tags: read.tags ?? new Map(),
    };
  }

  private bucket(
    name: string,
    read: Read<typeof SECTIONS.buckets>,
    queue: (reference: Located<string>) => string,
  ): Bucket | undefined {
    const place = placeOfThing(this.loader, this.home, read);
    const arn = parseArn(`arn:${this.home.partition}:s3:::${name}`);
    if (place === undefined || arn === undefined) return undefined;
    const policy =
      read.policy === undefined
        ? undefined
        : this.loader.policyAt(read.policy, 'resource', `policy of bucket ${name}`);
    return {
      name,
      arn,
      ...place,
      ...(policy === undefined ? {} : { policy }),
      notifications: (read.notifications ?? []).map((each) => ({ queue: queue(each.queue) })),
    };
  }

  private rule(
    name: string,
    read: Read<typeof SECTIONS.rules>,
    queue: (reference: Located<string>) => string,
    definitions: Definitions,
  ): EventRule | undefined {
    const bus = read.bus?.value ?? 'default';
    const arn = arnOf(
      this.loader,
      this.home,
      read,
      'events',
      bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`,
    );
    if (arn === undefined) return undefined;
    const policy = read['bus-policy'];
    const busPolicy =
      policy === undefined
        ? undefined
        : this.loader.policyAt(policy, 'resource', `policy of the event bus of rule ${name}`);
    return {
      name,
      arn,
      ...(busPolicy === undefined ? {} : { busPolicy }),
      targets: (read.targets ?? []).map((target) => {
        const deadLetter = target['dead-letter'];
        return {
          queue: queue(target.queue),
          ...(target.role === undefined
            ? {}
            : { role: this.nameIn(target.role, definitions.get('principals') ?? new Map(), 'principals') }),
          ...(deadLetter === undefined ? {} : { deadLetter: queue(deadLetter) }),
        };
      }),
    };
  }

  private lambda(
    name: string,
    read: Read<typeof SECTIONS.functions>,
    queue: (reference: Located<string>) => string,
    definitions: Definitions,
  ): LambdaFunction | undefined {
    const arn = arnOf(this.loader, this.home, read, 'lambda', `function:${name}`);
    if (arn === undefined) return undefined;
    return {
      name,
      arn,
      role: this.nameIn(read.role, definitions.get('principals') ?? new Map(), 'principals'),
      ...(read.polls === undefined ? {} : { polls: queue(read.polls) }),
      ...(read['on-failure'] === undefined ? {} : { onFailure: queue(read['on-failure']) }),
      ...(read['dead-letter'] === undefined ? {} : { deadLetter: queue(read['dead-letter']) }),
    };
  }

  private endpoint(id: string, read: Read<typeof SECTIONS.endpoints>): VpcEndpoint {
    const account =
      read.account === undefined ? this.home.account : accountOf(this.loader, this.home, read.account);
    const policy =
      read.policy === undefined
        ? undefined
        : this.loader.policyAt(read.policy, 'vpc-endpoint', `policy of endpoint ${id}`);
    return {
      id,
      service: read.service.value.replace(/^com\.amazonaws\.[a-z0-9-]+\./, ''),
      ...(read.vpc === undefined ? {} : { vpc: read.vpc.value }),
      ...(account === undefined ? {} : { account }),
      ...(policy === undefined ? {} : { policy }),
    };
  }
}
