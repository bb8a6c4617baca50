import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rule, RuleContext } from '../../server/src/core/judge/check/rule.ts';
import { lockfileEntryMismatch } from '../../server/src/core/judge/rules/lockfile-entry-mismatch.ts';
import { lockfileForeignSource } from '../../server/src/core/judge/rules/lockfile-foreign-source.ts';
import { lockfileIntegrityMissing } from '../../server/src/core/judge/rules/lockfile-integrity-missing.ts';
import { resolveNpmConfig } from '../../server/src/core/read/config/npm/resolve-npm-config.ts';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import type { Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import { readPolicy } from '../../server/src/core/read/policy-file/read-policy.ts';
import { HEAD } from '../../server/src/core/read/project/base.ts';
import type { Project } from '../../server/src/core/read/project/project.ts';
import type { Span } from '../../server/src/core/read/text/span.ts';
import { CORPUS_MIRRORS, type CorpusRow, lockfileText, readCorpus } from './corpus.ts';

const PUBLIC_REGISTRY = 'https://registry.public.example.test/';

interface RawEntry {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly deprecated?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const rows = readCorpus().filter(
  ({ format, version }) => /^(?:package-lock|npm-shrinkwrap)$/.test(format) && /^[23]$/.test(version),
);
if (rows.length === 0) console.log('no corpus');
for (const row of rows) describe(row.folder, () => checkRead(row));

function checkRead(row: CorpusRow): void {
  const { lock, text } = read(row);
  const raw = (JSON.parse(text) as { packages: Record<string, RawEntry> }).packages;

  test('is checked, with as many entries as its index counts', () => {
    assert.equal(lock.status, 'checked');
    assert.deepEqual(lock.problems, []);
    assert.deepEqual([lock.entries.length, lock.entriesTotal], [row.packages, row.packages]);
  });

  test('has the values that JSON.parse has, and its spans are their tokens', () => {
    const links = Object.values(raw).filter(({ link }) => link === true).length;
    assert.equal(lock.entries.length + lock.importers.size + links, Object.keys(raw).length);
    const cut = ({ start, end }: Span) => text.slice(start, end);
    for (const entry of [...lock.entries, ...lock.importers.values()]) {
      const source = raw[entry.key]!;
      assert.ok(source, entry.key);
      assert.equal(JSON.parse(cut(entry.keySpan)), entry.key);
      assert.deepEqual(JSON.parse(`{${cut(entry.span)}}`)[entry.key], source);
      for (const field of ['version', 'resolved', 'integrity'] as const) {
        assert.equal(entry[field]?.value, source[field]);
        if (source[field] !== undefined) assert.equal(cut(entry[field]!.span), JSON.stringify(source[field]));
      }
      assert.equal(
        entry.name,
        source.name ??
          entry.key.replace(/^(?:.*\/)?node_modules\/|^.*\/(?=@[^/]*\/)|^(?:.*\/)?(?=[^/@]*$)/, ''),
      );
      assert.deepEqual(
        [entry.dev, entry.optional, entry.peer, entry.bundled, entry.hasInstallScript],
        [
          source.dev === true,
          source.optional === true || source.devOptional === true,
          source.peer === true,
          source.inBundle === true,
          source.hasInstallScript === true,
        ],
      );
      assert.equal(entry.deprecated, source.deprecated);
      assert.deepEqual([entry.os, entry.cpu], [source.os ?? [], source.cpu ?? []]);
      for (const section of [
        'dependencies',
        'devDependencies',
        'optionalDependencies',
        'peerDependencies',
      ] as const) {
        const edges = entry.edges.filter((edge) => edge.section === section);
        assert.deepEqual(
          Object.fromEntries(edges.map((edge) => [edge.name, edge.specifier.value])),
          source[section] ?? {},
        );
        for (const edge of edges) {
          assert.equal(cut(edge.nameSpan), JSON.stringify(edge.name));
          assert.equal(cut(edge.specifier.span), JSON.stringify(edge.specifier.value));
        }
      }
    }
  });

  test('whatever an importer declares resolves to a package or a member of that name', () => {
    for (const [path, importer] of lock.importers) {
      if (raw[path]!.devDependencies === undefined && raw[path]!.dependencies === undefined) continue;
      for (const { name, section } of importer.edges) {
        if (section === 'optionalDependencies' || section === 'peerDependencies') continue;
        const found = lock.resolve(path, name);
        if (isExtraneous(raw[path]!)) continue;
        assert.ok(found, `${name} of ${path}`);
        assert.ok(found.source === 'workspace' || found.key.endsWith(`node_modules/${name}`));
      }
    }
  });

  test('no finding of a foreign source or of another package, with its mirrors configured', () => {
    assert.deepEqual(found(lockfileForeignSource, lock, CORPUS_MIRRORS), []);
    assert.deepEqual(found(lockfileEntryMismatch, lock, CORPUS_MIRRORS), []);
  });

  test('without its mirrors, one finding that asks to name one', () => {
    const findings = found(lockfileForeignSource, lock, []);
    assert.deepEqual(
      findings.map(({ severity, message }) => [severity, message.replace(/\d+ of \d+/, 'n of n')]),
      [
        [
          'warning',
          'registry.example.test serves n of n packages here, but no registry setting or "mirrors" names it. Add it to "mirrors" if it is yours, else lock the packages again.',
        ],
      ],
    );
  });

  test('hashes are missing where they are, and nowhere else', () => {
    const missing = Object.entries(raw).filter(
      ([key, entry]) =>
        /(?:^|\/)node_modules\//.test(key) &&
        entry.link !== true &&
        entry.inBundle !== true &&
        !/sha512-/.test(entry.integrity ?? '') &&
        // Without both, npm takes the hash from the registry.
        (entry.integrity !== undefined || entry.resolved !== undefined) &&
        !/^(?:git|file:)/.test(entry.resolved ?? ''),
    );
    const counts = found(lockfileIntegrityMissing, lock, CORPUS_MIRRORS).map(({ data }) => data.count ?? 0);
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      missing.length,
    );
    assert.ok(counts.length <= 11, 'many weak hashes are one finding');
  });

  test('cut anywhere, it is never called checked and points nowhere outside', () => {
    for (let cut = 1; cut <= 12; cut++) {
      const end = Math.floor((text.trimEnd().length * cut) / 13);
      const part = readLockfile('file:///lock', text.slice(0, end), 'package-lock');
      assert.notEqual(part.status, 'checked');
      assert.ok(part.entries.length <= part.entriesTotal);
      for (const entry of part.entries) {
        assert.ok(entry.span.end <= end && (entry.resolved?.span.end ?? 0) <= end);
        assert.equal(entry.version?.value, raw[entry.key]?.version);
      }
    }
  });
}

/** Checks for members that npm keeps in a lockfile after their removal, without anything installed. */
function isExtraneous(entry: object): boolean {
  return 'extraneous' in entry && entry.extraneous === true;
}

function found(rule: Rule, lock: Lockfile, mirrors: readonly string[]) {
  const policyText = JSON.stringify({ mirrors });
  const project = {
    npmConfig: resolveNpmConfig({ environment: {}, trusted: true, publicRegistry: PUBLIC_REGISTRY, mirrors }),
    policy: readPolicy('file:///workspace/dependency-hygiene.json', policyText),
    root: 'file:///workspace',
    exoticNames: new Set(),
    exoticSources: new Map(),
    members: new Map([...lock.importers].map(([path, { name }]) => [path, { path, name }])),
    memberNames: new Set([...lock.importers.values()].map(({ name }) => name)),
    overrides: { entries: [], of: () => [] },
    lockfile: lock,
  } as unknown as Project;
  const context = { project, options: {}, entries: lock.entries } as unknown as RuleContext;
  return [...rule.check.lockfile!(lock, context)].map((finding) => ({
    severity: finding.severity ?? rule.severity,
    message: rule.message(finding, HEAD),
    data: finding.data as { readonly count?: number },
  }));
}

function read(row: CorpusRow): { readonly lock: Lockfile; readonly text: string } {
  const text = lockfileText(row).replace(/^\ufeff/, '');
  return { lock: readLockfile('file:///lock', text, lockfileKindOf(row.file)!), text };
}
