import type { Estate, World } from './world.js';

/** The sections of an estate that hold things by name. */
export type EstateSection = Exclude<keyof Estate, 'organizations'>;
export type Thing<S extends EstateSection> = Estate[S] extends ReadonlyMap<string, infer T> ? T : never;

/**
 * The world with one thing of the estate changed; the same world if there is none of that name. `undefined` from
 * `change` takes it away. Everything else stays the same object, so that policies stay compiled.
 */
export function changeThing<S extends EstateSection>(
  world: World,
  section: S,
  name: string,
  change: (thing: Thing<S>) => Thing<S> | undefined,
): World {
  const things: ReadonlyMap<string, unknown> = world.estate[section];
  const before = things.get(name);
  return before === undefined ? world : withThing(world, section, name, change(before as Thing<S>));
}

/** The world with a thing put in place, whether there was one of that name or not; taken away for `undefined`. */
export function withThing<S extends EstateSection>(
  world: World,
  section: S,
  name: string,
  thing: Thing<S> | undefined,
): World {
  const things = new Map<string, unknown>(world.estate[section]);
  if (thing === undefined) things.delete(name);
  else things.set(name, thing);
  return { ...world, estate: { ...world.estate, [section]: things } };
}
