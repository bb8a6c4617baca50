import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { conflictBlocks } from '../../../../server/src/core/read/text/lines/conflict-markers.ts';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-corrupt';
const MANIFEST = '-- package.json --\n{ "name": "shop" }\n';
const lock = (name: string, text: string) => `${MANIFEST}-- ${name} --\n${text}`;
const npm = (packages: string, more = '') =>
  lock(
    'package-lock.json',
    `{
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop" }${packages}
  }${more}
}
`,
  );

/** Returns the marked tokens with their kinds. */
async function found(workspace: string): Promise<readonly string[]> {
  const opened = await openWorkspace(workspace);
  return opened.findings(RULE).map(({ uri, span, severity, data }) => {
    assert.equal(severity, 'error');
    return `${(data as { kind: string }).kind} ${opened.text(uri.slice(18))!.slice(span.start, span.end)}`;
  });
}

describe('merge conflicts', () => {
  const conflicted = (above: string, ours: string, theirs: string, below: string) =>
    `${above}<<<<<<< HEAD\n${ours}||||||| 0123456\n=======\n${theirs}>>>>>>> feature\n${below}`;
  const files = {
    'package-lock.json': conflicted(
      '{\n  "lockfileVersion": 3,\n  "packages": {\n    "": {}',
      ',\n    "node_modules/a": { "version": "1.0.0" }\n',
      ',\n    "node_modules/a": { "version": "1.1.0" }\n',
      '  }\n}\n',
    ).replace('<<<<', '\n<<<<'),
    'npm-shrinkwrap.json': conflicted('{\n  "lockfileVersion": 1,\n', '  "a": 1,\n', '  "a": 2,\n', '}\n'),
    'yarn.lock': conflicted(
      '# yarn lockfile v1\n\n\n',
      'a@^1.0.0:\n  version "1.0.0"\n',
      'a@^1.0.0:\n  version "1.1.0"\n',
      '',
    ),
    'pnpm-lock.yaml': conflicted(
      "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a:\n        specifier: ^1.0.0\n",
      '        version: 1.0.0\n',
      '        version: 1.1.0\n',
      '',
    ),
    'bun.lock': conflicted(
      '{\n  "lockfileVersion": 1,\n  "workspaces": { "": {} },\n  "packages": {\n',
      '    "a": ["a@1.0.0", "", {}, ""],\n',
      '    "a": ["a@1.1.0", "", {}, ""],\n',
      '  }\n}\n',
    ),
  };
  for (const [name, text] of Object.entries(files)) {
    test(`in ${name}: the first marker, with the others beside it`, async () => {
      const opened = await openWorkspace(lock(name, text));
      const findings = opened.findings(RULE);
      const marked = (at: { start: number; end: number }) => opened.text(name)!.slice(at.start, at.end);
      assert.deepEqual(
        findings.map(({ span }) => marked(span)),
        ['<<<<<<< HEAD'],
      );
      assert.deepEqual(
        findings[0]?.related.map(({ span, message }) => `${marked(span)}: ${message}`),
        [
          '||||||| 0123456: What both sides come from begins here.',
          '=======: The other side begins here.',
          '>>>>>>> feature: The conflict ends here.',
        ],
      );
    });
  }

  test('in a yarn.lock of Yarn 4, and the commands that resolve them', async () => {
    const berry = conflicted(
      '__metadata:\n  version: 8\n\n',
      '"a@npm:^1":\n  version: 1.0.0\n',
      '"a@npm:^1":\n  version: 1.1.0\n',
      '  resolution: "a@npm:1.0.0"\n  linkType: hard\n',
    );
    const commands = async (name: string, text: string, manager: string) => {
      const source = `-- package.json --\n{ "packageManager": "${manager}" }\n-- ${name} --\n${text}`;
      const [finding] = (await openWorkspace(source, { base: '{}' })).findings(RULE);
      return finding?.fixes().map(({ command }) => command);
    };
    const yarn4 = ['yarn install --mode=update-lockfile'];
    assert.deepEqual(await commands('yarn.lock', berry, 'yarn@4.18.1'), yarn4);
    const yarn1 = files['yarn.lock'];
    assert.deepEqual(await commands('yarn.lock', yarn1, 'yarn@1.22.22'), [
      'git restore --source=HEAD yarn.lock',
    ]);
    assert.deepEqual(await commands('package-lock.json', files['package-lock.json'], 'npm@11.21.0'), [
      'npm install --package-lock-only --ignore-scripts',
    ]);
    assert.deepEqual(await commands('pnpm-lock.yaml', files['pnpm-lock.yaml'], 'pnpm@12.21.0'), [
      'pnpm install --lockfile-only --ignore-scripts',
    ]);
    assert.deepEqual(await commands('bun.lock', files['bun.lock'], 'bun@1.4.5'), [
      'git restore --source=HEAD bun.lock',
    ]);
  });

  test('each block is one finding, with CRLF as well', async () => {
    const block = '<<<<<<< a\n=======\n>>>>>>> b\n';
    const text = `# yarn lockfile v1\n\n\n${block}\n${block}`;
    assert.equal((await found(lock('yarn.lock', text))).length, 2);
    const [first] = (await openWorkspace(`${MANIFEST}-- yarn.lock crlf --\n${text}`)).findings(RULE);
    assert.equal(first!.span.end - first!.span.start, '<<<<<<< a'.length);
  });

  test('halves of blocks, and what is no marker', () => {
    const of = (text: string) => conflictBlocks(text).map(({ markers }) => markers.length);
    assert.deepEqual(of('a\n=======\nb\n>>>>>>> c'), [2]);
    assert.deepEqual(of('<<<<<<< a\n=======\n<<<<<<< b\n>>>>>>> c\n>>>>>>> d'), [2, 2, 1]);
    assert.deepEqual(of('<<<<<<<'), [1]);
    assert.deepEqual(of(' <<<<<<< a\n"=======": 1\n========\n<<<<<<a\n>>>>>>>>\n<<<<<<<<'), []);
  });

  test('so many blocks that nobody mends them one by one', async () => {
    const text = `# yarn lockfile v1\n${'<<<<<<< a\n>>>>>>> b\n'.repeat(5000)}`;
    assert.equal((await found(lock('yarn.lock', text))).length, 20);
  });
});

