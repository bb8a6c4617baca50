import { setFlagsFromString } from 'node:v8';

/** Longer than nearly every check of a project takes, and opening one in an editor. */
const START_MS = 2_000;

/**
 * Lets V8 leave its optimizing compiler (TurboFan) alone while this process starts. Most code runs a few times only then,
 * the middle tier is good enough for the rest, and compiling takes the second processor from the collector, or the only
 * one from us: a check of 4,500 packages takes up to a quarter less time. What runs longer is optimized as ever. Nor is memory
 * marked bit by bit for a collection that most processes end before: that is a twentieth of such a check.
 */
export function startQuickly(): void {
  // Electron makes its own promises about V8's flags, and a process that changes frozen ones ends.
  if (process.versions.electron !== undefined) return;
  setFlagsFromString('--no-opt');
  setFlagsFromString('--no-incremental-marking');
  const end = () => {
    setFlagsFromString('--opt');
    setFlagsFromString('--incremental-marking');
  };
  setTimeout(end, START_MS).unref();
}
