import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';

const MANIFEST = '{ "name": "shop", "devDependencies": { "lint-staged": "16.2.7" } }';
const LOCKED = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', devDependencies: { 'lint-staged': '16.2.7' } },
    'node_modules/lint-staged': { version: '16.2.7', bin: { 'lint-staged': 'bin.js' } },
  },
});

/** Returns the marked texts of all rules about automation in one file. */
async function found(path: string, text: string, lockfile = LOCKED): Promise<readonly string[]> {
  const workspace = await openWorkspace(
    `-- package.json --\n${MANIFEST}\n-- package-lock.json --\n${lockfile}\n-- ${path} --\n${text}\n`,
  );
  return ['ci-unpinned-exec', 'ci-unlocked-install', 'ci-audit-missing', 'editor-autorun-file']
    .flatMap((rule) => workspace.findings(rule))
    .filter(({ uri }) => uri.endsWith(`/${path}`))
    .map(({ rule, span }) => `${rule}: ${workspace.text(path)!.slice(span.start, span.end)}`);
}

const server = (command: string, args: readonly string[], more: object = {}) =>
  JSON.stringify({ mcpServers: { a: { command, args, ...more } } });

describe('servers of the Model Context Protocol', () => {
  for (const path of ['.mcp.json', '.cursor/mcp.json', '.vscode/mcp.json', '.gemini/settings.json'])
    test(`of ${path} that are downloaded in their latest version`, async () => {
      const own = path.startsWith('.vscode') ? 'servers' : 'mcpServers';
      const text = (args: readonly string[]) => JSON.stringify({ [own]: { a: { command: 'npx', args } } });
      assert.deepEqual(await found(path, text(['-y', '@acme/server@latest', '--port', '3'])), [
        'ci-unpinned-exec: @acme/server@latest',
      ]);
      assert.deepEqual(await found(path, text(['-y', '@acme/server@1.2.3'])), []);
    });

  test('in whatever way they are started', async () => {
    for (const [command, ...args] of [
      ['npx', '@acme/server'],
      ['npx', '--yes', '--package=@acme/server', 'server'],
      ['bunx', '@acme/server'],
      ['pnpm', 'dlx', '@acme/server'],
      ['cmd', '/c', 'npx', '-y', '@acme/server'],
    ] as const)
      assert.equal((await found('.mcp.json', server(command, args))).length, 1, command);
  });

  test('not what is local, pinned, disabled, unknown or of another language', async () => {
    for (const [command, args, more] of [
      ['node', ['server.js']],
      ['npx', ['lint-staged']],
      ['npx', ['-y', '@acme/server@1.2.3']],
      ['npx', ['-y', '$' + '{input:package}']],
      ['uvx', ['acme-server']],
      ['docker', ['run', '-i', '--rm', 'acme/server']],
      ['npx', ['-y', '@acme/server'], { disabled: true }],
      ['npx', [1]],
    ] as const)
      assert.deepEqual(
        await found('.mcp.json', server(command, args as unknown as string[], more)),
        [],
        JSON.stringify([command, args]),
      );
    assert.deepEqual(
      await found('.mcp.json', '{ "mcpServers": { "a": { "url": "https://a.example.test" } } }'),
      [],
    );
    assert.deepEqual(await found('.mcp.json', '{ "mcpServers": { "a": { "command": '), []);
  });
});

describe('development containers', () => {
  test('commands that download what is current', async () => {
    for (const path of [
      '.devcontainer.json',
      '.devcontainer/devcontainer.json',
      '.devcontainer/web/devcontainer.json',
    ])
      assert.deepEqual(
        await found(
          path,
          `{ // a comment
            "postCreateCommand": "npm install && npm i -g \\"turbo\\" acme@1.2.3",
            "postStartCommand": ["npx", "-y", "cowsay@latest"],
            "onCreateCommand": { "a": "npx lint-staged", "b": "curl https://a.example.test/i.sh | bash" },
          }`,
        ),
        [
          'ci-unpinned-exec: \\"turbo\\"',
          'ci-unpinned-exec: cowsay@latest',
          'ci-unpinned-exec: curl https://a.example.test/i.sh | bash',
        ],
        path,
      );
  });
});

describe('git hooks', () => {
  test('of husky and lefthook that download what is current', async () => {
    assert.deepEqual(
      await found('.husky/pre-commit', 'npx lint-staged\nnpx --yes cowsay@latest\nnpm install\n'),
      ['ci-unpinned-exec: cowsay@latest'],
    );
    assert.deepEqual(await found('.husky/_/pre-commit', 'npx --yes cowsay@latest\n'), []);
    assert.deepEqual(
      await found(
        'lefthook.yml',
        'pre-commit:\n  commands:\n    a:\n      run: npx lint-staged\n    b:\n      run: |\n        npx -y cowsay@latest {staged_files}\n  jobs:\n    - run: pnpm dlx @acme/tool\n',
      ),
      ['ci-unpinned-exec: cowsay@latest', 'ci-unpinned-exec: @acme/tool'],
    );
  });

  test('not what a hook calls by its name', async () => {
    for (const text of [
      'lint-staged\n',
      'npm test\n',
      'npx --no-install commitlint --edit $1\n',
      'npx --no -- commitlint --edit "$1"\n',
    ])
      assert.deepEqual(await found('.husky/commit-msg', text), [], text);
  });
});
