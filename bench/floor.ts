/**
 * The floor that decisions are measured against: what any decision costs at the very least, one look-up of the policies
 * that apply and one comparison of a text. 64 keys in rotation, so that no processor cache makes it a constant.
 */
const KEYS = Array.from({ length: 64 }, (_, at) => `arn:aws:sqs:eu-west-1:111122223333:orders-${at}`);
const TABLE: ReadonlyMap<string, string> = new Map(KEYS.map((key, at) => [key, `statement ${at}`]));
const WANTED = KEYS.map((_, at) => `statement ${at}`);

let turn = 0;

/** One Map look-up and one string comparison. */
export function lookUpAndCompare(): boolean {
  turn = (turn + 1) & 63;
  return TABLE.get(KEYS[turn] ?? '') === WANTED[turn];
}
