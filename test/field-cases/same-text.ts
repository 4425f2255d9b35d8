/**
 * Whether two messages say the same: word for word, but for `<…>` on either side, request ids, and the session that
 * stands for a role where a source prints the role.
 */
export function sameText(expected: string, actual: string): boolean {
  const ours = words(actual);
  const theirs = words(expected);
  return (
    ours.length === theirs.length &&
    ours.every((word, index) => fits(word, theirs[index] ?? '') || fits(theirs[index] ?? '', word))
  );
}

function words(text: string): readonly string[] {
  return text
    .replace(/Request ID: [0-9a-f-]{36}/g, 'Request ID: <id>')
    .replace(
      /^User: arn:([a-z-]+):iam::(\d{12}):role\/(\S+)/,
      'User: arn:$1:sts::$2:assumed-role/$3/<session>',
    )
    .split(' ');
}

/** Whether a word with variable parts can become the other word. */
function fits(pattern: string, word: string): boolean {
  const [first = '', ...rest] = pattern.split(/<[^<>]*>/);
  if (!word.startsWith(first)) return false;
  let from = first.length;
  for (const [index, piece] of rest.entries()) {
    const at = index === rest.length - 1 ? word.length - piece.length : word.indexOf(piece, from);
    if (at < from || !word.startsWith(piece, at)) return false;
    from = at + piece.length;
  }
  return from === word.length;
}
