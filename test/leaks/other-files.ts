import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { git } from '../editor/git.ts';
import type { Files } from './declarations.ts';
import type { Dependency } from './packages.ts';

/** Returns files other than manifests that name packages: what CI, containers, editors and agents run, and a bill of materials. */
export function filesWithNames(dependencies: readonly Dependency[]): Files {
  const names = dependencies.filter(({ kind }) => kind !== 'exotic').map(({ name }) => name);
  const some = (from: number) => names.filter((_, place) => place % 5 === from);
  const components = some(4).map((name) => ({
    ...{ type: 'library', name, version: '1.0.0', purl: `pkg:npm/${name.replace('@', '%40')}@1.0.0` },
  }));
  return {
    '.github/workflows/ci.yml': [
      'on: push',
      'jobs:',
      '  build:',
      '    runs-on: ubuntu-latest',
      '    steps:',
      '      - run: |',
      ...some(0).map((name) => `          npx --yes ${name}`),
      ...some(1).map((name) => `          npm install --global ${name}@latest`),
      '',
    ].join('\n'),
    Dockerfile: `FROM node:24\n${some(2)
      .map((name) => `RUN npm install -g ${name}\n`)
      .join('')}`,
    '.mcp.json': `${JSON.stringify({
      mcpServers: Object.fromEntries(
        some(3).map((name, place) => [`server-${place}`, { command: 'npx', args: ['-y', name] }]),
      ),
    })}\n`,
    'bom.json': `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components })}\n`,
    'src/index.js': names.map((name) => `import ${JSON.stringify(name)};\n`).join(''),
  };
}

/** Commits the folder with other versions in its lockfiles, which are changed since then. */
export function commitBefore(folder: string, files: Files): void {
  const lockfiles = Object.entries(files).filter(
    (file): file is [string, string] =>
      typeof file[1] === 'string' &&
      /(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/.test(file[0]),
  );
  for (const [file, text] of lockfiles)
    writeFileSync(path.join(folder, file), text.replaceAll('1.0.0', '1.1.0'));
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'Before');
  for (const [file, text] of lockfiles) writeFileSync(path.join(folder, file), text);
}

/** Installs packages whose manifests and files name hosts, as an install of the lockfile would. */
export function install(folder: string, dependencies: readonly Dependency[]): void {
  for (const { name, key } of dependencies) {
    const installed = path.join(folder, 'node_modules', key);
    mkdirSync(installed, { recursive: true });
    const repository = `https://evil.example.test/${name}.git`;
    const manifest = { name, version: '1.0.0', repository, scripts: { install: 'node index.js' } };
    writeFileSync(path.join(installed, 'package.json'), JSON.stringify(manifest));
    writeFileSync(path.join(installed, 'index.js'), `fetch('https://evil.example.test/${name}');\n`);
  }
}
