import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../server/src/core/judge/rules/index.ts';
import { NpmLockEntry } from '../../../server/src/core/read/lockfile/npm/npm-lock-entry.ts';
import { changeOf } from '../../../server/src/core/read/text/text-change.ts';
import { TEST_REGISTRY } from '../../workspace.ts';
import { randomSource } from '../read/text/random-source.ts';
import { type Harness, loadHarness, manifest } from './session-harness.ts';

const NAMES = [
  'zod',
  'native',
  'lodash',
  'react',
  'lodahs',
  'is-odd',
  '@acme/ui',
  'old',
  'tool',
  'helper',
  'lodash-es',
];
/** Nested copies, which rules compare with each other. */
const NESTED = [
  'lodash/node_modules/zod',
  'is-odd/node_modules/zod',
  'react/node_modules/native',
  'old/node_modules/lodahs',
];

function entryOf(key: string): object {
  const name = key.replace(/^.*node_modules\//, '');
  return {
    version: '3.0.0',
    resolved: `${TEST_REGISTRY}${name}/-/${name.replace(/^.*\//, '')}-3.0.0.tgz`,
    integrity: `sha512-${Buffer.alloc(64, name).toString('base64')}`,
    ...(name === 'native' ? { hasInstallScript: true } : {}),
    ...(name === 'tool' ? { bin: { npm: 'cli.js' } } : {}),
    ...(name === 'lodash-es' ? { name: 'unheard-of' } : {}),
    ...(name === 'old' ? { deprecated: 'No longer maintained.' } : {}),
    ...(name === 'lodash' ? { dependencies: { zod: '*', react: '*', lodahs: '*', old: '*' } } : {}),
    license: 'MIT',
  };
}

const LOCK = manifest({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { lodash: '*', native: '^1.0.0', '@acme/ui': '*', 'is-odd': '*' } },
    ...Object.fromEntries([...NAMES, ...NESTED].map((name) => [`node_modules/${name}`, entryOf(name)])),
  },
});

const MANIFEST = manifest({
  name: 'shop',
  dependencies: { lodash: '*', native: '^1.0.0', '@acme/ui': '*', 'is-odd': '*' },
});

const ADVISORIES = ['zod', 'react', 'is-odd'].map((name, at) => ({
  id: `GHSA-2222-2222-222${at + 2}`,
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.0.0' }] }],
    },
  ],
}));

const load = (lock: string) =>
  loadHarness({ 'package.json': MANIFEST, 'package-lock.json': lock }, { advisories: ADVISORIES });

function reported({ session, uri }: Harness): { readonly found: readonly { readonly rule: string }[] } {
  const snapshot = session.snapshot();
  const { findings, notChecked, provisional } = snapshot.diagnose(uri('package-lock.json'));
  const found = findings.map((finding) => ({ ...finding, made: snapshot.fixesOf(finding) }));
  return JSON.parse(JSON.stringify({ found, notChecked, provisional }));
}

