import { basename } from 'node:path';
import type { ChunkingContext, CodeSplittingOptions, PreRenderedChunk } from 'rolldown';

/**
 * Divides the server and the command line into chunks: what both start with is `core.js`, what else the server or `check`
 * starts with and others share is `protocol.js` or `command.js`, and everything behind an `import()` loads when it is
 * first needed.
 */
export function chunksOf(server: string, commands: readonly string[]): CodeSplittingOptions {
  const shared = { minShareCount: 2 };
  return {
    groups: [
      { ...shared, debugName: 'core', priority: 2, name: startedByAll([[server], commands], 'core') },
      { ...shared, debugName: 'protocol', priority: 1, name: startedByAll([[server]], 'protocol') },
      { ...shared, debugName: 'command', priority: 1, name: startedByAll([commands], 'command') },
    ],
  };
}

/** Names the chunk of each module that loads with one of each list; what they import later has none. */
function startedByAll(lists: readonly (readonly string[])[], chunk: string) {
  let started: readonly Set<string>[] | undefined;
  return (id: string, context: ChunkingContext): string | undefined => {
    started ??= lists.map((modules) => closure(modules, context));
    return started.every((modules) => modules.has(id)) ? chunk : undefined;
  };
}

function closure(modules: readonly string[], context: ChunkingContext): Set<string> {
  const found = new Set<string>();
  const rest = [...modules];
  for (let id = rest.pop(); id !== undefined; id = rest.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    rest.push(...(context.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}

/** Returns the file name of a chunk: that of its library or its module, with `cli-` before the commands. */
export function chunkName({ facadeModuleId, name }: PreRenderedChunk): string {
  if (facadeModuleId === null || facadeModuleId === undefined) return `${name}.js`;
  const library = /[\\/]node_modules[\\/]([^\\/]+)[\\/]/.exec(facadeModuleId)?.[1];
  if (library !== undefined) return `${library}.js`;
  const prefix = /[\\/]node[\\/]cli[\\/]/.test(facadeModuleId) ? 'cli-' : '';
  return `${prefix}${basename(facadeModuleId).replace(/\.\w+$/, '')}.js`;
}
