import { syncBuiltinESMExports } from 'node:module';
import { OWN } from './call-stack.ts';
import { observeCode } from './observe-code.ts';
import { observeEnvironment } from './observe-environment.ts';
import { observeFiles } from './observe-files.ts';
import { observeNetwork } from './observe-network.ts';
import { observeProcesses } from './observe-processes.ts';
import { Recorder } from './recorder.ts';

/** Observes this thread from now on, and writes what it sees to the folder. */
export function observe(folder: string): void {
  const recorder = new Recorder(folder);
  for (const part of [observeFiles, observeProcesses, observeNetwork, observeCode, observeEnvironment]) {
    try {
      part(recorder);
    } catch {
      // Functions of Node.js may be frozen.
      recorder.missed('part');
    }
  }
  // Modules that import by name get the observed functions too.
  syncBuiltinESMExports();
  // The program may add as many listeners as before without a warning.
  process.setMaxListeners(process.getMaxListeners() + 1);
  process.on('exit', () => recorder.end());
  process.on('uncaughtExceptionMonitor', hideOwnFrames);
}

/** Prints the error of a program as it would be without observed functions in its stack. */
function hideOwnFrames(error: unknown): void {
  if (!(error instanceof Error) || typeof error.stack !== 'string' || !error.stack.includes(OWN)) return;
  error.stack = error.stack
    .split('\n')
    .filter((line) => !line.includes(OWN))
    .join('\n');
}
