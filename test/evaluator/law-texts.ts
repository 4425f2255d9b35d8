export type Random = () => number;
export type Principals = '*' | { readonly [type: string]: readonly string[] };
export type ConditionBlock = { readonly [operator: string]: { readonly [key: string]: readonly string[] } };

/** A statement with every list spelled out, so that laws can take it apart. */
export interface StatementText {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: ConditionBlock;
}

export interface PolicyText {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: readonly StatementText[];
}

export interface LayerTexts {
  readonly identity?: readonly PolicyText[];
  readonly resource?: PolicyText;
  readonly permissionsBoundary?: PolicyText;
  readonly session?: readonly PolicyText[];
  readonly scp?: readonly (readonly PolicyText[])[];
  readonly rcp?: readonly (readonly PolicyText[])[];
  readonly vpcEndpoint?: PolicyText;
}

/** A request and everything that speaks about it, as plain JSON. */
export interface Scene {
  readonly caller: string;
  readonly federatedBy?: string;
  readonly action: string;
  readonly resource: string;
  readonly owner?: string;
  /** In the order in which they are set; the caller's and the resource's own keys come first. */
  readonly context: readonly (readonly [key: string, value: string | readonly string[]])[];
  readonly layers: LayerTexts;
  readonly grants?: readonly { readonly type: 'user' | 'role' | 'account'; readonly to: string }[];
  readonly inManagement?: boolean;
}
