export type OneOrMany<T> = T | readonly T[];
export type Principals = string | Readonly<Record<string, OneOrMany<string>>>;
export type Scalar = string | number | boolean;
type Pairs = Readonly<Record<string, string>>;

/** A policy document as JSON gives it. */
export interface Document {
  readonly Version?: string;
  readonly Statement?: OneOrMany<Statement>;
}

type Lists = { readonly [K in 'Action' | 'NotAction' | 'Resource' | 'NotResource']?: OneOrMany<string> };

export interface Statement extends Lists {
  readonly Effect?: string;
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<Scalar>>>>>;
}

export interface Grant {
  readonly granteePrincipal?: string;
  readonly granteeServicePrincipal?: string;
  readonly operations: readonly string[];
  readonly constraints?: {
    EncryptionContextEquals?: Pairs;
    EncryptionContextSubset?: Pairs;
    SourceArn?: string;
  };
  readonly retiringPrincipal?: string;
  readonly retiringServicePrincipal?: string;
  readonly pending?: boolean;
  readonly token?: string;
}

type Policies = { readonly [K in 'resourcePolicy' | 'keyPolicy' | 'boundary' | 'vpcePolicy']?: Document };
type Flags = {
  readonly [K in
    | 'principalInManagementAccount'
    | 'resourceInManagementAccount'
    | 'principalIsServiceLinkedRole'
    | 'contextIsComplete']?: boolean;
};

/** One question. Levels of SCPs and RCPs run from the organization's root down. */
export interface Line extends Policies, Flags {
  readonly request: {
    readonly principal: string;
    readonly roleArn?: string;
    readonly userArn?: string;
    readonly principalId?: string;
    readonly action: string;
    readonly resource: string;
    readonly resourceAccount?: string;
    readonly context?: Readonly<Record<string, OneOrMany<string>>>;
    readonly encryptionContext?: Pairs;
    readonly grantTokens?: readonly string[];
  };
  readonly identity?: OneOrMany<Document>;
  readonly sessionPolicy?: OneOrMany<Document>;
  readonly scps?: readonly OneOrMany<Document>[];
  readonly rcps?: readonly OneOrMany<Document>[];
  readonly grants?: readonly Grant[];
  readonly keyManager?: string;
}

export function listOf<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

/** A value of the request's context as it was given, whatever the letter case of its key. */
export function statedValue(line: Line, key: string): string | undefined {
  const found = Object.entries(line.request.context ?? {}).find(([name]) => name.toLowerCase() === key);
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
