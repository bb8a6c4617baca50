import { isOfDependabot } from '../../core/read/config/bots/bot-cooldown.ts';
import type { Project } from '../../core/read/project/project.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

/** Of Dependabot's ecosystems, those that update package.json. */
const ECOSYSTEM = /^\s*-?\s*["']?package-ecosystem["']?\s*:\s*["']?(?:npm|bun)\b/m;

/** Returns whether Dependabot or Renovate is configured for npm packages, as far as files of the project show. */
export function updateBotOf(
  { root, bound, repository, botFiles }: ProjectFiles,
  store: FileStore,
): Project['updateBot'] {
  const isConfigured = botFiles.some(
    (uri) => !isOfDependabot(uri) || ECOSYSTEM.test(store.textOf(uri) ?? ''),
  );
  if (isConfigured || hasRenovateKey(store.textOf(joinUri(root, 'package.json')))) return 'configured';
  // The files of bots are at the top of a repository.
  return repository === root || (repository === undefined && root === bound) ? 'missing' : 'unknown';
}

/** Renovate also reads a key of the manifest. */
function hasRenovateKey(text: string | undefined): boolean {
  return text !== undefined && /"renovate"\s*:\s*\{/.test(text);
}
