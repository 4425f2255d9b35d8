import { DECIDERS, type Decider } from '../evaluator/layer.js';
import { DECIDER_WORDS } from './assumption.js';

/** Something unknown that an answer hangs on, and how to say it in a scenario. */
export interface Dependency {
  readonly on: string;
  readonly say: string;
}

const SAY: ReadonlyMap<string, string> = new Map([
  ['aws:sourceip', 'give `from:`'],
  ['aws:vpcsourceip', 'give `from:`'],
  ['aws:sourcevpc', 'give `vpc:` of the endpoint'],
  ['aws:sourcevpce', 'give `through:`'],
  ['aws:multifactorauthpresent', 'give `session: { mfa: … }`'],
]);

export function dependency(on: string): Dependency {
  const decider = DECIDERS.find((each): each is Decider => each === on);
  if (decider !== undefined)
    return { on: `the ${DECIDER_WORDS[decider]}`, say: 'say what stands there, or that there is nothing' };
  return { on, say: SAY.get(on.toLowerCase()) ?? `give \`context: { ${on}: … }\`` };
}
