/**
 * Modules of Node that a package's name can shadow. Excludes those imported only with `node:`, and those with an
 * implementation for browsers in the registry that bundlers substitute.
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

/** Packages for browsers under the name of the module that they replace. */
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

/** Checks whether code that imports this name gets a module of Node, and never a package. */
export function isBuiltInModule(name: string): boolean {
  return BUILT_IN.has(name);
}
