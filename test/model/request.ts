export type OneOrMany<T> = T | readonly T[];
export type Principals = string | Readonly<Record<string, OneOrMany<string>>>;
export type Scalar = string | number | boolean;
type Pairs = Readonly<Record<string, string>>;
type Optional<Key extends string, Value> = { readonly [K in Key]?: Value };

export interface Statement extends Optional<'Principal' | 'NotPrincipal', Principals>, Lists {
  readonly Effect?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<Scalar>>>>>;
}
type Lists = Optional<'Action' | 'NotAction' | 'Resource' | 'NotResource', OneOrMany<string>>;

/** A policy document as JSON gives it. */
export interface Document {
  readonly Version?: string;
  readonly Statement?: OneOrMany<Statement>;
}

/** A grant on the key that the request is about (KG-1). */
export interface Grant extends Optional<`${'grantee' | 'retiring'}${'' | 'Service'}Principal`, string> {
  readonly operations: readonly string[];
  readonly constraints?: Optional<'SourceArn', string> &
    Optional<'EncryptionContextEquals' | 'EncryptionContextSubset', Pairs>;
  readonly pending?: boolean;
  readonly token?: string;
}

type Policies = Optional<'resourcePolicy' | 'keyPolicy' | 'boundary' | 'vpcePolicy', Document> &
  Optional<'identity' | 'sessionPolicy', OneOrMany<Document>> &
  Optional<'scps' | 'rcps', readonly OneOrMany<Document>[]>;
type Flags = Optional<`${'principal' | 'resource'}InManagementAccount`, boolean> &
  Optional<'principalIsServiceLinkedRole' | 'contextIsComplete', boolean>;

/** One question. Levels of SCPs and RCPs run from the organization's root down. */
export interface Line extends Policies, Flags {
  readonly request: Optional<'roleArn' | 'userArn' | 'principalId' | 'resourceAccount', string> & {
    readonly principal: string;
    readonly action: string;
    readonly resource: string;
    readonly context?: Readonly<Record<string, OneOrMany<string>>>;
    readonly encryptionContext?: Pairs;
    readonly grantTokens?: readonly string[];
  };
  readonly grants?: readonly Grant[];
  readonly keyManager?: string;
}

/** A list may be written as its one entry (section 2 of the policy grammar). */
export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

export function folded(text: string, ignoresCase: boolean): string {
  return ignoresCase ? text.toLowerCase() : text;
}

/** A value of the request's context as it was given, whatever the letter case of its key. */
export function statedValue(line: Line, key: string): string | undefined {
  const found = Object.entries(line.request.context ?? {}).find(([name]) => name.toLowerCase() === key);
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
