import { after } from 'node:test';
import { GRACE_MS } from './ended-test.ts';

/**
 * Preloaded into each test process. A failed test may leave a server running, and the time limit of the runner ends tests,
 * not a process that has none left: it would keep everything waiting.
 */
after(() => {
  setTimeout(() => process.exit(process.exitCode), GRACE_MS).unref();
});
