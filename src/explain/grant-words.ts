import type { ApplicablePolicies, Grant } from '../evaluator/request.js';
import { visibleText } from './plain-text.js';

/** The grant of that id among those that apply. */
export function grantOf({ grants }: ApplicablePolicies, id: string): Grant | undefined {
  return typeof grants === 'object' ? grants.find((grant) => grant.id === id) : undefined;
}

/** The name that people gave the grant, or its id. */
export function grantName(grant: Grant | undefined, id: string): string {
  return visibleText(grant?.name ?? id);
}

/** Whom the grant serves, and for what. */
export function grantContents({ grantee, operations }: Grant): string {
  return visibleText(`${operations.join(', ')} for ${grantee.text}`);
}