describe('broken syntax', () => {
  test('where it breaks, and how', () =>
    expectMarks(
      npm(
        `,
    "node_modules/a": { "version": "1.0.0" "dev": true }
                                           ^^^^^ ${RULE}: package-lock.json is damaged here: a comma is missing. Restore the file, or let npm write it again.`,
      ),
    ));

  test('a comment in a file that npm reads as JSON', async () => {
    assert.deepEqual(await found(npm(', // why\n    "node_modules/a": { "version": "1.0.0" }')), [
      'syntax // why',
    ]);
  });

  test('a key that appears twice', async () => {
    const entry = '"node_modules/a": { "version": "1.0.0" }';
    assert.deepEqual(await found(npm(`,\n    ${entry},\n    ${entry}`)), ['syntax "node_modules/a"']);
    const yarn =
      'a@^1.0.0:\n  version "1.0.0"\n  resolved "https://registry.public.example.test/a/-/a-1.0.0.tgz#a"\n';
    assert.equal((await found(lock('yarn.lock', `# yarn lockfile v1\n\n\n${yarn}\n${yarn}`))).length, 1);
    const pnpm = (packages: string) =>
      lock('pnpm-lock.yaml', `lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\npackages:\n${packages}`);
    const twice = '\n  a@1.0.0:\n    resolution: {integrity: sha512-AA==}\n';
    assert.ok((await found(pnpm(twice + twice))).length >= 1);
    const bun = (packages: string) =>
      lock('bun.lock', `{ "lockfileVersion": 1, "workspaces": { "": {} }, "packages": { ${packages} } }\n`);
    const tuple = '"a": ["a@1.0.0", "", {}, "sha512-AA=="]';
    assert.deepEqual(await found(bun(`${tuple}, ${tuple}`)), ['syntax "a"']);
    assert.deepEqual(await found(bun(`${tuple},`)), []);
  });

  test('a file that ends in the middle', async () => {
    for (const [name, text] of [
      ['package-lock.json', '{ "lockfileVersion": 3, "packages": { "": {'],
      ['package-lock.json', ''],
      ['yarn.lock', '# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.0.0'],
      ['pnpm-lock.yaml', "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      a: {"],
      ['bun.lock', '{ "lockfileVersion": 1, "workspaces": {'],
    ] as const) {
      assert.ok((await found(lock(name, text))).length > 0, `${name}: ${text}`);
    }
  });

  test('at most twenty places of a file', async () => {
    const broken = ',\n    "node_modules/a": 1'.repeat(100);
    assert.equal((await found(npm(broken))).length, 20);
  });

  test('the file can be restored where git has another text of it', async () => {
    const commands = async (base?: string) => {
      const [finding] = (await openWorkspace(npm(','), { base })).findings(RULE);
      return finding?.fixes().map(({ command }) => command);
    };
    assert.deepEqual(await commands('{}'), ['git restore --source=HEAD package-lock.json']);
    assert.deepEqual(await commands(), []);
    const text = /-- package-lock\.json --\n([\s\S]*)$/.exec(npm(','))![1]!;
    assert.deepEqual(await commands(text), []);
  });
});

