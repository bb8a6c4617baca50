import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPnpmWorkspace } from '../../../../../server/src/core/read/config/pnpm/read-pnpm-workspace.ts';
import { readYarnrc } from '../../../../../server/src/core/read/config/yarn/read-yarnrc.ts';
import { readManifest } from '../../../../../server/src/core/read/manifest/read-manifest.ts';
import type { ForeignIgnore } from '../../../../../server/src/core/read/policy-file/import/foreign-ignore.ts';
import {
  pnpmIgnoresIn,
  pnpmIgnoresOf,
} from '../../../../../server/src/core/read/policy-file/import/pnpm-ignores.ts';
import { readAuditFile } from '../../../../../server/src/core/read/policy-file/import/read-audit-file.ts';
import { readOsvScanner } from '../../../../../server/src/core/read/policy-file/import/read-osv-scanner.ts';
import { yarnIgnoresIn } from '../../../../../server/src/core/read/policy-file/import/yarn-ignores.ts';

const GHSA = 'GHSA-xvch-5gv4-984h';

/**
 * Returns the relevant members of an entry that are defined, with the texts of its tokens instead of their positions.
 */
function reported(text: string, ignores: readonly ForeignIgnore[]) {
  return ignores.map(({ tool: _, span, entrySpan, expirySpan, ...rest }) => {
    const known = Object.entries(rest).filter(([, value]) => value !== undefined);
    assert.ok(entrySpan.start <= span.start && span.end <= entrySpan.end, 'the token is in the entry');
    const expiry = expirySpan === undefined ? {} : { token: text.slice(expirySpan.start, expirySpan.end) };
    return { ...Object.fromEntries(known), ...expiry };
  });
}

function inJson(name: string, text: string) {
  const { ignores, problems } = readAuditFile(`file:///p/${name}`, text);
  assert.deepEqual(problems, []);
  return reported(text, ignores);
}

describe('audit-resolve.json', () => {
  test('version 1: decisions about an advisory on a path', () => {
    const text = `{
  "version": 1,
  "decisions": {
    "577|nightmare>deep-defaults>lodash": { "decision": "ignore", "madeAt": 1772323200000, "expiresAt": 1798675200000, "reason": "dev only" },
    "${GHSA}|minimist": { "decision": "ignore", "madeAt": 1772323200000 },
    "39|madge>uglify-js": { "decision": "postpone", "madeAt": 1772323200000 },
    "118|glob": { "decision": "fix", "madeAt": 1772323200000 }
  },
  "rules": { "ignoreLowSeverity": true }
}`;
    assert.deepEqual(inJson('audit-resolve.json', text), [
      {
        text: '577|nightmare>deep-defaults>lodash',
        scope: 'number',
        package: 'lodash',
        reason: 'dev only',
        expires: '2026-12-31',
        narrower: 'it was for the path nightmare>deep-defaults>lodash only',
        token: '1798675200000',
      },
      { text: `${GHSA}|minimist`, scope: 'advisory', id: GHSA, package: 'minimist' },
      {
        text: '39|madge>uglify-js',
        scope: 'number',
        package: 'uglify-js',
        expires: '2026-03-02',
        narrower: 'it was for the path madge>uglify-js only',
      },
      { text: '118|glob', scope: 'number', package: 'glob', inactive: 'its decision is "fix"' },
      { text: 'ignoreLowSeverity', scope: 'wide' },
    ]);
  });

  test('before version 1', () => {
    const text =
      '{ "577|a>lodash": { "ignore": 1 }, "39|b": { "postpone": 1772323200000 }, "1|c": { "fix": 1 } }';
    assert.deepEqual(
      readAuditFile('file:///p/audit-resolve.json', text).ignores.map((each) => [
        each.text,
        each.expires,
        each.inactive,
      ]),
      [
        ['577|a>lodash', undefined, undefined],
        ['39|b', '2026-03-01', undefined],
        ['1|c', undefined, 'its decision is "fix"'],
      ],
    );
  });
});

describe('.nsprc', () => {
  test('by number, id and address, the notes or a record', () => {
    const text = `{
  "1337": { "active": true, "notes": "the method is not used", "expiry": "2027-01-31" },
  "4501": { "active": false, "notes": "gone" },
  "CWE-471": "no such weakness here",
  "${GHSA.toLowerCase()}": "accepted",
  "https://github.com/advisories/GHSA-ww39-953v-wcq6": { "expiry": 1798675200000 },
  "https://example.test/advisories/1213": "an address",
  "CVE-2021-44906": { "notes": "", "expiry": "soon" }
}`;
    assert.deepEqual(inJson('.nsprc', text), [
      {
        text: '1337',
        scope: 'number',
        reason: 'the method is not used',
        expires: '2027-01-31',
        token: '"2027-01-31"',
      },
      { text: '4501', scope: 'number', reason: 'gone', inactive: 'it is not active' },
      { text: 'CWE-471', scope: 'wide', reason: 'no such weakness here' },
      { text: GHSA.toLowerCase(), scope: 'advisory', id: GHSA, reason: 'accepted' },
      {
        text: 'https://github.com/advisories/GHSA-ww39-953v-wcq6',
        scope: 'advisory',
        id: 'GHSA-ww39-953v-wcq6',
        expires: '2026-12-31',
        token: '1798675200000',
      },
      { text: 'https://example.test/advisories/1213', scope: 'number', reason: 'an address' },
      { text: 'CVE-2021-44906', scope: 'advisory', id: 'CVE-2021-44906', inactive: 'its expiry is no date' },
    ]);
  });

  test('of nsp itself: a list of addresses', () => {
    const text = '{ "exceptions": ["https://example.test/advisories/123", 5] }';
    assert.deepEqual(inJson('.nsprc', text), [
      { text: 'https://example.test/advisories/123', scope: 'number' },
    ]);
  });
});

