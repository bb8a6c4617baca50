/**
 * Returns the package that a specifier names: `lodash` of `lodash/get`, `@a/b` of `@a/b/c`. Undefined for paths, URLs,
 * subpath imports (`#a`), modules of Node.js and other schemes, and for what no package can be called.
 */
export function packageOf(specifier: string): string | undefined {
  // Loaders of webpack come before the module, and queries of Vite behind it.
  const bang = specifier.lastIndexOf('!');
  const module = bang === -1 ? specifier : specifier.slice(bang + 1);
  // With `baseUrl`, such a path finds the package.
  const written = module.startsWith(INSTALLED) ? module.slice(INSTALLED.length) : module;
  const match = PACKAGE.exec(written);
  if (match === null) return undefined;
  const name = match[0];
  const next = written[name.length];
  if (next !== undefined && next !== '/' && next !== '?') return undefined;
  return isNodeModule(written) ? undefined : name;
}

const INSTALLED = 'node_modules/';
const PACKAGE = /^(?:@[a-z\d~][\w.~-]*\/)?[a-z\d][\w.-]*/i;

function isNodeModule(specifier: string): boolean {
  const slash = specifier.indexOf('/');
  // A trailing slash asks for a package of that name.
  return NODE_MODULES.has(slash === -1 ? specifier : specifier.slice(0, slash)) && !specifier.endsWith('/');
}

/** The modules of Node.js that can be imported without `node:` (`module.builtinModules`). */
const NODE_MODULES: ReadonlySet<string> = new Set([
  ...['assert', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto'],
  ...['dgram', 'diagnostics_channel', 'dns', 'domain', 'events', 'fs', 'http', 'http2', 'https'],
  ...['inspector', 'module', 'net', 'os', 'path', 'perf_hooks', 'process', 'punycode', 'querystring'],
  ...['readline', 'repl', 'stream', 'string_decoder', 'sys', 'timers', 'tls', 'trace_events', 'tty'],
  ...['url', 'util', 'v8', 'vm', 'wasi', 'worker_threads', 'zlib'],
]);
