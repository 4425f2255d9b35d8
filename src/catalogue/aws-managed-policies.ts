/**
 * Guardrails that AWS writes, as JSON text; its key policies are in `key-policies.ts`.
 *
 * Sources: AWS Organizations User Guide, "Service control policies" and "Resource control policies"; Amazon VPC guide,
 * "Control access to VPC endpoints".
 */
import { frozen } from './table.js';

function text(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

function version2012(...statements: readonly object[]): {
  readonly Version: string;
  readonly Statement: readonly object[];
} {
  return { Version: '2012-10-17', Statement: statements };
}

/** An AWS managed policy with the ARN under which it is attached. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly arn: string;
  /** JSON text. */
  readonly document: string;
}

/** The SCP that is attached to every root, organizational unit and account when it is created. */
export const FULL_AWS_ACCESS: AwsManagedPolicy = frozen({
  name: 'FullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
  document: text(version2012({ Effect: 'Allow', Action: '*', Resource: '*' })),
});

/** The RCP that is attached everywhere and cannot be detached; the only RCP with an Allow. */
export const RCP_FULL_AWS_ACCESS: AwsManagedPolicy = frozen({
  name: 'RCPFullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess',
  document: text(version2012({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })),
});

/** What a VPC endpoint has until its owner writes another policy: everything for everyone. */
export const DEFAULT_VPC_ENDPOINT_POLICY: string = text(
  version2012({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
);
