import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { buildSbom } from '../../server/src/core/judge/sbom/build-sbom.ts';
import { buildGraph } from '../../server/src/core/read/graph/build-graph.ts';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { readManifest } from '../../server/src/core/read/manifest/read-manifest.ts';
import type { Sbom, WriteOptions } from '../../server/src/core/read/sbom/sbom.ts';
import { writeSbom } from '../../server/src/core/show/sbom/make-sbom.ts';
import { type CorpusRow, projectFiles, readCorpus } from './corpus.ts';

const rows = readCorpus();
const SPDX_SCHEMA = join(import.meta.dirname, '../../../shared/data/schemas/spdx-2.3.json');
const OPTIONS: WriteOptions = { type: 'application', time: undefined, serialNumber: undefined };

if (rows.length === 0) test('there is no corpus', () => assert.equal(rows.length, 0));

const noSchema = rows.length === 0 || !existsSync(SPDX_SCHEMA);

describe('bills of materials of the corpus', { skip: noSchema && 'no corpus, or no schema of SPDX' }, () => {
  const isCyclonedx = cyclonedxValidator();
  const isSpdx = new Ajv({ strict: false }).compile(
    noSchema ? {} : JSON.parse(readFileSync(SPDX_SCHEMA, 'utf8')),
  );
  for (const row of rows) {
    test(`${row.folder} is valid in both formats, and its references lead to its components`, () => {
      const sbom = sbomOf(row);
      const cyclonedx = JSON.parse(writeSbom(sbom, 'cyclonedx', OPTIONS));
      assert.deepEqual([isCyclonedx(cyclonedx), isCyclonedx.errors], [true, null]);
      const listed = [cyclonedx.metadata.component, ...cyclonedx.components];
      const refs = new Set(listed.map((each) => each['bom-ref']));
      assert.equal(refs.size, listed.length);
      for (const { ref, dependsOn = [] } of cyclonedx.dependencies)
        for (const each of [ref, ...dependsOn]) assert.ok(refs.has(each), each);

      const spdx = JSON.parse(writeSbom(sbom, 'spdx', OPTIONS));
      assert.deepEqual([isSpdx(spdx), isSpdx.errors], [true, null]);
      const ids = new Set(spdx.packages.map((each: { SPDXID: string }) => each.SPDXID));
      assert.deepEqual([ids.size, spdx.packages.length], [listed.length, listed.length]);
      for (const { spdxElementId, relatedSpdxElement } of spdx.relationships.slice(1)) {
        assert.ok(ids.has(spdxElementId), spdxElementId);
        assert.ok(ids.has(relatedSpdxElement) || relatedSpdxElement === 'NOASSERTION', relatedSpdxElement);
      }
    });
  }
});

/**
 * Compiles the official schemas, which the library contains, as its own validator does for each document. That lists have
 * no duplicates is tested above by their references: comparing all components with each other takes a minute.
 */
function cyclonedxValidator() {
  const { resolve } = createRequire(import.meta.url);
  const folder = join(resolve('@cyclonedx/cyclonedx-library/package.json'), '../res/schema');
  const schemaOf = (name: string) =>
    JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'), (key, value) =>
      key === 'uniqueItems' ? undefined : value,
    );
  const ajv = new Ajv({ strict: false, formats: { 'iri-reference': true, 'idn-email': true } });
  addFormats.default(ajv);
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs'])
    ajv.addSchema(schemaOf(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  return ajv.compile(schemaOf('bom-1.6'));
}

function sbomOf(row: CorpusRow): Sbom {
  const files = projectFiles(row);
  const uri = `file:///corpus/${row.file}`;
  const lockfile = readLockfile(uri, files.get(row.file)!, lockfileKindOf(row.file)!);
  const manifests = [...files]
    .filter(([path]) => /(?:^|\/)package\.json$/.test(path))
    .map(
      ([path, text]) =>
        [path.slice(0, -13).replace(/\/$/, ''), readManifest(`file:///corpus/${path}`, text)] as const,
    );
  return buildSbom({
    graph: buildGraph(lockfile, { manifests: new Map(manifests) }),
    ...{ omitsDev: false, unread: [] },
    licenseOf: () => undefined,
    licenseOfMember: () => undefined,
  });
}
