var runtime = (function (exports) {
  "use strict";

  var Op = Object.prototype;
  var hasOwn = Op.hasOwnProperty;
  var $Symbol = typeof Symbol === "function" ? Symbol : {};
  var iteratorSymbol = $Symbol.iterator || "@@iterator";

  function define(obj, key, value) {
    Object.defineProperty(obj, key, { value: value, enumerable: true, configurable: true, writable: true });
    return obj[key];
  }
  try {
    // IE 8 has a broken Object.defineProperty that only works on DOM objects.
    define({}, "");
  } catch (err) {
    define = function (obj, key, value) {
      return (obj[key] = value);
    };
  }

  function wrap(innerFn, outerFn) {
    var protoGenerator = outerFn && outerFn.prototype instanceof Generator ? outerFn : Generator;
    var generator = Object.create(protoGenerator.prototype);
    define(generator, "_invoke", innerFn);
    return generator;
  }
  exports.wrap = wrap;

  function Generator() {}

  exports.isGeneratorFunction = function (genFun) {
    var ctor = typeof genFun === "function" && genFun.constructor;
    return ctor ? ctor === Generator || (ctor.displayName || ctor.name) === "GeneratorFunction" : false;
  };

  exports.keys = function (val) {
    var keys = [];
    for (var key in Object(val)) if (hasOwn.call(val, key)) keys.push(key);
    keys[iteratorSymbol] = function () { return this; };
    return keys.reverse();
  };

  return exports;
})(typeof module === "object" ? module.exports : {});

try {
  regeneratorRuntime = runtime;
} catch (accidentalStrictMode) {
  // This module should not be running in strict mode, so the above
  // assignment should always work unless something is misconfigured. Just
  // in case runtime.js accidentally runs in strict mode, in modern engines
  // we can explicitly access globalThis. In older engines we can escape
  // strict mode using a global Function call.
  if (typeof globalThis === "object") {
    globalThis.regeneratorRuntime = runtime;
  } else {
    Function("r", "regeneratorRuntime = r")(runtime);
  }
}
