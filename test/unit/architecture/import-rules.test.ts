import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type Import, importsIn, importsOf, ROOT } from './imports.ts';

/** The allowed imports of each layer besides itself: layers by folder, packages by name, `node:` for the platform. */
const LAYERS: Record<
  string,
  { readonly layers: readonly string[]; readonly packages: readonly string[]; readonly node: boolean }
> = {
  'server/src/core': {
    layers: [],
    packages: [
      'jsonc-parser',
      'semver',
      'picomatch',
      'yaml',
      'toml-eslint-parser',
      'ae-cvss-calculator',
      'get-east-asian-width',
      'meriyah',
      '@babel/parser',
      'd3-hierarchy',
      'spdx-expression-parse',
      '@cyclonedx/cyclonedx-library/Enums',
      '@cyclonedx/cyclonedx-library/Models',
      '@cyclonedx/cyclonedx-library/Serialize',
      '@cyclonedx/cyclonedx-library/Spec',
    ],
    node: false,
  },
  'server/src/engine': { layers: ['server/src/core'], packages: ['picomatch'], node: false },
  'server/src/lsp': {
    layers: ['server/src/core', 'server/src/engine'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
    node: false,
  },
  'server/src/node': {
    layers: ['server/src/core', 'server/src/engine', 'server/src/lsp', 'server/generated'],
    packages: [
      'diff',
      'hyparquet-writer',
      'undici',
      'vscode-languageserver/node',
      '@modelcontextprotocol/server',
      '@modelcontextprotocol/server/stdio',
      '@sigstore/bundle',
      '@sigstore/protobuf-specs',
      '@sigstore/tuf/seeds.json',
      '@sigstore/verify',
      'tuf-js',
      'tuf-js/dist/error.js',
      'yauzl',
      'zod',
    ],
    node: true,
  },
  'server/src/web': {
    layers: ['server/src/core', 'server/src/engine', 'server/src/lsp', 'server/generated'],
    packages: ['vscode-languageserver/browser'],
    node: false,
  },
  'client/src': {
    layers: [],
    packages: [
      'vscode',
      'vscode-languageclient',
      'vscode-languageclient/browser',
      'vscode-languageclient/node',
    ],
    node: true,
  },
};

/** The only modules shared by both processes: the names and types of their own messages. */
const CLIENT_MAY_IMPORT = ['server/src/lsp/messages.ts', 'server/src/lsp/hover-messages.ts'];

describe('import rules', () => {
  for (const [layer, allowed] of Object.entries(LAYERS)) {
    test(`${layer} imports only what its layer may`, () => {
      const files = globSync(`${layer}/**/*.ts`, { cwd: ROOT });
      assert.ok(files.length > 0, 'the layer has files');
      const wrong = files.flatMap(importsOf).filter((found) => !isAllowed(found, layer, allowed));
      assert.deepEqual(wrong, []);
    });
  }

  test('a forbidden import is seen', () => {
    const found = importsIn(
      'core/a.ts',
      "import fs from 'node:fs'; export * from './b.ts'; const x = import('undici');",
    );
    assert.deepEqual(
      found.map(({ specifier }) => specifier),
      ['node:fs', './b.ts', 'undici'],
    );
    assert.equal(
      isAllowed(
        { file: 'server/src/core/a.ts', specifier: 'node:fs' },
        'server/src/core',
        LAYERS['server/src/core']!,
      ),
      false,
    );
  });

  test('the parsers of YAML and TOML are behind one module, which is loaded where it is needed', () => {
    const files = globSync('server/src/**/*.ts', { cwd: ROOT });
    const importers = (target: RegExp) =>
      files
        .flatMap(importsOf)
        .filter(({ specifier }) => target.test(specifier))
        .map(({ file }) => path.posix.basename(file))
        .sort();
    assert.deepEqual(importers(/^(?:yaml|toml-eslint-parser)$/), [
      'parse-toml-tree.ts',
      'parse-yaml-tree.ts',
    ]);
    assert.deepEqual(importers(/\/parse-(?:yaml|toml)-tree\.ts$/), [
      'parse-legacy-tree.ts',
      'read-bunfig.ts',
      'read-compose.ts',
      'read-dependabot.ts',
      'read-fallback-yarnrc.ts',
      'read-gitlab.ts',
      'read-lefthook.ts',
      'read-osv-scanner.ts',
      'read-pipelines.ts',
      'read-pnpm-workspace.ts',
      'read-workflow.ts',
    ]);
    assert.deepEqual(importers(/\/parse-legacy-tree\.ts$/), ['read-yarnrc.ts']);
    assert.deepEqual(
      importers(
        /\/read-(?:bunfig|compose|dependabot|fallback-yarnrc|gitlab|osv-scanner|pipelines|pnpm-workspace|workflow|yarnrc)\.ts$/,
      ),
      [
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
        'config-readers.ts',
      ],
    );
    assert.deepEqual(importers(/\/core\/read\/config-readers\.ts$/), ['config-readers.ts']);
  });

  test('the calculator of CVSS is behind one module, which only what builds databases loads', () => {
    const imports = globSync('server/src/**/*.ts', { cwd: ROOT }).flatMap(importsOf);
    const importers = (target: RegExp) =>
      imports.filter(({ specifier }) => target.test(specifier)).map(({ file }) => file);
    assert.deepEqual(importers(/^ae-cvss-calculator$/), ['server/src/core/know/advisory/osv/cvss-score.ts']);
    const folders = importers(/\/cvss-score\.ts$/).map((file) => path.posix.dirname(file));
    assert.deepEqual([...new Set(folders)], ['server/src/node/database']);
  });

  test('the reader of zips and all that builds databases are behind modules that are loaded where they are needed', () => {
    const imports = globSync('server/src/**/*.ts', { cwd: ROOT }).flatMap(importsOf);
    const importers = (target: RegExp) =>
      imports.filter(({ specifier }) => target.test(specifier)).map(({ file }) => file);
    assert.deepEqual(importers(/^yauzl$/).sort(), [
      'server/src/node/database/chunk-reader.ts',
      'server/src/node/database/zip-texts.ts',
      'server/src/node/installed/archives/zip-cache.ts',
    ]);
    const comparers = importers(/\/compare-installs\.ts$/);
    assert.deepEqual(comparers, ['server/src/node/cli/check/check-directory.ts']);
    assert.deepEqual(
      importers(/\/(?:build-from|update-database|zip-texts)\.ts$/).filter(
        (file) => !file.includes('/database/'),
      ),
      [],
    );
    const loaders = importers(/\/database\.ts$/).filter((file) => file.startsWith('server/src/node/'));
    assert.deepEqual([...new Set(loaders)].sort(), [
      'server/src/node/cli/db.ts',
      'server/src/node/database/worker.ts',
    ]);
  });

  test("Sigstore's libraries are behind one module, which is loaded by the first bundle", () => {
    const imports = globSync('server/src/**/*.ts', { cwd: ROOT }).flatMap(importsOf);
    const importers = (target: RegExp) =>
      imports.filter(({ specifier }) => target.test(specifier)).map(({ file }) => path.posix.dirname(file));
    assert.deepEqual([...new Set(importers(/^(?:@sigstore\/|tuf-js)/))], ['server/src/node/sigstore']);
    const loaders = imports.filter(({ specifier }) => specifier.includes('/sigstore/'));
    assert.deepEqual(
      loaders.map(({ file, specifier }) => `${file} ${specifier}`),
      ['server/src/node/proofs.ts ./sigstore/sigstore.ts'],
    );
  });

  test("only explain looks at rules' documentation, as the server's bundle has none", () => {
    const looks = /\.docs\b|[{,]\s*docs\s*[,}:]/;
    const readers = globSync('server/src/**/*.ts', { cwd: ROOT, exclude: ['server/src/core/judge/rules'] })
      .filter((file) => looks.test(readFileSync(path.join(ROOT, file), 'utf8')))
      .map((file) => file.replaceAll('\\', '/'));
    assert.deepEqual(readers, ['server/src/core/show/report/explain/explain.ts']);
    const importers = globSync('server/src/**/*.ts', { cwd: ROOT })
      .flatMap(importsOf)
      .filter(
        ({ file, specifier }) =>
          /\/(?:explain|explained-rule)\.ts$/.test(specifier) && !file.endsWith('/cli/command-line.ts'),
      )
      .map(({ file, specifier }) => `${file} ${specifier}`);
    assert.deepEqual(importers.sort(), [
      'server/src/core/show/report/check/formats/sarif.ts ../../explain/explain.ts',
      'server/src/core/show/report/explain/explained-rule.ts ./explain.ts',
      'server/src/lsp/handlers/answer-assistant.ts ../../core/show/report/explain/explained-rule.ts',
      'server/src/node/cli/check/write-report.ts ../../../core/show/report/explain/explained-rule.ts',
      'server/src/node/cli/explain.ts ../../core/show/report/explain/explained-rule.ts',
      'server/src/node/cli/mcp/answer-questions.ts ../../../core/show/report/explain/explained-rule.ts',
    ]);
  });

  test('core reads no clock, no environment and no randomness', () => {
    const forbidden =
      /\b(?:Date\.now|new Date\(\)|Math\.random|process\.|setTimeout|setInterval|globalThis|fetch\()/;
    const guilty = globSync('server/src/core/**/*.ts', { cwd: ROOT }).filter((file) =>
      forbidden.test(withoutTexts(readFileSync(path.join(ROOT, file), 'utf8'))),
    );
    assert.deepEqual(guilty, []);
  });
});

/** Returns a file without comments, texts and patterns: the names in these are of the code that is read. */
function withoutTexts(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|(?<=[=(,:?&|!]\s*)\/(?:[^/\\\n]|\\.)+\/[a-z]*/g, '0')
    .replace(/`[^`]*`/g, '0');
}

function isAllowed(found: Import, layer: string, allowed: (typeof LAYERS)[string]): boolean {
  const { specifier, file } = found;
  if (specifier.startsWith('.')) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
    if (layer === 'client/src' && CLIENT_MAY_IMPORT.includes(target)) return true;
    return [layer, ...allowed.layers].some((folder) => target.startsWith(`${folder}/`));
  }
  if (specifier.startsWith('node:')) return allowed.node;
  return allowed.packages.includes(specifier);
}
