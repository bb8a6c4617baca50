import module from 'node:module';
import vm from 'node:vm';
import type { Recorder } from './recorder.ts';
import { wrapUnseen } from './wrap.ts';

/** Records texts that are run as code. */
export function observeCode(recorder: Recorder): void {
  observeEval(() => recorder.use('dynamic-code', 'eval'));
  const compiles = (detail: string) => () => recorder.use('dynamic-code', detail);
  wrapUnseen(globalThis, 'Function', compiles('Function'));
  const constructors = [async () => {}, function* () {}, async function* () {}].map(
    (one) => Object.getPrototypeOf(one) as object,
  );
  for (const prototype of constructors) wrapUnseen(prototype, 'constructor', compiles('Function'));
  // A function names its constructor, and programs compare the two.
  Object.defineProperty(Function.prototype, 'constructor', {
    value: globalThis.Function,
    writable: true,
    configurable: true,
  });
  for (const name of ['Script', 'runInContext', 'runInNewContext', 'runInThisContext', 'compileFunction'])
    wrapUnseen(vm, name, compiles('vm'));
  if ('SourceTextModule' in vm) wrapUnseen(vm, 'SourceTextModule', compiles('vm'));
  const { prototype } = module as unknown as { prototype: object };
  wrapUnseen(prototype, '_compile', () =>
    recorder.use('dynamic-code', 'Module._compile', { isDirect: true }),
  );
}

/**
 * Only the original `eval`, called by this name, sees the variables around the call. So it stays what it is, and what is
 * observed is that the name is looked up.
 */
function observeEval(use: () => void): void {
  const original: unknown = Reflect.get(globalThis, 'eval');
  Object.defineProperty(globalThis, 'eval', {
    get() {
      use();
      return original;
    },
    set(value: unknown) {
      const plain = { value, writable: true, enumerable: false, configurable: true };
      Object.defineProperty(globalThis, 'eval', plain);
    },
    enumerable: false,
    configurable: true,
  });
}
