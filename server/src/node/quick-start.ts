import { setFlagsFromString } from 'node:v8';

/** Longer than nearly every check of a project, and than opening one in an editor. */
const START_MS = 2_000;

/**
 * Disables V8's optimizing compiler (TurboFan) while this process starts. Most code runs only a few times then, the
 * middle tier is good enough for the rest, and compilation takes the second processor from the garbage collector, or
 * the only one from the program: a check of 4,500 packages takes up to a quarter less time. Code in longer processes is
 * optimized as usual. Incremental marking is disabled too, as most processes end before the collection: that saves a
 * twentieth of such a check.
 */
export function startQuickly(): void {
  // Electron makes its own assumptions about V8's flags, and a process that changes frozen ones crashes.
  if (process.versions.electron !== undefined) return;
  setFlagsFromString('--no-opt');
  setFlagsFromString('--no-incremental-marking');
  const end = () => {
    setFlagsFromString('--opt');
    setFlagsFromString('--incremental-marking');
  };
  setTimeout(end, START_MS).unref();
}

/**
 * Makes V8 optimize only code that runs ten times as long as usual, and less of it at once. For commands that read many
 * files with much code in a few seconds: the optimizing compiler takes a quarter of their processor time otherwise, more
 * than its code saves.
 */
export function optimizeLess(): void {
  if (process.versions.electron !== undefined) return;
  setFlagsFromString('--invocation-count-for-turbofan=30000');
  setFlagsFromString('--invocation-count-for-osr=5000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}
