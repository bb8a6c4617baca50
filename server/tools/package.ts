/**
 * Packs the built extension. What goes in is named in .vscodeignore.
 *
 *     node server/tools/package.ts [<file>]
 *
 * The file is dependency-hygiene-<version>.vsix where none is named.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const root = join(import.meta.dirname, '../..');

await main(process.argv[2]);

async function main(wanted: string | undefined): Promise<void> {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const file = resolve(wanted ?? join(root, `${name}-${version}.vsix`));
  // Of this process alone, as another one may be packing.
  const readme = join(root, `dist/readme-${process.pid}.md`);
  writeFileSync(readme, withoutImages(readFileSync(join(root, 'README.md'), 'utf8')));
  try {
    await createVSIX({
      cwd: root,
      packagePath: file,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
      readmePath: relative(root, readme),
    });
  } finally {
    rmSync(readme);
  }
  console.log(`${relative(root, file)} ${(statSync(file).size / 1000).toFixed(0)} kB`);
}

/** The package holds no screenshots, so its README shows none. */
function withoutImages(markdown: string): string {
  return markdown
    .split('\n')
    .filter((line) => !line.startsWith('!['))
    .join('\n');
}
