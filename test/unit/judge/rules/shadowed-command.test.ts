import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openFiles } from '../../../workspace.ts';

const HASH = `sha512-${'A'.repeat(86)}==`;
const MANIFEST = '{ "name": "shop", "dependencies": { "tool": "^1.0.0" } }\n';

const npm = (bin: string, name = 'tool') => `{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "${name}": "^1.0.0" }, "bin": { "npm": "own.js" } },
    "node_modules/${name}": { "version": "1.0.0", "integrity": "${HASH}", ${bin}, "engines": { "node": ">=20", "npm": ">=10" } }
  }
}
`;
const bun = (bin: string, name = 'tool') => `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "${name}": "^1.0.0" } } },
  "packages": {
    "${name}": ["${name}@1.0.0", "", { ${bin} }, "${HASH}"],
  }
}
`;
const berry = (lines: string, name = 'tool') => `__metadata:
  version: 8
  cacheKey: 10c0

"${name}@npm:^1.0.0":
  version: 1.0.0
  resolution: "${name}@npm:1.0.0"
  bin:
${lines}
  checksum: 10c0/${'a'.repeat(128)}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    ${name}: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;

async function found(file: string, text: string) {
  const workspace = await openFiles(
    new Map([
      ['package.json', MANIFEST],
      [file, text],
    ]),
  );
  return workspace.findings('shadowed-command').map(({ span }) => text.slice(span.start, span.end));
}

const JSON_CASES: readonly (readonly [bin: string, tokens: readonly string[], name?: string])[] = [
  ['"bin": { "tool": "i.js", "node": "i.js", "npm": "i.js" }', ['"node"', '"npm"']],
  ['"bin": { "x": "a}\\"b", "git": "i.js" }', ['"git"']],
  ['"bin": { "n\\u006fde": "i.js" }', ['"n\\u006fde"']],
  ['"b\\u0069n": { "node": "i.js" }', ['"node"']],
  [
    '"bin": { "../NODE": "i.js", "a\\\\sh": "i.js", "npx.cmd": "i.js" }',
    ['"../NODE"', '"a\\\\sh"', '"npx.cmd"'],
  ],
  ['"bin": "i.js"', ['"i.js"'], '@evil/curl'],
  ['"bin": { "tool": "i.js", "nodemon": "i.js" }', []],
  ['"bin": { "npm": "i.js", "npx": "i.js" }', [], 'npm'],
  ['"bin": { "yarn": "i.js", "pnpm": "i.js" }', [], 'corepack'],
];

for (const [file, write] of [
  ['package-lock.json', npm],
  ['bun.lock', bun],
] as const) {
  describe(file, () => {
    for (const [bin, tokens, name] of JSON_CASES) {
      test(`${name ?? ''} ${bin}`, async () => assert.deepEqual(await found(file, write(bin, name)), tokens));
    }
  });
}

describe('yarn.lock', () => {
  const cases: readonly (readonly [lines: string, tokens: readonly string[], name?: string])[] = [
    ['    tool: i.js\n    node: i.js', ['node']],
    ['    "node": i.js\n    npm: i.js', ['"node"', 'npm']],
    ['    tool: i.js', []],
    ['    yarn: i.js', [], 'yarn'],
  ];
  for (const [lines, tokens, name] of cases) {
    test(`${name ?? ''} ${lines}`, async () =>
      assert.deepEqual(await found('yarn.lock', berry(lines, name)), tokens));
  }
});

test('says which program is meant', async () => {
  const text = npm('"bin": { "node": "i.js" }');
  const workspace = await openFiles(
    new Map([
      ['package.json', MANIFEST],
      ['package-lock.json', text],
    ]),
  );
  assert.deepEqual(
    workspace.findings('shadowed-command').map(({ message, severity }) => [severity, message]),
    [
      [
        'error',
        'tool 1.0.0 installs the command "node", which scripts run instead of that program. Restore the entry from git, or remove the package.',
      ],
    ],
  );
});
