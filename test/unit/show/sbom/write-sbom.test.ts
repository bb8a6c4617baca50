import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type {
  Sbom,
  SbomComponent,
  SbomFormat,
  SbomVulnerability,
  WriteOptions,
} from '../../../../server/src/core/read/sbom/sbom.ts';
import { writeSbom } from '../../../../server/src/core/show/sbom/make-sbom.ts';

const OPTIONS: WriteOptions = { type: 'library', time: undefined, serialNumber: undefined };

function component(name: string, more: Partial<SbomComponent> = {}): SbomComponent {
  return {
    ...{
      ref: `pkg:npm/${name}@1.0.0`,
      kind: 'package',
      name,
      version: '1.0.0',
      purl: `pkg:npm/${name}@1.0.0`,
    },
    ...{ scope: 'required', isBundled: false, hashes: [], license: undefined, distribution: undefined },
    ...{ repository: undefined, path: undefined, dependencies: [] },
    ...more,
  };
}

function sbomWith(components: readonly SbomComponent[], more: Partial<Sbom> = {}): Sbom {
  const dependencies = components.map(({ ref }) => ({ ref, kind: 'prod' as const }));
  return {
    root: component('shop', { ref: 'root', kind: 'root', dependencies }),
    ...{ components, vulnerabilities: undefined, missingComponents: [], missingDependencies: [] },
    ...more,
  };
}

function written(sbom: Sbom, format: SbomFormat, options: Partial<WriteOptions> = {}) {
  return JSON.parse(writeSbom(sbom, format, { ...OPTIONS, ...options }));
}

describe('licenses', () => {
  const sbom = sbomWith([
    component('a', { license: 'MIT' }),
    component('b', { license: '(MIT OR Apache-2.0)' }),
    component('c', { license: 'SEE LICENSE IN LICENSE.md' }),
    component('d'),
  ]);

  test('are ids, expressions or names in CycloneDX, and absent if unknown', () => {
    assert.deepEqual(
      written(sbom, 'cyclonedx').components.map(({ licenses }: { licenses: unknown }) => licenses),
      [
        [{ license: { id: 'MIT', acknowledgement: 'declared' } }],
        [{ expression: '(MIT OR Apache-2.0)', acknowledgement: 'declared' }],
        [{ license: { name: 'SEE LICENSE IN LICENSE.md', acknowledgement: 'declared' } }],
        undefined,
      ],
    );
  });

  test('are expressions in SPDX, and NOASSERTION if there is none', () => {
    const packages = written(sbom, 'spdx').packages.slice(1);
    assert.deepEqual(
      packages.map((each: { licenseDeclared: string }) => each.licenseDeclared),
      ['MIT', '(MIT OR Apache-2.0)', 'NOASSERTION', 'NOASSERTION'],
    );
    assert.equal(packages[2].licenseComments, 'The package declares: SEE LICENSE IN LICENSE.md');
  });
});

describe('an incomplete document', () => {
  const sbom = sbomWith([component('a')], { missingComponents: ['package-lock.json was read partly.'] });

  test('has an incomplete composition in CycloneDX', () => {
    assert.deepEqual(written(sbom, 'cyclonedx').compositions, [
      { aggregate: 'incomplete', assemblies: ['root'] },
      { aggregate: 'incomplete', dependencies: ['root'] },
    ]);
    assert.equal(written(sbomWith([]), 'cyclonedx').compositions, undefined);
  });

  test('depends on NOASSERTION in SPDX, and says why', () => {
    const { comment, relationships } = written(sbom, 'spdx');
    assert.equal(comment, 'This document is incomplete. package-lock.json was read partly.');
    assert.deepEqual(relationships.at(-1), {
      spdxElementId: 'SPDXRef-Package-shop-1.0.0',
      relatedSpdxElement: 'NOASSERTION',
      relationshipType: 'DEPENDS_ON',
    });
  });
});

describe('vulnerabilities', () => {
  const known: Omit<SbomVulnerability, 'id' | 'accepted'> = {
    ...{ aliases: ['CVE-2021-44906'], title: 'Prototype pollution', severity: 'moderate', score: 5.6 },
    ...{
      cwes: ['CWE-1321', 'CWE-x'],
      package: 'a',
      affects: ['pkg:npm/a@1.0.0'],
      recommendation: 'Update a.',
    },
  };
  const sbom = sbomWith([component('a')], {
    vulnerabilities: [
      { ...known, id: 'GHSA-xvch-5gv4-984h', accepted: 'Input is our own.' },
      { ...known, id: 'GHSA-7fhm-mqm4-2wp7', accepted: undefined },
    ],
  });

  test('have the reason of an ignore, which claims nothing more', () => {
    const [accepted, open] = written(sbom, 'cyclonedx').vulnerabilities;
    assert.deepEqual(accepted.analysis, { response: ['will_not_fix'], detail: 'Input is our own.' });
    assert.deepEqual(open.analysis, { state: 'in_triage' });
    assert.deepEqual([open.ratings, open.cwes], [[{ score: 5.6, severity: 'medium' }], [1321]]);
    assert.deepEqual(open.affects, [{ ref: 'pkg:npm/a@1.0.0' }]);
    assert.equal(open.references[0].id, 'CVE-2021-44906');
  });

  test('are security references in SPDX', () => {
    assert.deepEqual(written(sbom, 'spdx').packages[1].externalRefs.slice(1), [
      {
        ...{ referenceCategory: 'SECURITY', referenceType: 'advisory' },
        referenceLocator: 'https://github.com/advisories/GHSA-xvch-5gv4-984h',
        comment: 'Accepted: Input is our own.',
      },
      {
        ...{ referenceCategory: 'SECURITY', referenceType: 'advisory' },
        referenceLocator: 'https://github.com/advisories/GHSA-7fhm-mqm4-2wp7',
      },
    ]);
  });
});

test('times and ids are in a document only if they are given', () => {
  const sbom = sbomWith([component('a')]);
  const plain = written(sbom, 'cyclonedx');
  assert.deepEqual([plain.serialNumber, plain.metadata.timestamp], [undefined, undefined]);
  const id = '00000000-0000-4000-8000-000000000000';
  const full = written(sbom, 'cyclonedx', { time: 0, serialNumber: id });
  assert.deepEqual(
    [full.serialNumber, full.metadata.timestamp],
    [`urn:uuid:${id}`, '1970-01-01T00:00:00.000Z'],
  );
  const namespaces = [sbom, sbomWith([component('b')])].map(
    (each) => written(each, 'spdx').documentNamespace as string,
  );
  assert.notEqual(namespaces[0], namespaces[1]);
  assert.match(namespaces[0]!, /^https:\/\/spdx\.org\/spdxdocs\/shop%401\.0\.0-[\da-f]{32}$/);
  assert.ok(written(sbom, 'spdx', { serialNumber: id }).documentNamespace.endsWith(id));
});

test('ids of SPDX are unique where names differ only in characters that they cannot have', () => {
  const sbom = sbomWith([component('@a/b'), component('a.b'), component('a_b')]);
  assert.deepEqual(
    written(sbom, 'spdx').packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID),
    [
      'SPDXRef-Package-shop-1.0.0',
      'SPDXRef-Package-a.b-1.0.0',
      'SPDXRef-Package-a.b-1.0.0-2',
      'SPDXRef-Package-a.b-1.0.0-3',
    ],
  );
});
