/**
 * Packs the built extension. The contents are listed in .vscodeignore.
 *
 *     node server/tools/package.ts [<file>]
 *
 * The default file is dependency-hygiene-<version>.vsix. Links and pictures of the README lead to the repository in the
 * environment variable REPOSITORY_URL, such as https://git.example.test/acme/dependency-hygiene.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { packedPage } from './package/packed-page.ts';

const root = join(import.meta.dirname, '../..');

await main(process.argv[2]);

async function main(wanted: string | undefined): Promise<void> {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  const file = resolve(wanted ?? join(root, `${name}-${version}.vsix`));
  // Unique to this process, as another one may be packing.
  const readme = join(root, `dist/readme-${process.pid}.md`);
  const repository = process.env.REPOSITORY_URL?.replace(/\/$/, '');
  writeFileSync(readme, packedPage(readFileSync(join(root, 'README.md'), 'utf8'), repository));
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
  const links = repository ?? 'no repository: REPOSITORY_URL is not set';
  console.log(`links of the README: ${links}`);
  console.log(`${relative(root, file)} ${(statSync(file).size / 1000).toFixed(0)} kB`);
}
