import {
  hasMemoryPath,
  isSecretPattern,
  namesSecretHolder,
  readsMemory,
} from '../../scripts/process-memory.ts';
import type { Found } from './found.ts';

/** The shortest text that is a script or a pattern, and not a path or a name. */
const SCRIPT = 40;
const LONGEST = 20_000;

/** Reads a text of any language for the memory of other processes, and for those whose secrets are looked for there. */
export function readMemoryText(text: string, at: number, found: Found): void {
  if (text.length > LONGEST) return;
  const isPattern = isSecretPattern(text);
  if (isPattern || (text.length >= SCRIPT && hasMemoryPath(text))) addMemory(at, false, found);
  if (isPattern || namesSecretHolder(text)) found.sign('seeks-secrets', at, false);
}

/** Reads a command or a path by which code gets the memory of another process. */
export function readMemoryUse(text: string, at: number, isLoaded: boolean, found: Found): void {
  if (!readsMemory(text)) return;
  addMemory(at, isLoaded, found);
  if (namesSecretHolder(text)) found.sign('seeks-secrets', at, isLoaded);
}

function addMemory(at: number, isLoaded: boolean, found: Found): void {
  found.add('credentials', 'memory of processes', at);
  found.sign('reads-memory', at, isLoaded);
}
