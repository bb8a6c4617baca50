import { isWithin, relativeUri } from '../core/read/text/paths/uri.ts';
import type { DirectoryItem, FilesPort } from '../engine/ports.ts';
import type { OpenDocuments } from './open-documents.ts';

/**
 * Adds open documents that were never saved to the listings: a new package.json in an editor makes a project before it
 * is on disk. Their texts reach the session separately.
 */
export function filesWithOpenDocuments(files: FilesPort, documents: OpenDocuments): FilesPort {
  return {
    read: (uri) => files.read(uri),
    editProblem: async (uri) => files.editProblem?.(uri),
    async list(directory) {
      const listed = await files.list(directory);
      const items = new Map<string, DirectoryItem>(listed?.map((item) => [item.name, item]));
      for (const { uri } of documents.all()) {
        if (!isWithin(directory, uri) || uri === directory) continue;
        const [name, below] = relativeUri(directory, uri).split('/');
        if (name === undefined || items.has(name)) continue;
        items.set(name, { name, type: below === undefined ? 'file' : 'directory' });
      }
      if (items.size === (listed?.length ?? 0)) return listed;
      return [...items.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
