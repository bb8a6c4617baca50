/**
 * Modules of Node itself that a package's name can shadow. Not those that are imported with `node:` alone, and not those
 * of which the registry has an implementation for browsers that bundlers put in their place.
 */
const BUILT_IN: ReadonlySet<string> = new Set([
  'async_hooks',
  'child_process',
  'cluster',
  'crypto',
  'dgram',
  'diagnostics_channel',
  'dns',
  'fs',
  'http',
  'http2',
  'https',
  'inspector',
  'module',
  'net',
  'os',
  'perf_hooks',
  'readline',
  'repl',
  'tls',
  'trace_events',
  'v8',
  'wasi',
  'worker_threads',
]);

/** Packages for browsers under the name of the module that they stand in for. */
export const POLYFILLS: ReadonlySet<string> = new Set([
  'assert',
  'buffer',
  'console',
  'constants',
  'domain',
  'events',
  'path',
  'process',
  'punycode',
  'querystring',
  'stream',
  'string_decoder',
  'sys',
  'timers',
  'tty',
  'url',
  'util',
  'vm',
  'zlib',
]);

/** Whether code that imports this name gets a module of Node, and never a package. */
export function isBuiltInModule(name: string): boolean {
  return BUILT_IN.has(name);
}
