'use strict';
const LocalFunction = (function () {}).constructor;
const AsyncFunction = (async function () {}).constructor;
for (const kind of [LocalFunction, AsyncFunction, (function* () {}).constructor]) {
  Object.defineProperty(kind.prototype, 'constructor', {
    value: new Proxy(kind, {
      apply(target, that, args) {
        return Reflect.apply(target, that, args.map(String));
      },
      construct(target, args) {
        return Reflect.construct(target, args.map(String));
      }
    })
  });
}
global.process = Object.freeze({ env: {}, argv: [], nextTick: (f) => Promise.resolve().then(f) });
if (host.require) global.require = host.require;
global.console = new Proxy(host.console, { get: (t, k) => (typeof t[k] === 'function' ? (...a) => void t[k](...a) : undefined) });
delete global.SharedArrayBuffer;
