/** What must hold if our own code is right. A failure is our bug, never the user's input; the command line turns it into exit 70. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`gainsay: invariant broken: ${message}`);
}
