import type { Found } from './found.ts';

const SETS = /^\s*(?:registry\s*=|npmRegistryServer\s*:|registry\s+["']?https?:)/m;
const COMMAND =
  /\b(?:npm|pnpm|yarn)\s+(?:-\S+\s+)*config\s+(?:-\S+\s+)*set\s+(?:-\S+\s+)*["']?(?:registry|npmRegistryServer)\b/;
const UNCHECKED =
  /\bstrict-ssl["']?\s*[= ]\s*["']?false\b|\benableStrictSsl["']?\s*[: ]\s*["']?false\b|\bsslVerify\s+["']?(?:false|0)\b/;

/** Reads which registry a command or a file of settings makes package managers use. */
export function readRegistry(text: string, at: number, isLoaded: boolean, found: Found): void {
  if (UNCHECKED.test(text)) found.sign('unchecked-tls', at, isLoaded);
  if (!isLoaded || !(SETS.test(text) || COMMAND.test(text))) return;
  found.add('tampering', 'registry of package managers', at);
  found.sign('changes-registry', at, true);
}
