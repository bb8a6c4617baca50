/**
 * Modules of Node.js that take milliseconds to load and that most runs do not need, loaded on first use. A module that
 * is imported by name is loaded when the process starts.
 */
export const childProcess = (): typeof import('node:child_process') =>
  process.getBuiltinModule('node:child_process');
export const crypto = (): typeof import('node:crypto') => process.getBuiltinModule('node:crypto');
export const workerThreads = (): typeof import('node:worker_threads') =>
  process.getBuiltinModule('node:worker_threads');
export const zlib = (): typeof import('node:zlib') => process.getBuiltinModule('node:zlib');
