import { BOT_FILES } from '../../core/read/config/bots/bot-cooldown.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { loadConfigReaders } from './config-readers.ts';
import type { FileStore } from './file-store.ts';

/** Loads the configuration of bots below a folder, and returns the files that exist. */
export async function loadBotFiles(folder: Uri, store: FileStore): Promise<readonly Uri[]> {
  const uris = BOT_FILES.map((path) => joinUri(folder, path));
  const read = await Promise.all(uris.map((uri) => store.load(uri)));
  const found = uris.filter((_, at) => read[at]!.type === 'text');
  // Most repositories have such a file without a cooldown, and need no parser for it.
  const hasCooldown = (uri: Uri) => store.textOf(uri)?.includes('default-days') === true;
  if (found.some(hasCooldown)) await loadConfigReaders();
  return found;
}
