/** What a list has come to, frozen, without the room for more that a list keeps which grew entry by entry. */
export function frozenList<T>(grown: readonly T[]): readonly T[] {
  return Object.freeze(grown.slice());
}
