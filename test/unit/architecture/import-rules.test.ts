import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseSync } from 'oxc-parser';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What each layer may import beside itself: layers by folder, packages by name, `node:` for the platform. */
const LAYERS: Record<
  string,
  { readonly layers: readonly string[]; readonly packages: readonly string[]; readonly node: boolean }
> = {
  'server/src/core': {
    layers: [],
    packages: ['jsonc-parser', 'semver', 'picomatch', 'ignore', 'yaml', 'toml-eslint-parser'],
    node: false,
  },
  'server/src/engine': { layers: ['server/src/core'], packages: ['picomatch', 'ignore'], node: false },
  'server/src/lsp': {
    layers: ['server/src/core', 'server/src/engine'],
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
    node: false,
  },
  'server/src/node': {
    layers: ['server/src/core', 'server/src/engine', 'server/src/lsp', 'server/generated'],
    packages: [
      'undici',
      'vscode-languageserver/node',
      '@sigstore/bundle',
      '@sigstore/protobuf-specs',
      '@sigstore/tuf/seeds.json',
      '@sigstore/verify',
      'tuf-js',
      'tuf-js/dist/error.js',
    ],
    node: true,
  },
  'client/src': { layers: [], packages: ['vscode', 'vscode-languageclient/node'], node: true },
};

/** The one thing that two processes share: the names and types of their own messages. */
const CLIENT_MAY_IMPORT = 'server/src/lsp/messages.ts';

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

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
        { file: 'server/src/core/a.ts', specifier: 'node:fs', typeOnly: true },
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
      'read-bunfig.ts',
      'read-pnpm-workspace.ts',
      'read-yarnrc.ts',
    ]);
    assert.deepEqual(importers(/\/read-(?:bunfig|pnpm-workspace|yarnrc)\.ts$/), [
      'config-readers.ts',
      'config-readers.ts',
      'config-readers.ts',
    ]);
    assert.deepEqual(importers(/\/core\/config\/config-readers\.ts$/), ['config-readers.ts']);
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

  test('core reads no clock, no environment and no randomness', () => {
    const forbidden =
      /\b(?:Date\.now|new Date\(\)|Math\.random|process\.|setTimeout|setInterval|globalThis|fetch\()/;
    const guilty = globSync('server/src/core/**/*.ts', { cwd: ROOT }).filter((file) =>
      forbidden.test(readFileSync(path.join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    assert.deepEqual(guilty, []);
  });
});

function isAllowed(found: Import, layer: string, allowed: (typeof LAYERS)[string]): boolean {
  const { specifier, file } = found;
  if (specifier.startsWith('.')) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
    if (layer === 'client/src' && target === CLIENT_MAY_IMPORT) return true;
    return [layer, ...allowed.layers].some((folder) => target.startsWith(`${folder}/`));
  }
  if (specifier.startsWith('node:')) return allowed.node;
  return allowed.packages.includes(specifier);
}

function importsOf(file: string): Import[] {
  return importsIn(file.split(path.sep).join('/'), readFileSync(path.join(ROOT, file), 'utf8'));
}

/** Static, dynamic and re-exporting imports, by a parser: a comment or a string is none. */
function importsIn(file: string, text: string): Import[] {
  const { module, errors } = parseSync(file, text);
  assert.deepEqual(errors, [], file);
  const fixed = [
    ...module.staticImports.map((item) => ({ at: item.start, specifier: item.moduleRequest.value })),
    ...module.staticExports.flatMap((item) =>
      item.entries
        .slice(0, 1)
        .flatMap((entry) =>
          entry.moduleRequest == null ? [] : [{ at: item.start, specifier: entry.moduleRequest.value }],
        ),
    ),
    ...module.dynamicImports.map((item) => ({
      at: item.start,
      specifier: text.slice(item.moduleRequest.start, item.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    })),
  ];
  return fixed.sort((a, b) => a.at - b.at).map(({ specifier }) => ({ file, specifier, typeOnly: false }));
}
