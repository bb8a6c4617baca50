import { after } from 'node:test';

/**
 * Preloaded into each test process. A failed test may leave a server running, and the time limit of the runner ends tests,
 * not a process that has none left: it would keep everything waiting.
 */
const GRACE_MS = 10_000;

after(() => {
  setTimeout(() => process.exit(process.exitCode), GRACE_MS).unref();
});
