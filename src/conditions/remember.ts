const MOST_REMEMBERED = 128;
const LONGEST_REMEMBERED = 256;

/**
 * Keeps what was read from a text, as one request's value is usually compared by many statements. Holds a bounded
 * number of short texts and starts afresh when it is full.
 */
export function remember<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  let lastText: string | undefined;
  let lastValue: T;
  return (text) => {
    if (text === lastText) return lastValue;
    if (text.length > LONGEST_REMEMBERED) return read(text);
    let entry = known.get(text);
    if (entry === undefined) {
      entry = { value: read(text) };
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(text, entry);
    }
    lastText = text;
    lastValue = entry.value;
    return lastValue;
  };
}
