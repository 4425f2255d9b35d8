export type OneOrMany<T> = T | readonly T[];
export type Principals = string | Readonly<Record<string, OneOrMany<string>>>;
export type Scalar = string | number | boolean;
export type Optional<Key extends string, Value> = { readonly [K in Key]?: Value };
type Named<Value> = Readonly<Record<string, Value>>;

type Lists = Optional<'Action' | 'NotAction' | 'Resource' | 'NotResource', OneOrMany<string>>;
export interface Statement extends Lists, Optional<'Principal' | 'NotPrincipal', Principals> {
  readonly Effect?: string;
  readonly Condition?: Named<Named<OneOrMany<Scalar>>>;
}

/** A policy document as JSON gives it. */
export type Document = Optional<'Version', string> & Optional<'Statement', OneOrMany<Statement>>;

/** A grant on the key that the request is about (KG-1). */
export interface Grant extends Optional<`${'grantee' | 'retiring'}${'' | 'Service'}Principal`, string> {
  readonly token?: string;
  readonly pending?: boolean;
  readonly operations: readonly string[];
  readonly constraints?: Optional<`EncryptionContext${'Equals' | 'Subset'}`, Named<string>> &
    Optional<'SourceArn', string>;
}

/** One question. Levels of SCPs and RCPs run from the organization's root down. */
export interface Line
  extends Optional<'resourcePolicy' | 'keyPolicy' | 'boundary' | 'vpcePolicy', Document>,
    Optional<'identity' | 'sessionPolicy', OneOrMany<Document>>,
    Optional<'scps' | 'rcps', readonly OneOrMany<Document>[]>,
    Optional<`${'principal' | 'resource'}InManagementAccount`, boolean>,
    Optional<'principalIsServiceLinkedRole' | 'contextIsComplete', boolean> {
  readonly request: Readonly<Record<'principal' | 'action' | 'resource', string>> &
    Optional<'roleArn' | 'userArn' | 'principalId' | 'resourceAccount', string> & {
      readonly context?: Named<OneOrMany<string>>;
      readonly encryptionContext?: Named<string>;
      readonly grantTokens?: readonly string[];
    };
  readonly grants?: readonly Grant[];
  readonly keyManager?: string;
}

/** A list may be written as its one entry (section 2). */
export const listOf = <T>(value: OneOrMany<T> | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
export const folded = (text: string, ignoresCase: boolean) => (ignoresCase ? text.toLowerCase() : text);

/** A value of the request's context as it was given, whatever the letter case of its key. */
export function statedValue(line: Line, key: string): string | undefined {
  const found = Object.entries(line.request.context ?? {}).find(([name]) => name.toLowerCase() === key);
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
