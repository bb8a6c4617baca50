import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureEditor } from './install.ts';
import { installExtension } from './installed-extension.ts';
import { repositoryRoot } from './paths.ts';
import { type Editor, startEditor } from './server.ts';
import { quietSettings } from './settings.ts';
import { temporaryFolder } from './workspace-copy.ts';

/**
 * Opens a folder in a real VS Code that is served to the browser on loopback, with the extension installed, a random
 * connection token and workspace trust left on. Prints the URL and runs until it is stopped; without an editor, prints
 * the reason in one sentence and returns.
 *
 * @param file the file to show first, relative to the folder, if it exists
 */
export async function serveDirectory(
  directory: string,
  file = 'package.json',
  extension: string = repositoryRoot,
): Promise<void> {
  const installed = ensureEditor(console.log);
  if ('reason' in installed) {
    console.log(installed.reason);
    return;
  }
  let editor: Editor;
  try {
    editor = await startServed(installed.path, extension);
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    return;
  }
  console.log(`VS Code shows ${resolve(directory)} at this address until you press Ctrl+C:`);
  const shown = resolve(directory, file);
  console.log(
    editor.url(resolve(directory), existsSync(shown) ? [['openFile', editor.remoteUri(shown)]] : []),
  );
  await editor.ended;
  console.log('The editor server has ended.');
}

function startServed(path: string, extension: string): Promise<Editor> {
  const serverDataDir = temporaryFolder('dependency-hygiene-editor');
  installExtension(extension, serverDataDir);
  return startEditor({
    editor: path,
    workspaceTrust: true,
    connectionToken: randomBytes(16).toString('hex'),
    serverDataDir,
    userSettings: quietSettings('dark'),
  });
}

if (import.meta.main) {
  await serveDirectory(process.argv[2] ?? join(repositoryRoot, 'test/fixtures/demo'), process.argv[3]);
}
