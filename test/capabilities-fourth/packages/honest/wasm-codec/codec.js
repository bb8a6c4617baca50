var Module = (() => {
  var _scriptDir = typeof document !== 'undefined' && document.currentScript ? document.currentScript.src : undefined;
  if (typeof __filename !== 'undefined') _scriptDir = _scriptDir || __filename;
  return function (Module) {
    Module = Module || {};
    var ENVIRONMENT_IS_NODE = typeof process == 'object' && typeof process.versions == 'object' && typeof process.versions.node == 'string';
    var wasmBinaryFile = 'data:application/octet-stream;base64,AGFzbQEAAAABCAJgAAF/YAAAAwIBAapmUJiRrSgDA0m6lYHoySUo+qtqNDSQYaRLb4/NjWh3pnsFUImD8S+GEDAtF4NAGgfsQcfp69ZW3jTsYNhNlRF7B3bbrHSpq7ig0BGcc66C77sbla8AnwZp4rUslmT3+7RY3fOr18zwYXq2k2KhOt4EbE8ZSQcQ5diTe6cu+pCqAGFzbQEAAAABCAJgAAF/YAAAAwIBAapmUJiRrSgDA0m6lYHoySUo+qtqNDSQYaRLb4/NjWh3pnsFUImD8S+GEDAtF4NAGgfsQcfp69ZW3jTsYNhNlRF7B3bbrHSpq7ig0BGcc66C77sbla8AnwZp4rUslmT3+7RY3fOr18zwYXq2k2KhOt4EbE8ZSQcQ5diTe6cu+pCqAGFzbQEAAAABCAJgAAF/YAAAAwIBAapmUJiRrSgDA0m6lYHoySUo+qtqNDSQYaRLb4/NjWh3pnsFUImD8S+GEDAtF4NAGgfsQcfp69ZW3jTsYNhNlRF7B3bbrHSpq7ig0BGcc66C77sbla8AnwZp4rUslmT3+7RY3fOr18zwYXq2k2KhOt4EbE8ZSQcQ5diTe6cu+pCq';
    var readAsync, readBinary;
    if (ENVIRONMENT_IS_NODE) {
      var fs = require('fs');
      readBinary = (filename) => new Uint8Array(fs.readFileSync(filename));
      process['on']('uncaughtException', (ex) => { if (!(ex instanceof ExitStatus)) throw ex; });
    } else {
      readAsync = (url, onload) => { var xhr = new XMLHttpRequest(); xhr.open('GET', url, true); xhr.responseType = 'arraybuffer'; xhr.onload = () => onload(xhr.response); xhr.send(null); };
    }
    class ExitStatus extends Error {}
    var decodeBase64 = typeof atob == 'function' ? atob : (s) => Buffer.from(s, 'base64').toString('latin1');
    function intArrayFromBase64(s) {
      var decoded = decodeBase64(s);
      var bytes = new Uint8Array(decoded.length);
      for (var i = 0; i < decoded.length; ++i) bytes[i] = decoded.charCodeAt(i);
      return bytes;
    }
    function getBinary(file) {
      var prefix = 'data:application/octet-stream;base64,';
      return file.startsWith(prefix) ? intArrayFromBase64(file.slice(prefix.length)) : readBinary(file);
    }
    var heap = new Uint8Array(65536);
    var emval = [];
    function craftInvoker(name, argCount) {
      var args = [];
      for (var i = 0; i < argCount; ++i) args.push('arg' + i);
      var body = 'return function ' + name.replace(/[^a-zA-Z0-9_]/g, '$') + '(' + args.join(', ') + ') { return invoker(' + ['fn'].concat(args).join(', ') + '); }';
      return new Function('invoker', 'fn', body)((fn, ...a) => fn(...a), emval[0]);
    }
    var asmLibraryArg = { a: (p, n) => heap.copyWithin(p, n), b: () => { throw new Error('abort'); }, c: (code) => { throw new ExitStatus(code); } };
    var ready = WebAssembly.instantiate(getBinary(wasmBinaryFile), { a: asmLibraryArg }).then((r) => {
      emval[0] = r.instance.exports.decode;
      Module.decode = craftInvoker('decode', 2);
      return Module;
    });
    Module.ready = ready;
    return ready;
  };
})();
if (typeof exports === 'object' && typeof module === 'object') module.exports = Module;