/** Replaced texts and their replacements. */
const EDITS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /"resolved": "[^"]*"/g,
    [
      '"resolved": "http://a.example.test/x-1.0.0.tgz"',
      '"resolved": "git+ssh://git@a.example.test/b.git"',
      '"resolved": ""',
      '"link": true',
    ],
  ],
  [/https:\/\/registry/g, ['http://registry', 'https://registrx', 'https://\\u0072egistry']],
  [
    /"integrity": "[^"]*"/g,
    [
      '"integrity": "sha512-AAAA"',
      '"integrity": "sha1-AAAA"',
      '"integrity": ""',
      '"x": 1',
      ...['zod', 'react', 'react?a', 'zod sha1-AAAA'].map((name) => {
        const [word, rest = ''] = name.split(/(?=[? ])/);
        return `"integrity": "sha512-${Buffer.alloc(64, word).toString('base64')}${rest}"`;
      }),
    ],
  ],
  [/"npm": "cli.js"/g, ['"node": "cli.js"', '"other": "cli.js"', '"\\u006epm": "cli.js"']],
  [/"bin": \{/g, ['"bun": {', '"b\\u0069n": {']],
  [/"unheard-of"/g, ['"lodash-es"', '"lodahs"']],
  [/"name": "zod"/g, ['"name": "zo"', '"name": "expres"']],
  [/(?<=registry[^"]*\/)(?:zod|react)/g, ['lodahs', 'zod\u200b']],
  [/"version": "3.0.0"/g, ['"version": "4.0.0"', '"version": "x"', '"version": "3.0.0", "name": "zod"']],
  [
    /"license": "MIT"/g,
    [
      '"license": "ISC"',
      '"deprecated": "gone"',
      '"hasInstallScript": true',
      '"scripts": { "install": "node x.js" }',
      '"scr\\u0069pts": { "install": "node x.js" }',
      '"dev": true',
      '"dependencies": { "zod": "1" }',
      '"dependencies": { "x": "npm:zod@1" }',
      '"bundleDependencies": ["zod"]',
      '"hasShrinkwrap": true',
      '"inBundle": true',
      '"name": "zod"',
      '"license": {',
    ],
  ],
  [
    /"node_modules\/(?:zod|old|is-odd\/node_modules\/zod)"/g,
    ['"node_modules/lodahs"', '"node_modules/expres"'],
  ],
  [/ {6}"/g, ['"', '\n\n      "', '      // x\n"']],
];

/**
 * Edits a lockfile in one session, which must report the same as a fresh one after each edit; returns the total number
 * of findings.
 */
async function foundOverEdits(
  start: string,
  open: (text: string) => Promise<Harness>,
  seeds: number,
): Promise<number> {
  let found = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const random = randomSource(seed);
    let text = start;
    const edited = await open(text);
    reported(edited);
    for (let round = 0; round < 60; round++) {
      const [pattern, values] = random.pick(EDITS);
      const places = [...text.matchAll(pattern)];
      const place = places.length === 0 ? undefined : random.pick(places);
      // Every now and then everything is restored, so that most edits start from a valid lockfile.
      const isBack = place === undefined || round % 4 === 3;
      const span = isBack
        ? { start: 0, end: text.length }
        : { start: place.index, end: place.index + place[0].length };
      const value = isBack ? start : random.pick(values);
      const next = text.slice(0, span.start) + value + text.slice(span.end);
      edited.session.setOverlay(edited.uri('package-lock.json'), next, changeOf(span, value));
      text = next;
      const expected = reported(await open(text));
      assert.deepEqual(reported(edited), expected, `${place?.[0]} → ${value}`);
      found += expected.found.length;
    }
  }
  return found;
}

describe('rules that read no addresses', () => {
  test('find after each of 240 edits of a lockfile what they find in a fresh session', async () => {
    assert.ok((await foundOverEdits(LOCK, load, 4)) > 1000);
  });

  test('find the same over a commit', async () => {
    // Declared with ranges that edits leave, and with one copy fewer.
    const now = LOCK.replaceAll('"*"', '"^3.0.0"').replaceAll('"^1.0.0"', '"^3.0.0"');
    const base = now.replace(
      '"node_modules/is-odd/node_modules/zod"',
      '"node_modules/is-odd/node_modules/tod"',
    );
    const settings = { comparesCommits: true, base: 'HEAD' };
    const overCommit = async (text: string) => {
      const files = { 'package.json': MANIFEST, 'package-lock.json': text };
      const harness = await loadHarness(files, { advisories: ADVISORIES, base, settings });
      const { project } = harness.session.snapshot().projectOf(harness.uri('package-lock.json'))!;
      assert.ok(project.committedLockfile !== undefined || text === base);
      return harness;
    };
    assert.ok((await foundOverEdits(now, overCommit, 3)) > 1000);
  });

  test('have nothing new to say where an address or a hash was edited, and are not asked', async () => {
    const edited = await load(LOCK);
    const before = reported(edited);
    const rules = new Set(RULES.filter(({ readsNoUrls }) => readsNoUrls).map(({ id }) => id));
    assert.ok(before.found.some(({ rule }) => rules.has(rule)));
    const start = LOCK.indexOf(TEST_REGISTRY, LOCK.indexOf('"node_modules/lodash"'));
    const span = { start, end: start + TEST_REGISTRY.length };
    const other = 'http://mirror.example.test/';
    const next = LOCK.slice(0, start) + other + LOCK.slice(span.end);
    edited.session.setOverlay(edited.uri('package-lock.json'), next, changeOf(span, other));
    let asked = 0;
    const restored = RULES.filter(({ id }) => rules.has(id)).map((rule) => {
      const { check } = rule;
      const { lockfile } = check;
      Object.assign(check, {
        lockfile() {
          asked++;
          return [];
        },
      });
      return () => Object.assign(check, { lockfile });
    });
    try {
      const { findings } = edited.session.snapshot().diagnose(edited.uri('package-lock.json'));
      assert.equal(asked, 0);
      assert.ok(findings.some(({ rule }) => rule === 'insecure-url'));
    } finally {
      for (const restore of restored) restore();
    }
  });

  test('read no more of them than which package they install', async () => {
    const watched = ['resolved', 'integrity'] as const;
    const read = new Set<string>();
    let isWatched = false;
    const restored = watched.map((member) => {
      const descriptor = Object.getOwnPropertyDescriptor(NpmLockEntry.prototype, member)!;
      Object.defineProperty(NpmLockEntry.prototype, member, {
        ...descriptor,
        get() {
          // An entry may read its URL to determine its kind of source. An edit that makes it another package
          // does not count.
          const isAsked = isWatched && !/#readSource|installedAs/.test(new Error().stack ?? '');
          if (isAsked) read.add(`${(this as NpmLockEntry).key} ${member}`);
          return descriptor.get!.call(this) as unknown;
        },
      });
      return () => Object.defineProperty(NpmLockEntry.prototype, member, descriptor);
    });
    const rules = RULES.filter(({ readsNoUrls }) => readsNoUrls);
    const checks = rules.map(({ check }) => {
      const { lockfile } = check;
      assert.ok(lockfile !== undefined);
      Object.assign(check, {
        lockfile(...args: Parameters<typeof lockfile>) {
          isWatched = true;
          const found = [...lockfile(...args)];
          isWatched = false;
          return found;
        },
      });
      return () => Object.assign(check, { lockfile });
    });
    try {
      assert.ok(reported(await load(LOCK)).found.length > 3);
      assert.deepEqual([...read], []);
    } finally {
      for (const restore of [...restored, ...checks]) restore();
    }
  });
});

describe('rules that tell of each entry by itself', () => {
  const OF_SOURCES = ['lockfile-foreign-source', 'shadowed-command', 'misleading-alias'];

  test('look at the edited entry and those like it, and at no others', async () => {
    const edited = await load(LOCK);
    reported(edited);
    const start = LOCK.indexOf(TEST_REGISTRY, LOCK.indexOf('"node_modules/lodash"'));
    const span = { start, end: start + TEST_REGISTRY.length };
    const other = 'https://evil.example.test/';
    const looked = new Map<string, number>();
    const restored = RULES.filter(({ id }) => OF_SOURCES.includes(id)).map(({ id, check }) => {
      const { lockfile } = check;
      assert.ok(lockfile !== undefined);
      Object.assign(check, {
        lockfile(...args: Parameters<typeof lockfile>) {
          looked.set(id, args[1].entries.length);
          return lockfile(...args);
        },
      });
      return () => Object.assign(check, { lockfile });
    });
    try {
      const next = LOCK.slice(0, start) + other + LOCK.slice(span.end);
      edited.session.setOverlay(edited.uri('package-lock.json'), next, changeOf(span, other));
      const { findings } = edited.session.snapshot().diagnose(edited.uri('package-lock.json'));
      assert.ok(findings.some(({ rule }) => rule === 'lockfile-foreign-source'));
      assert.deepEqual(Object.fromEntries(looked), Object.fromEntries(OF_SOURCES.map((id) => [id, 1])));
    } finally {
      for (const restore of restored) restore();
    }
  });

  test('find one host as a whole as soon as it serves many, and each entry again when it does not', async () => {
    const edited = await load(LOCK);
    reported(edited);
    let text = LOCK;
    const places = [...LOCK.matchAll(/"resolved": "/g)].map(({ index, 0: word }) => index + word.length);
    const replace = async (from: string, to: string, at: number) => {
      const span = { start: at, end: at + from.length };
      text = text.slice(0, at) + to + text.slice(span.end);
      edited.session.setOverlay(edited.uri('package-lock.json'), text, changeOf(span, to));
      assert.deepEqual(reported(edited), reported(await load(text)));
    };
    const evil = 'https://evil.example.test/';
    // From the end, so that the positions before an edit stay valid.
    for (const at of places.toReversed()) await replace(TEST_REGISTRY, evil, at);
    assert.ok(reported(edited).found.some(({ rule }) => rule === 'lockfile-foreign-source'));
    for (const at of places) await replace(evil, TEST_REGISTRY, at);
    assert.equal(text, LOCK);
  });
});
