// Not assigned to, as programs may freeze it.
const { apply, construct, defineProperty, getOwnPropertyDescriptor, set } = Reflect;

type Callable = (...args: unknown[]) => unknown;
type Holder = object;

/** Looks at the arguments of a call before it happens, and may replace some of them. */
export type Before = (args: unknown[]) => void;

/**
 * Replaces a function by one that does the same, has the same properties, and can be called or constructed as it is. It
 * stands in the stacks of errors that the function throws.
 */
export function wrap(holder: Holder, name: string, before: Before): void {
  const call = quiet(before);
  replace(
    holder,
    name,
    (original) =>
      new Proxy(original, {
        apply(target, self, args) {
          call(args);
          // Errors keep as many frames of the program as they have without this one.
          const { stackTraceLimit: limit } = Error;
          if (typeof limit !== 'number') return apply(target, self, args);
          set(Error, 'stackTraceLimit', limit + 1);
          try {
            return apply(target, self, args);
          } finally {
            if (Error.stackTraceLimit === limit + 1) set(Error, 'stackTraceLimit', limit);
          }
        },
        construct(target, args, newTarget) {
          call(args);
          return construct(target, args, newTarget) as object;
        },
      }),
  );
}

/**
 * Replaces a function likewise, for calls whose arguments are not needed. A proxy looks up its traps at each call, and
 * without one, calls the function itself: so the stacks of errors stay as they are.
 */
export function wrapUnseen(holder: Holder, name: string, before: () => void): void {
  const call = quiet(before);
  const trap = () => {
    call([]);
    return undefined;
  };
  const handler = Object.defineProperties({}, { apply: { get: trap }, construct: { get: trap } });
  replace(holder, name, (original) => new Proxy(original, handler as ProxyHandler<Callable>));
}

function quiet(before: Before): Before {
  return (args) => {
    try {
      before(args);
    } catch {
      // An argument that the function refuses as well.
    }
  };
}

function replace(holder: Holder, name: string, change: (original: Callable) => Callable): void {
  const found = getOwnPropertyDescriptor(holder, name);
  if (found === undefined || found.configurable !== true) return;
  const { get, value, enumerable } = found;
  if (typeof value === 'function') {
    // In stacks, a function without a name has that of the property that holds it.
    if (value.name === '') defineProperty(value, 'name', { value: name, configurable: true });
    defineProperty(holder, name, { ...found, value: change(value as Callable) });
    return;
  }
  if (get === undefined) return;
  // Loaded on first use, by Node.js itself.
  let seen: unknown;
  let changed: unknown;
  const lazy = function (this: unknown) {
    const original: unknown = apply(get, this, []);
    if (typeof original !== 'function') return original;
    if (original !== seen) changed = change(original as Callable);
    seen = original;
    return changed;
  };
  const accessor = { get: lazy, enumerable: enumerable === true, configurable: true };
  defineProperty(holder, name, found.set === undefined ? accessor : { ...accessor, set: found.set });
}
