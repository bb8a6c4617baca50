import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diffLockfiles, emptyGraph } from '../../../../server/src/core/read/graph/diff/lockfile-diff.ts';
import { classicOf, npmOf, pnpmOf } from '../lockfile/one-entry.ts';
import { describeDiff, wordsOf } from './describe-diff.ts';
import { graphOf, npmLock } from './graph-of.ts';

const HASH = `sha512-${'A'.repeat(86)}==`;
const SHA384 = `sha384-${'B'.repeat(64)}`;
const REGISTRY = 'https://pkgs.example.test/acme/npm/';

function entry(name: string, version: string, base = REGISTRY): object {
  return {
    version,
    resolved: `${base}${name}/-/${name.replace(/^@.*\//, '')}-${version}.tgz`,
    integrity: HASH,
  };
}

function lock(packages: Readonly<Record<string, object>>): object {
  const entries = Object.entries(packages).map(([name, value]) => [`node_modules/${name}`, value]);
  return npmLock({ '': { name: 'shop' }, ...Object.fromEntries(entries) });
}

describe('where packages come from', () => {
  type Packages = Readonly<Record<string, object>>;
  const npm = (before: Packages, after: Packages) =>
    describeDiff('package-lock.json', lock(before), lock(after));

  test('is shown of a new version or package from a place that is new', () => {
    const a = { a: entry('a', '1.0.0') };
    const evil = 'https://pkgs.example.test/evil/npm/';
    assert.deepEqual(npm(a, { a: entry('a', '1.0.1') }), ['~ a 1.0.0 -> 1.0.1']);
    assert.deepEqual(npm(a, { a: entry('a', '1.0.1', evil) }), [
      `~ a 1.0.0 -> 1.0.1 from ${REGISTRY} to ${evil}`,
    ]);
    assert.deepEqual(npm(a, { ...a, b: entry('b', '1.0.0') }), ['+ b 1.0.0']);
    assert.deepEqual(npm(a, { ...a, b: entry('b', '1.0.0', evil) }), [`+ b 1.0.0 from ${evil}`]);
    // From a source that the base knows, but not for this package.
    assert.deepEqual(
      npm(
        { ...a, b: entry('b', '1.0.0', evil) },
        { a: entry('a', '1.0.1', evil), b: entry('b', '1.0.0', evil) },
      ),
      [`~ a 1.0.0 -> 1.0.1 from ${REGISTRY} to ${evil}`],
    );
    const release = (version: string, owner = 'o') => ({
      a: { version, resolved: `https://files.example.test/${owner}/v${version}/a-${version}.zip` },
    });
    assert.deepEqual(npm(release('1.0.0'), release('1.0.1')), ['~ a 1.0.0 -> 1.0.1']);
    assert.equal(npm(release('1.0.0'), release('1.0.1', 'evil')).length, 1);
    assert.match(npm(release('1.0.0'), release('1.0.1', 'evil'))[0]!, /from .*\/o\/.* to .*\/evil\//);
  });

  test('is what its URL says, where that is another package or version', () => {
    const a = { a: entry('a', '1.0.0') };
    const other = { ...entry('evil', '1.0.1'), version: '1.0.1' };
    assert.deepEqual(npm(a, { ...a, b: other }), ['+ b 1.0.1 downloads evil@1.0.1']);
    assert.deepEqual(npm(a, { ...a, b: { ...entry('b', '3.3.6'), version: '3.3.5' } }), [
      '+ b 3.3.5 downloads b@3.3.6',
    ]);
  });

  test('is shown of a new lockfile, most of it at once', () => {
    const after = graphOf(
      'package-lock.json',
      lock({
        a: entry('a', '1.0.0'),
        b: entry('b', '1.0.0'),
        c: entry('c', '1.0.0', 'https://evil.example.test/'),
      }),
    );
    const diff = diffLockfiles(emptyGraph(after), after);
    assert.deepEqual(wordsOf(diff), ['+ a 1.0.0', '+ b 1.0.0', '+ c 1.0.0 from https://evil.example.test/']);
    assert.equal(diff.mainOrigin, REGISTRY);
    assert.deepEqual(wordsOf(diffLockfiles(after, emptyGraph(after))), [
      '- a 1.0.0',
      '- b 1.0.0',
      '- c 1.0.0',
    ]);
  });

  test('is shown of another format, where most packages come from elsewhere', () => {
    const packages = (base: string) =>
      graphOf(
        'package-lock.json',
        lock({ a: entry('a', '1.0.0', base), b: entry('b', '1.0.0'), c: entry('c', '1.0.0') }),
      );
    const pnpm = graphOf('pnpm-lock.yaml', pnpmOf(`{integrity: ${HASH}}`));
    const evil = 'https://evil.example.test/';
    assert.deepEqual(wordsOf(diffLockfiles(pnpm, packages(REGISTRY))), ['+ b 1.0.0', '+ c 1.0.0']);
    assert.deepEqual(wordsOf(diffLockfiles(pnpm, packages(evil))), [
      '+ b 1.0.0',
      '+ c 1.0.0',
      `! a 1.0.0 source undefined -> ${evil}a/-/a-1.0.0.tgz`,
    ]);
  });
});

describe('two formats', () => {
  const diff = (before: readonly [string, string], after: readonly [string, string]) =>
    wordsOf(diffLockfiles(graphOf(...before), graphOf(...after)));
  const npm = (integrity: string) =>
    ['package-lock.json', npmOf({ resolved: `${REGISTRY}a/-/a-1.0.0.tgz`, integrity })] as const;
  const pnpm = (integrity: string) => ['pnpm-lock.yaml', pnpmOf(`{integrity: ${integrity}}`)] as const;
  const classic = (...lines: readonly string[]) => ['yarn.lock', classicOf(lines)] as const;

  test('have the same hash, or one that cannot be compared', () => {
    assert.deepEqual(diff(npm(HASH), pnpm(HASH)), []);
    assert.deepEqual(diff(pnpm(HASH), npm(HASH)), []);
    assert.deepEqual(diff(pnpm(HASH), npm(SHA384)), [`! a 1.0.0 integrity (weaker) ${HASH} -> ${SHA384}`]);
    assert.deepEqual(diff(pnpm(HASH), classic(`integrity ${HASH}`)), []);
  });

  test('have the addresses that both write', () => {
    const resolved = (host: string) =>
      `resolved "https://${host}/acme/npm/a/-/a-1.0.0.tgz#${'1'.repeat(40)}"`;
    assert.deepEqual(diff(npm(HASH), classic(resolved('pkgs.example.test'), `integrity ${HASH}`)), []);
    const [moved] = diff(npm(HASH), classic(resolved('evil.example.test'), `integrity ${HASH}`));
    assert.match(moved!, /^! a 1\.0\.0 source .* -> https:\/\/evil\.example\.test\//);
  });

  test('of one file name are named', () => {
    const berry = [
      'yarn.lock',
      '__metadata:\n  version: 8\n  cacheKey: 10c0\n\n"a@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  languageName: node\n  linkType: hard\n',
    ] as const;
    assert.deepEqual(diff(classic(), berry), ['* format yarn-classic -> yarn-berry']);
  });
});

describe('an entry of Yarn for several names', () => {
  test('shows that one of them is another package now', () => {
    const of = (keys: readonly [string, string]) =>
      `# yarn lockfile v1\n\n\n${keys[0]}:\n  version "1.0.0"\n\n${keys[1]}:\n  version "2.0.0"\n`;
    assert.deepEqual(
      describeDiff(
        'yarn.lock',
        of(['a@^1.0.0, a@~1.0.0', 'b@^2.0.0']),
        of(['a@^1.0.0', 'b@^2.0.0, a@~1.0.0']),
      ),
      ['! a alias a -> a, b'],
    );
  });
});

describe('a URL that the package manager would ask without it', () => {
  const PUBLIC = 'https://registry.example.test/';
  const MIRROR = 'https://mirror.example.test/npm/';
  const PRIVATE = 'https://private.example.test/';
  const without = (name: string, version: string) => ({
    ...entry(name, version),
    resolved: undefined,
  });
  const registryOf = (name: string) =>
    name.startsWith('@acme/')
      ? { url: PRIVATE.slice(0, -1), isOfScope: true }
      : { url: MIRROR, isOfScope: false };
  const options = { sameRegistries: [PUBLIC], registryOf };
  const diff = (before: object, after: object) =>
    describeDiff('package-lock.json', lock({ ...before }), lock({ ...after }), options);

  test('is the same as none', () => {
    for (const [name, base] of [
      ['a', PUBLIC],
      ['a', MIRROR],
      ['@s/a', PUBLIC],
      ['@acme/a', PRIVATE],
    ] as const) {
      const [written, none] = [{ [name]: entry(name, '1.0.0', base) }, { [name]: without(name, '1.0.0') }];
      assert.deepEqual(diff(written, none), [], `${name} of ${base} -> none`);
      assert.deepEqual(diff(none, written), [], `none -> ${name} of ${base}`);
      const next = { [name]: entry(name, '1.0.1', base), b: entry('b', '1.0.0', MIRROR) };
      assert.deepEqual(diff(none, next), ['+ b 1.0.0', `~ ${name} 1.0.0 -> 1.0.1`]);
      assert.deepEqual(diff(written, { [name]: without(name, '1.0.1') }), [`~ ${name} 1.0.0 -> 1.0.1`]);
    }
  });

  test('and no other: another host, port, scheme, path, version, query or credential', () => {
    const file = 'a/-/a-1.0.0.tgz';
    for (const resolved of [
      `https://evil.example.test/${file}`,
      `https://registry.example.test:444/${file}`,
      `http://registry.example.test/${file}`,
      `${PUBLIC}b/-/a-1.0.0.tgz`,
      `${PUBLIC}evil/${file}`,
      `${PUBLIC}a/-/a-1.0.1.tgz`,
      `${PUBLIC}${file}?x`,
      `https://user@registry.example.test/${file}`,
      `${PRIVATE}${file}`,
    ]) {
      const [written, none] = [{ a: { ...entry('a', '1.0.0'), resolved } }, { a: without('a', '1.0.0') }];
      assert.deepEqual(diff(none, written), [`! a 1.0.0 source undefined -> ${resolved}`]);
      assert.deepEqual(diff(written, none), [`! a 1.0.0 source ${resolved} -> undefined`]);
    }
    // A scope has its own registry, which is used without a URL.
    const scoped = entry('@acme/a', '1.0.0', PUBLIC);
    assert.equal(diff({ '@acme/a': scoped }, { '@acme/a': without('@acme/a', '1.0.0') }).length, 1);
    // Two written hosts differ, even if one is configured.
    const moved = diff({ a: entry('a', '1.0.0', PUBLIC) }, { a: entry('a', '1.0.0', MIRROR) });
    assert.deepEqual(moved, [`! a 1.0.0 source ${PUBLIC}${file} -> ${MIRROR}${file}`]);
  });

  test('is what a reader sees of a move, not that it is configured', () => {
    const [before, after] = [PUBLIC, MIRROR].map((base) => lock({ a: entry('a', '1.0.0', base) }));
    const [one, two] = [before!, after!].map((text) => graphOf('package-lock.json', text));
    const { altered } = diffLockfiles(one!, two!, { sameRegistries: [PUBLIC] });
    assert.deepEqual(altered[0]?.origins, { before: PUBLIC, after: MIRROR });
    const next = lock({ a: entry('a', '1.0.1', MIRROR) });
    assert.deepEqual(describeDiff('package-lock.json', before!, next, { sameRegistries: [PUBLIC] }), [
      `~ a 1.0.0 -> 1.0.1 from ${PUBLIC} to ${MIRROR}`,
    ]);
  });
});
