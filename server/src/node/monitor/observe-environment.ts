import workerThreads from 'node:worker_threads';
import type { Recorder } from './recorder.ts';
import { wrap } from './wrap.ts';

/** The detail of a copy of all variables. */
const ALL = '*';
/** Read by this program itself. */
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
  const observed = new Proxy(env, {
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
  process.env = observed;
  keepClonable(observed, env);
}

const MOST_MEMBERS = 100;

/** Lets programs send the environment to threads, alone or as a member: what is observed cannot be cloned. */
function keepClonable(observed: NodeJS.ProcessEnv, env: NodeJS.ProcessEnv): void {
  const clonable = (value: unknown): unknown => {
    if (value === observed) return env;
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    const names = Object.keys(value).slice(0, MOST_MEMBERS);
    // Getters are for the algorithm that clones.
    const own = names.filter((name) => Object.getOwnPropertyDescriptor(value, name)?.value === observed);
    return own.length === 0 ? value : { ...value, ...Object.fromEntries(own.map((name) => [name, env])) };
  };
  const cloned = (args: unknown[]) => {
    if (args.length > 0) args[0] = clonable(args[0]);
  };
  wrap(globalThis, 'structuredClone', cloned);
  wrap(workerThreads.MessagePort.prototype, 'postMessage', cloned);
  wrap(workerThreads.Worker.prototype, 'postMessage', cloned);
  wrap(workerThreads, 'Worker', (args) => {
    const options = args[1] as { readonly workerData?: unknown } | undefined;
    const workerData = clonable(options?.workerData);
    if (workerData !== options?.workerData) args[1] = { ...options, workerData };
  });
}

/** Checks for names that are looked up in any object. */
function isOfObjects(name: string): boolean {
  return name === 'toJSON' || name in Object.prototype;
}