describe('audit-ci.jsonc', () => {
  test('ids, packages and paths, as text and as records, with the comments beside them', () => {
    const text = `{
  "moderate": true,
  "allowlist": [
    // Nothing of ours parses arguments:
    // https://example.test/issue/1
    "${GHSA}",
    "GHSA-rp65-9cf3-cjxr|react-scripts>svgo>nth-check", // build only
    "axios",

    "*|react-scripts>*",
    1500,
    { "GHSA-42xw-2xvc-qx8m": { "active": true, "notes": "until November", "expiry": "20 November 2026 11:00" } },
    { "GHSA-pw2r-vq6v-hr8c": { "notes": "it does not say that it is active" } },
  ],
}`;
    assert.deepEqual(inJson('audit-ci.jsonc', text), [
      {
        text: GHSA,
        scope: 'advisory',
        id: GHSA,
        reason: 'Nothing of ours parses arguments: https://example.test/issue/1',
      },
      {
        text: 'GHSA-rp65-9cf3-cjxr|react-scripts>svgo>nth-check',
        scope: 'advisory',
        id: 'GHSA-rp65-9cf3-cjxr',
        package: 'nth-check',
        reason: 'build only',
        narrower: 'it was for the path react-scripts>svgo>nth-check only',
      },
      { text: 'axios', scope: 'package', package: 'axios' },
      { text: '*|react-scripts>*', scope: 'wide' },
      { text: '1500', scope: 'number' },
      {
        text: 'GHSA-42xw-2xvc-qx8m',
        scope: 'advisory',
        id: 'GHSA-42xw-2xvc-qx8m',
        reason: 'until November',
        expires: '2026-11-20',
        token: '"20 November 2026 11:00"',
      },
      {
        text: 'GHSA-pw2r-vq6v-hr8c',
        scope: 'advisory',
        id: 'GHSA-pw2r-vq6v-hr8c',
        reason: 'it does not say that it is active',
        inactive: 'it is not active',
      },
    ]);
  });
});

describe('osv-scanner.toml', () => {
  test('vulnerabilities, and packages of npm', () => {
    const text = `# Shared with the Go part
[[IgnoredVulns]]
id = "GO-2022-0968"
reason = "No ssh servers"

[[IgnoredVulns]]
id = "${GHSA}"
ignoreUntil = 2026-12-31
reason = "Arguments are ours"

[[IgnoredVulns]]
id = "CVE-2021-44906"
ignoreUntil = 2027-01-31T00:00:00Z

[[PackageOverrides]]
name = "lib"
ecosystem = "npm"
version = "1.0.0"
ignore = true
effectiveUntil = 2026-11-09
reason = "abc"

[[PackageOverrides]]
ecosystem = "Go"
ignore = true

[[PackageOverrides]]
vulnerability.ignore = true
license.override = ["MIT"]

[[PackageOverrides]]
name = "only-its-licence"
license.override = ["0BSD"]
`;
    const { ignores, problems } = readOsvScanner('file:///p/osv-scanner.toml', text);
    assert.deepEqual(problems, []);
    assert.deepEqual(reported(text, ignores), [
      { text: 'GO-2022-0968', scope: 'wide', reason: 'No ssh servers' },
      {
        text: GHSA,
        scope: 'advisory',
        id: GHSA,
        reason: 'Arguments are ours',
        expires: '2026-12-31',
        token: '2026-12-31',
      },
      {
        text: 'CVE-2021-44906',
        scope: 'advisory',
        id: 'CVE-2021-44906',
        expires: '2027-01-31',
        token: '2027-01-31T00:00:00Z',
      },
      {
        text: 'lib',
        scope: 'package',
        package: 'lib',
        version: '1.0.0',
        reason: 'abc',
        expires: '2026-11-09',
        token: '2026-11-09',
      },
      { text: 'every package', scope: 'everything' },
    ]);
  });
});

