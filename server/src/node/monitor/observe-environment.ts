import type { Recorder } from './recorder.ts';

const ALL = '*';

const OWN = 'DEPHYGIENE_MONITOR';

/** Records which variables of the environment are read, never their values. */
export function observeEnvironment(recorder: Recorder): void {
  const { env } = process;
  let sweep: readonly (string | symbol)[] = [];
  let at = 0;
  const use = (name: string) => recorder.use('environment', name, { isDirect: true });
  const read = (name: string | symbol) => {
    // Copying the environment asks for the list, and then once or twice for each variable in turn.
    if (name === sweep[at + 1]) at++;
    else if (name === sweep[0]) at = 0;
    else if (name !== sweep[at] && typeof name === 'string' && name !== OWN && !isOfObjects(name)) {
      sweep = [];
      use(name);
    }
  };
  process.env = new Proxy(env, {
    get(target, name) {
      read(name);
      return target[name as string];
    },
    has(target, name) {
      read(name);
      return name in target;
    },
    getOwnPropertyDescriptor(target, name) {
      read(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      const keys = Reflect.ownKeys(target);
      use(ALL);
      sweep = keys;
      at = 0;
      return keys;
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });
}

/** Checks for names that are looked up in any object. */
function isOfObjects(name: string): boolean {
  return name === 'toJSON' || name in Object.prototype;
}
