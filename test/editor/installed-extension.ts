import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Adds a built extension (a folder with its manifest) to the installed ones of a server that has not started yet: a new
 * server loads every folder there. It is a link, so a rebuild takes effect when the page is reloaded.
 */
export function installExtension(extension: string, serverDataDir: string): void {
  const extensions = join(serverDataDir, 'extensions');
  const manifestPath = join(extension, 'package.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<
    'name' | 'publisher' | 'version' | 'main',
    string
  >;
  if (!existsSync(join(extension, manifest.main))) {
    throw new Error(`The extension is not built: ${manifest.main} is missing; run "npm run build".`);
  }
  mkdirSync(extensions, { recursive: true });
  symlinkSync(
    extension,
    join(extensions, `${manifest.publisher}.${manifest.name}-${manifest.version}`),
    'dir',
  );
}