describe('pnpm', () => {
  test('the lists of pnpm-workspace.yaml, old and new, with comments as reasons', () => {
    const text = `packages:
  - packages/*
auditConfig:
  ignoreCves:
    - CVE-2022-36313
  ignoreGhsas:
    # build tool only
    - ${GHSA}
    - GHSA-4w2v-q235-vp99 # until the next release
audit:
  level: high
  ignore: [GHSA-cph5-m8f7-6c5x]
`;
    const ignores = pnpmIgnoresIn(readPnpmWorkspace('file:///p/pnpm-workspace.yaml', text));
    assert.deepEqual(
      ignores.map(({ list, id, reason }) => [list, id, reason]),
      [
        ['audit.ignore', 'GHSA-cph5-m8f7-6c5x', undefined],
        ['auditConfig.ignoreGhsas', GHSA, 'build tool only'],
        ['auditConfig.ignoreGhsas', 'GHSA-4w2v-q235-vp99', 'until the next release'],
        ['auditConfig.ignoreCves', 'CVE-2022-36313', undefined],
      ],
    );
    assert.deepEqual(
      ignores.map(({ span }) => text.slice(span.start, span.end)),
      ignores.map(({ text: written }) => written),
    );
  });

  test('the field of package.json', () => {
    const text = `{ "pnpm": { "auditConfig": { "ignoreCves": ["CVE-2022-36313", 5], "ignoreGhsas": ["${GHSA}"] } } }`;
    const of = (manifest: string) => pnpmIgnoresOf(readManifest('file:///p/package.json', manifest));
    assert.deepEqual(
      of(text).map(({ list, id }) => [list, id]),
      [
        ['auditConfig.ignoreGhsas', GHSA],
        ['auditConfig.ignoreCves', 'CVE-2022-36313'],
      ],
    );
    assert.deepEqual(of('{ "auditConfig": { "ignoreCves": ["CVE-2022-36313"] } }'), []);
  });
});

describe('Yarn', () => {
  test('numbers with and without quotes, and names', () => {
    const text = `npmAuditExcludePackages:
  - debug
  - "@acme/*"
npmAuditIgnoreAdvisories:
  - "1113407" # parses trusted answers only
  - 1090865
  - ${GHSA}
  - "11*"
`;
    const ignores = yarnIgnoresIn(readYarnrc('file:///p/.yarnrc.yml', text, 'project'));
    assert.deepEqual(
      ignores.map((each) => [each.list, each.text, each.scope, each.reason]),
      [
        ['npmAuditIgnoreAdvisories', '1113407', 'number', 'parses trusted answers only'],
        ['npmAuditIgnoreAdvisories', '1090865', 'number', undefined],
        ['npmAuditIgnoreAdvisories', GHSA, 'advisory', undefined],
        ['npmAuditIgnoreAdvisories', '11*', 'wide', undefined],
        ['npmAuditExcludePackages', 'debug', 'package', undefined],
        ['npmAuditExcludePackages', '@acme/*', 'wide', undefined],
      ],
    );
  });
});

test('entries that leave out everything', () => {
  const scopes = (ignores: readonly ForeignIgnore[]) => ignores.map(({ scope }) => scope);
  const audit = (name: string, text: string) => scopes(readAuditFile(`file:///p/${name}`, text).ignores);
  assert.deepEqual(audit('audit-ci.json', '{ "allowlist": ["*", "*|*", "*>*", "*|a>*"] }'), [
    'everything',
    'everything',
    'everything',
    'wide',
  ]);
  assert.deepEqual(audit('.nsprc', '{ "https://github.com/advisories/": "x", "": "y", "CWE-1": "z" }'), [
    'everything',
    'everything',
    'wide',
  ]);
  const yarnrc = 'npmAuditIgnoreAdvisories: ["**"]\nnpmAuditExcludePackages: ["*", "@a/*"]\n';
  const yarn = yarnIgnoresIn(readYarnrc('file:///p/.yarnrc.yml', yarnrc, 'project'));
  assert.deepEqual(scopes(yarn), ['everything', 'everything', 'wide']);
});

describe('hostile and half-typed texts', () => {
  const TEXTS = [
    '',
    '{',
    '[]',
    'null',
    '{"version":1}',
    '{"version":1,"decisions":[]}',
    '{"version":1,"decisions":{"__proto__|constructor":{"decision":"ignore","expiresAt":1e400}}}',
    '{"version":1,"decisions":{"1|a":null,"|":{"decision":5},"GHSA":"x"}}',
    '{"allowlist":[null,{},{"a":1},[],true,"","|",">",{"__proto__":{"active":true}}]}',
    '{"allowlist":"GHSA-xvch-5gv4-984h"}',
    '{"GHSA-xvch-5gv4-984h":{"expiry":{}}, "":{"active":"yes"}}',
    `{"allowlist":${'['.repeat(5000)}`,
    '[[IgnoredVulns]]\nid = 5\n[[IgnoredVulns]]\n[[PackageOverrides]]\nignore = true\nignoreUntil = 9999-99-99',
    'IgnoredVulns = "x"',
    '[IgnoredVulns]\nid = "GHSA-xvch-5gv4-984h"',
  ];
  test('never throw', () => {
    for (const text of TEXTS) {
      for (const name of ['audit-resolve.json', '.nsprc', 'audit-ci.json']) {
        for (const { text: named, id } of readAuditFile(`file:///p/${name}`, text).ignores) {
          assert.equal(typeof named, 'string');
          assert.ok(id === undefined || /^(?:GHSA|CVE|MAL)-/.test(id));
        }
      }
      assert.ok(readOsvScanner('file:///p/osv-scanner.toml', text).ignores.length < 5);
    }
  });
});
