import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { makeProject } from '../cli/run-cli.ts';
import { startBuiltServer } from './support/built-server.ts';
import { makeHome } from './support/home.ts';
import { pack, type VersionFixture } from './support/package-fixture.ts';
import { type RecordedRegistryOptions, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';

/** Thirteen versions over thirteen months; the last one, of 10 November, is by a new publisher. */
const VERSIONS = Object.fromEntries(
  Array.from({ length: 13 }, (_, month): [string, VersionFixture] => [
    `1.${month}.0`,
    { at: new Date(Date.UTC(2025, 10 + month, 10)).toISOString(), by: month === 12 ? 'bo' : 'ana' },
  ]),
);
const PACKAGES = [pack('left-pad', VERSIONS, { maintainers: ['ana', 'bo'] })];

describe('a registry that tells less, or wrong times', () => {
  let outside: Outside;
  let whole: { readonly card: string; readonly findings: readonly string[] };
  before(async () => {
    outside = await startOutside();
    whole = await look({});
  });
  after(() => outside.close());

  /** Returns the card of the package, and the findings of the manifest after it was shown. */
  const look = async (options: RecordedRegistryOptions) => {
    const registry = await startRecordedRegistry({ packages: PACKAGES, ...options });
    const home = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    const project = makeProject({
      'package.json': { name: 'shop', private: true, dependencies: { 'left-pad': '^1.0.0' } },
      'dependency-hygiene.json': { mirrors: [registry.url] },
    });
    const server = await startBuiltServer({ project, env: home.env });
    const manifest = server.uri('package.json');
    await server.client.open(manifest);
    const card = await server.hover('package.json', 'left-pad');
    const { items = [] } = await server.client.pull(manifest);
    await server.stop();
    await registry.close();
    rmSync(home.folder, { recursive: true });
    assert.ok(registry.asked().length > 0);
    assert.match(card, /latest 1\.12\.0/);
    return { card, findings: items.map(({ code, message }) => `${code}: ${message}`) };
  };

  test('the whole registry tells who published, when, and that they are new', async () => {
    const { card } = whole;
    assert.match(card, /10 Nov 2026.* by bo, who published no version before/);
    assert.match(card, /since 2025/);
    assert.doesNotMatch(card, /not provided/);
  });

  test('a mirror without people makes nobody new and nobody missing', async () => {
    const { card, findings } = await look({ partialMirror: true });
    assert.match(card, /10 Nov 2026/);
    assert.match(card, /publisher, maintainers, install scripts \(not provided by this registry\)/);
    assert.doesNotMatch(card, /who published|\bana\b|\bbo\b/);
    assert.deepEqual(findings, whole.findings);
  });

  test('the day on which a mirror fetched everything is not when it was published', async () => {
    const { card, findings } = await look({ partialMirror: { mirroredOn: '2026-11-20' } });
    assert.match(card, /release date[^()]* \(not provided by this registry\)/);
    assert.doesNotMatch(card, /Nov 2026|since \d|days ago|who published/);
    assert.deepEqual(findings, whole.findings);
  });

  test('what a registry with a fast clock published tomorrow was not published yet', async () => {
    const day = 24 * 60 * 60 * 1000;
    const { card, findings } = await look({ skewMs: 400 * day });
    assert.doesNotMatch(card, /\s202[789]|just now/);
    assert.deepEqual(findings, whole.findings);
  });
});