describe('keys that no package manager writes', () => {
  test('paths that leave node_modules', async () => {
    const entry = '{ "version": "1.0.0" }';
    for (const key of [
      'node_modules/../../etc/a',
      'node_modules/a/../../../b',
      'packages/../../a',
      '../a/../../b',
      '/etc/node_modules/a',
      'C:/node_modules/a',
      'node_modules/..\\\\..\\\\a',
    ]) {
      const kinds = (await found(npm(`,\n    "${key}": ${entry}`))).map((line) => line.split(' ')[0]);
      assert.deepEqual(kinds, ['path'], key);
    }
    const [finding] = (await openWorkspace(npm(`,\n    "node_modules/../a": ${entry}`))).findings(RULE);
    assert.equal(
      finding?.message,
      'The key "node_modules/../a" leads out of node_modules, so an install can overwrite other files. Restore the entry from git and find out who changed it.',
    );
  });

  test('in version 1 of the file', async () => {
    const v1 = (key: string) =>
      lock(
        'package-lock.json',
        `{ "lockfileVersion": 1, "dependencies": { "${key}": { "version": "1.0.0" } } }\n`,
      );
    assert.deepEqual(await found(v1('../../a')), ['path "../../a"']);
    assert.deepEqual(await found(v1('.a')), ['name ".a"']);
    assert.deepEqual(await found(v1('@a/b')), []);
  });

  test('names that no package can have', () =>
    expectMarks(
      npm(`,
    "node_modules/.bin": { "version": "1.0.0" },
    ^^^^^^^^^^^^^^^^^^^ ${RULE}: No package can have the name ".bin", as it starts with a dot. Restore the entry from git and find out who changed it.
    "node_modules/a b": { "version": "1.0.0" },
    ^^^^^^^^^^^^^^^^^^ ${RULE}
    "node_modules/alias": { "name": "_real", "version": "1.0.0" }
    ^^^^^^^^^^^^^^^^^^^^ ${RULE}`),
    ));

  test('in the other lockfiles', async () => {
    const yarn = (key: string) =>
      lock(
        'yarn.lock',
        `# yarn lockfile v1\n\n\n"${key}":\n  version "1.0.0"\n  resolved "https://registry.public.example.test/a/-/a-1.0.0.tgz#aa"\n  integrity sha512-AA==\n`,
      );
    assert.deepEqual(await found(yarn('../../a@^1.0.0')), ['path "../../a@^1.0.0"']);
    assert.deepEqual(await found(yarn('a@^1.0.0')), []);
    const bun = (key: string) =>
      lock(
        'bun.lock',
        `{ "lockfileVersion": 1, "workspaces": { "": {} }, "packages": { "${key}": ["a@1.0.0", "", {}, "sha512-AA=="] } }\n`,
      );
    assert.deepEqual(await found(bun('..')), ['path ".."']);
    assert.deepEqual(await found(bun('a')), []);
  });

  const pnpm = (name: string, inPackage: string) =>
    lock(
      'pnpm-lock.yaml',
      `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      ${name}:
        specifier: npm:a@1.0.0
        version: a@1.0.0

  ../other:
    dependencies:
      b:
        specifier: link:../../b
        version: link:../../b

packages:

  a@1.0.0:
    resolution: {integrity: sha512-AA==}

snapshots:

  a@1.0.0:
    dependencies:
      ${inPackage}: a@1.0.0
`,
    );

  test('folders that pnpm takes from the dependents', async () => {
    assert.deepEqual(await found(pnpm('a', 'c')), []);
    assert.deepEqual(await found(pnpm('../../a', 'c')), ['path ../../a']);
    assert.deepEqual(await found(pnpm("'@a/../../../a'", 'c')), ["path '@a/../../../a'"]);
    assert.deepEqual(await found(pnpm('a', '../../.bashrc')), ['path ../../.bashrc']);
  });

  test('__proto__', async () => {
    assert.deepEqual(await found(npm('', ',\n  "__proto__" : {}')), ['prototype "__proto__"']);
    assert.deepEqual(await found(npm(',\n    "node_modules/__proto__": { "version": "1.0.0" }')), [
      'name "node_modules/__proto__"',
    ]);
    assert.deepEqual(await found(pnpm('__proto__', 'c')), ['prototype __proto__']);
    assert.deepEqual(
      await found(npm(',\n    "node_modules/a": { "version": "1.0.0", "license": "__proto__" }')),
      [],
    );
  });
});

test('silent for links, members, folders beside the project, and old names', async () => {
  assert.deepEqual(
    await found(
      npm(`,
    "packages/a": { "name": "a" },
    "../beside": { "name": "beside" },
    "../../further/node_modules/x": { "version": "1.0.0" },
    "node_modules/a": { "resolved": "packages/a", "link": true },
    "node_modules/beside": { "resolved": "../beside", "link": true },
    "node_modules/JSONStream": { "version": "1.3.5" },
    "node_modules/a..b": { "version": "1.0.0" },
    "node_modules/constructor": { "version": "1.0.0" }`),
    ),
    [],
  );
});

test('a lockfile of a version that is not read is no corrupt one', async () => {
  assert.deepEqual(await found(lock('pnpm-lock.yaml', "lockfileVersion: '99.0'\n")), []);
  assert.deepEqual(await found(lock('bun.lockb', '#!/usr/bin/env bun\n')), []);
});

test('hostile texts cost no more than their length', async () => {
  const size = 300_000;
  for (const text of [
    ' '.repeat(size),
    '__proto__'.repeat(size / 9),
    `      ${'..'.repeat(size / 2)}`,
    '<'.repeat(size),
  ])
    assert.ok((await found(lock('pnpm-lock.yaml', `lockfileVersion: '9.0'\n${text}\n`))).length <= 40);
});
