/** A JSON value, as far as lines hold them. */
type Json = unknown;

/**
 * The smallest value that the greedy removal of members, elements and list brackets finds, and that still does what
 * `fails` looks for. Bounded by the size of the value: each accepted step makes it smaller.
 */
export function shrink<T>(value: T, fails: (candidate: T) => boolean): T {
  let smallest = value;
  for (let next = firstFailing(smallest, fails); next !== undefined; next = firstFailing(smallest, fails)) {
    smallest = next;
  }
  return smallest;
}

function firstFailing<T>(value: T, fails: (candidate: T) => boolean): T | undefined {
  for (const candidate of smaller(value)) if (fails(candidate as T)) return candidate as T;
  return undefined;
}

/** All values with one thing less, the largest things first. */
function* smaller(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    if (value.length === 1) yield value[0];
    for (let at = 0; at < value.length; at += 1) yield value.toSpliced(at, 1);
    for (let at = 0; at < value.length; at += 1) {
      for (const item of smaller(value[at])) yield value.with(at, item);
    }
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value);
    for (const [name] of members) yield Object.fromEntries(members.filter(([other]) => other !== name));
    for (const [name, item] of members) {
      for (const less of smaller(item)) {
        yield Object.fromEntries(members.map(([other, old]) => [other, other === name ? less : old]));
      }
    }
  }
}
