import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'audit-ignore-invalid';
const MANIFEST = '-- package.json --\n{ "name": "shop" }\n';
const LOCKED = `-- package.json --
{ "name": "shop", "dependencies": { "minimist": "1.2.8" } }
-- package-lock.json --
{
  "name": "shop", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": { "name": "shop", "dependencies": { "minimist": "1.2.8" } },
    "node_modules/minimist": { "version": "1.2.8", "integrity": "sha512-x" }
  }
}
`;
const policy = (...entries: readonly string[]) =>
  `-- dependency-hygiene.json --\n{\n  "ignores": [\n${entries.map((each) => `    ${each}`).join(',\n')}\n  ]\n}\n`;
const severities = async (source: string) =>
  (await openWorkspace(source)).findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);

describe('entries of dependency-hygiene.json', () => {
  test('without a reason, without an end, over, too long', () =>
    expectMarks(`${MANIFEST}-- dependency-hygiene.json --
{
  "ignores": [
    { "rule": "insecure-url", "path": "a/**" },
              ^^^^^^^^^^^^^^ audit-ignore-invalid: The entry for insecure-url accepts nothing, as it has no reason and no last day. Add both.
    { "rule": "insecure-url", "package": "left", "expires": "2027-01-01" },
                                         ^^^^^^ audit-ignore-invalid: The entry for left accepts nothing, as it has no reason. Add it.
    { "rule": "vulnerable-dependency", "id": "CVE-2026-1", "package": "left", "version": "1.0.0", "reason": "x" },
                                             ^^^^^^^^^^^^ audit-ignore-invalid: The entry for CVE-2026-1 (left 1.0.0) accepts nothing, as it has no last day. Add it.
    { "rule": "insecure-url", "package": "left", "reason": "x", "expires": "2026-11-23" },
                                                                           ^^^^^^^^^^^^ audit-ignore-invalid: The entry for left expired on 2026-11-23, so its findings are reported again. Extend it or remove it.
    { "rule": "insecure-url", "package": "left", "reason": "x", "expires": "2028-01-01" },
                                                                           ^^^^^^^^^^^^ audit-ignore-invalid: The entry for left counts until 2028-01-01, longer than the 180 days that are allowed. Set its last day to 2027-05-23 or earlier.
    { "rule": "vulnerable-dependency", "reason": "noise", "expires": "2027-01-01", "path": "**" },
              ^^^^^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry for vulnerable-dependency accepts every future advisory. Name an id and a package.
  ]
}
`));

  test('not what counts, and no relevant changes as broken already', () =>
    expectMarks(
      `${MANIFEST}${policy(
        '{ "rule": "insecure-url", "package": "left", "reason": "x", "expires": "2026-11-24" }',
        '{ "rule": "insecure-url", "package": "left", "reason": "x", "expires": "2027-05-23" }',
        '{ "rule": "vulnerable-dependency", "reason": "x", "expires": "2027-01-01", "path": "examples/**" }',
        '{ "rule": "insecure-url", "reason": "x", "expires": "soon" }',
        '{ "rule": "insecure-url", "reason": "", "expires": "2027-01-01" }',
        '{ "package": "left" }',
      )}`,
      { rules: [RULE] },
    ));

  test('an expired entry is an error', async () => {
    const [expired] = await severities(
      MANIFEST + policy('{ "rule": "insecure-url", "reason": "x", "expires": "2026-11-23" }'),
    );
    assert.match(expired!, /^error: /);
  });

  test('maxDays says what is too long', () =>
    expectMarks(
      `${MANIFEST}-- dependency-hygiene.json --
{
  "rules": { "audit-ignore-invalid": ["warning", { "maxDays": 400 }] },
  "ignores": [{ "rule": "insecure-url", "reason": "x", "expires": "2027-12-01" }]
}
`,
      { rules: [RULE] },
    ));

  test('mending: an end, another end, gone', async () => {
    const endless = MANIFEST + policy('{ "rule": "insecure-url", "package": "left", "reason": "x" }');
    assert.match(
      await fixOf(endless, RULE, /^Add the last day 2027-02-22$/),
      /\{ "rule": "insecure-url", "package": "left", "reason": "x", "expires": "2027-02-22" \}/,
    );
    const reason = 'Accepted for now; write here why.';
    const unexplained = `{ "rule": "insecure-url", "reason": "${reason}", "expires": "2027-01-01" }`;
    assert.match(await fixOf(MANIFEST + policy(unexplained), RULE, /^Remove the entry$/), /"ignores": \[\]/);
    const over =
      MANIFEST + policy('{ "rule": "insecure-url", "reason": "x", "expires": "2026-01-01" } // why');
    assert.match(await fixOf(over, RULE, /^Extend until 2026-12-24$/), /"expires": "2026-12-24" \} \/\/ why/);
    assert.match(await fixOf(over, RULE, /^Extend until 2027-02-22$/), /"expires": "2027-02-22"/);
    assert.match(await fixOf(over, RULE, /^Remove the entry$/), /"ignores": \[\s*\/\/ why\s*\]/);
    const long = MANIFEST + policy('{ "rule": "insecure-url", "reason": "x", "expires": "2029-01-01" }');
    assert.match(await fixOf(long, RULE, /^Set its last day to 2027-05-23$/), /"expires": "2027-05-23"/);
  });
});

describe('entries that nothing needs', () => {
  const GONE =
    '{ "rule": "vulnerable-dependency", "id": "GHSA-xvch-5gv4-984h", "package": "gone", "reason": "x", "expires": "2027-01-01" }';
  test('a package that no lockfile has', async () => {
    const source = LOCKED + policy(GONE);
    assert.deepEqual(await severities(source), [
      'hint: The entry for GHSA-xvch-5gv4-984h (gone) accepts nothing, as no lockfile has that package. Remove it.',
    ]);
    assert.match(await fixOf(source, RULE, /^Remove the entry$/), /"ignores": \[\]/);
  });

  test('an entry that is over and of no use is of no use', async () => {
    const [only] = await severities(LOCKED + policy(GONE.replace('2027', '2020')));
    assert.match(only!, /^hint: /);
  });

  test('not where something has it, or where that is not known', async () => {
    const other = `-- apps/other/package.json --
{ "name": "other", "dependencies": { "gone": "1.0.0" } }
`;
    const otherLock = `-- apps/other/package-lock.json --
{ "name": "other", "lockfileVersion": 3, "packages": { "": { "name": "other", "dependencies": { "gone": "1.0.0" } }, "node_modules/gone": { "version": "1.0.0", "integrity": "sha512-x" } } }
`;
    assert.deepEqual(await severities(LOCKED + policy(GONE) + other + otherLock), []);
    assert.deepEqual(await severities(LOCKED + policy(GONE) + other), [], 'another project has no lockfile');
    const broken = LOCKED.replace('"lockfileVersion": 3', '"lockfileVersion": 3,, <<<<<<< HEAD');
    assert.deepEqual(await severities(broken + policy(GONE)), [], 'the lockfile is broken');
    const elsewhere = GONE.replace('"reason"', '"path": "test/**", "reason"');
    assert.deepEqual(await severities(LOCKED + policy(elsewhere)), [], 'it is for one folder');
    assert.deepEqual(
      await severities(LOCKED + policy(GONE.replace('vulnerable-dependency', 'new-package'))),
      [],
    );
  });

  test('not while not all projects are loaded that the file counts for', async () => {
    const { session, uri } = await openWorkspace(LOCKED + policy(GONE));
    const whole = session.snapshot().diagnose(uri('dependency-hygiene.json')).findings;
    assert.equal(whole.filter(({ rule }) => rule === RULE).length, 1);
    session.setFolders([]);
    session.setFolders(['file:///workspace/']);
    await session.ensureProject(uri('package.json'));
    const part = session.snapshot().diagnose(uri('dependency-hygiene.json')).findings;
    assert.equal(part.filter(({ rule }) => rule === RULE).length, 0);
  });
});

describe('entries of other tools', () => {
  test('audit-resolve.json', () =>
    expectMarks(`${LOCKED}-- audit-resolve.json --
{
  "version": 1,
  "decisions": {
    "577|minimist": { "decision": "ignore", "reason": "x", "expiresAt": 1772323200000 },
    ^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of npm-audit-resolver for minimist expired on 2026-03-01, so its findings are reported again. Extend it or remove it.
    "578|minimist": { "decision": "ignore", "madeAt": 1772323200000 },
    ^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of npm-audit-resolver for minimist has no reason and no last day. Move it to dependency-hygiene.json, which requires both.
    "579|a>gone": { "decision": "ignore", "reason": "x", "expiresAt": 1798675200000 },
    ^^^^^^^^^^^^ audit-ignore-invalid: The entry of npm-audit-resolver for gone accepts nothing, as no lockfile has that package. Remove it.
    "580|minimist": { "decision": "fix", "madeAt": 1772323200000 },
    "581|minimist": { "decision": "ignore", "reason": "x", "expiresAt": 1798675200000 }
  }
}
`));

  test('osv-scanner.toml, .nsprc and audit-ci.jsonc', () =>
    expectMarks(`${MANIFEST}-- osv-scanner.toml --
[[IgnoredVulns]]
id = "GHSA-xvch-5gv4-984h"
     ^^^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of osv-scanner for GHSA-xvch-5gv4-984h has no last day. Move it to dependency-hygiene.json, which requires both.
reason = "x"

[[IgnoredVulns]]
id = "GHSA-xvch-5gv4-984h"
     ^^^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of osv-scanner for GHSA-xvch-5gv4-984h expired on 2026-01-01, so its findings are reported again. Extend it or remove it.
ignoreUntil = 2026-01-01
reason = "x"

[[PackageOverrides]]
ignore = true
         ^^^^ audit-ignore-invalid: The entry of osv-scanner for every package accepts every future advisory. Name an id and a package.
-- .nsprc --
{
  "1337": { "active": true, "expiry": "2027-01-31" },
  ^^^^^^ audit-ignore-invalid: The entry of better-npm-audit for 1337 has no reason. Move it to dependency-hygiene.json, which requires both.
  "1338": { "active": false }
}
-- audit-ci.jsonc --
{
  "allowlist": [
    // nothing parses arguments
    "GHSA-xvch-5gv4-984h",
    ^^^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of audit-ci for GHSA-xvch-5gv4-984h has no last day. Move it to dependency-hygiene.json, which requires both.
    { "axios": { "active": true, "notes": "x", "expiry": "2026-12-31" } }
  ]
}
`));

  const PNPM = '-- package.json --\n{ "name": "shop", "packageManager": "pnpm@11.2.0" }\n';
  test('pnpm and Yarn: what they cannot hold is worth knowing, what they do not read is a slip', async () => {
    await expectMarks(`-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.2.0", "pnpm": { "auditConfig": { "ignoreGhsas": ["GHSA-aaaa-bbbb-cccc"] } } }
                                                                                              ^^^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of pnpm audit for GHSA-aaaa-bbbb-cccc accepts nothing, as pnpm 11 and later do not read "pnpm" in package.json. Remove it.
-- pnpm-workspace.yaml --
auditConfig:
  ignoreCves:
    - CVE-2021-44906
      ^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of pnpm audit for CVE-2021-44906 accepts nothing, as pnpm 11 and later do not read auditConfig.ignoreCves. Remove it.
audit:
  ignore:
    - GHSA-xvch-5gv4-984h # a build tool
      ^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of pnpm audit for GHSA-xvch-5gv4-984h has no last day. Move it to dependency-hygiene.json, which requires both.
    - 1500
`);
    await expectMarks(`-- package.json --
{ "name": "shop", "packageManager": "yarn@4.18.1" }
-- .yarnrc.yml --
npmAuditExcludePackages:
  - "*"
    ^^^ audit-ignore-invalid: The entry of yarn npm audit for * accepts every future advisory. Name an id and a package.
npmAuditIgnoreAdvisories:
  - 1090865
    ^^^^^^^ audit-ignore-invalid: The entry of yarn npm audit for 1090865 has no reason and no last day. Move it to dependency-hygiene.json, which requires both.
  - GHSA-xvch-5gv4-984h
    ^^^^^^^^^^^^^^^^^^^ audit-ignore-invalid: The entry of yarn npm audit for GHSA-xvch-5gv4-984h accepts nothing, as Yarn compares with npm's numbers of advisories. Remove it.
`);
    const kept = await severities(
      `${PNPM}-- pnpm-workspace.yaml --\naudit:\n  ignore: [GHSA-xvch-5gv4-984h]\n`,
    );
    assert.match(kept.join(), /^information: /);
  });

  test('an older pnpm, or an unknown one, reads what it reads', async () => {
    const source = (manager: string) => `-- package.json --
{ "name": "shop"${manager}, "pnpm": { "auditConfig": { "ignoreCves": ["CVE-2021-44906"] } } }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
`;
    for (const manager of ['', ', "packageManager": "pnpm@10.4.0"'])
      assert.deepEqual(await severities(source(manager)), [
        'information: The entry of pnpm audit for CVE-2021-44906 has no reason and no last day. Move it to dependency-hygiene.json, which requires both.',
      ]);
  });

  test('of a package manager that the project does not use nothing is said', async () => {
    const npm = '-- package.json --\n{ "name": "shop", "packageManager": "npm@11.0.0" }\n';
    const files =
      '-- pnpm-workspace.yaml --\naudit:\n  ignore: [CVE-2021-44906]\n-- .yarnrc.yml --\nnpmAuditExcludePackages: ["*"]\n';
    assert.deepEqual(await severities(npm + files), []);
  });

  test('a list may stay where dependency-hygiene.json says why and for how long', async () => {
    const list = '-- pnpm-workspace.yaml --\naudit:\n  ignore: [GHSA-xvch-5gv4-984h]\n';
    const entry = (expires: string) =>
      policy(
        `{ "rule": "vulnerable-dependency", "id": "ghsa-XVCH-5gv4-984h", "reason": "x", "expires": "${expires}" }`,
      );
    assert.deepEqual(await severities(PNPM + list + entry('2027-01-01')), []);
    assert.equal((await severities(PNPM + list + entry('2020-01-01'))).length, 2);
  });

  test('mending', async () => {
    const yaml = `${PNPM}-- pnpm-workspace.yaml --
packages: [a]
audit:
  ignore:
    # a build tool
    - GHSA-xvch-5gv4-984h
`;
    const copied = await fixOf(yaml, RULE, /^Copy to dependency-hygiene\.json, until 2027-02-22$/);
    assert.match(
      copied,
      /"id": "GHSA-xvch-5gv4-984h",\s*"reason": "a build tool",\s*"expires": "2027-02-22"/,
    );
    // The project's own audit reads it there.
    assert.match(copied, /# a build tool\n {4}- GHSA-xvch-5gv4-984h/);

    const toml = `${MANIFEST}-- osv-scanner.toml --
[[IgnoredVulns]]
id = "GHSA-xvch-5gv4-984h"
ignoreUntil = 2026-01-01
reason = "x"
`;
    assert.match(await fixOf(toml, RULE, /^Extend until 2026-12-24$/), /ignoreUntil = 2026-12-24\n/);
    assert.match(
      await fixOf(toml, RULE, /^Remove the entry from osv-scanner\.toml$/),
      /osv-scanner\.toml --\n$/,
    );
    const resolve = `${MANIFEST}-- audit-resolve.json --
{ "version": 1, "decisions": { "GHSA-xvch-5gv4-984h|a>minimist": { "decision": "ignore", "reason": "dev only" } } }
`;
    assert.match(
      await fixOf(resolve, RULE, /^Copy to/),
      /"package": "minimist",\s*"reason": "dev only; it was for the path a>minimist only"/,
    );
  });
});

describe('typing', () => {
  test('any beginning of a file gives findings inside it', async () => {
    const texts = {
      'dependency-hygiene.json':
        '{ "ignores": [{ "rule": "a", "id": "GHSA-xvch-5gv4-984h", "expires": "2020-01-01" }] }',
      'audit-resolve.json':
        '{ "version": 1, "decisions": { "1|a": { "decision": "ignore", "expiresAt": 1 } } }',
      'osv-scanner.toml': '[[IgnoredVulns]]\nid = "GHSA-xvch-5gv4-984h"\nignoreUntil = 2020-01-01\n',
      'pnpm-workspace.yaml': 'audit:\n  ignore:\n    - CVE-2021-44906\n    - "x"\n',
    };
    const source = Object.keys(texts)
      .map((path) => `-- ${path} --\n\n`)
      .join('');
    const workspace = await openWorkspace(MANIFEST + source);
    for (const [path, text] of Object.entries(texts)) {
      const uri = workspace.uri(path);
      let found = 0;
      for (let length = 0; length <= text.length; length++) {
        workspace.session.setOverlay(uri, text.slice(0, length));
        for (const finding of workspace.snapshot.diagnose(uri).findings) {
          const { start, end } = finding.span;
          assert.ok(start >= 0 && start <= end && end <= length, `${path} cut at ${length}`);
          workspace.snapshot.fixesOf(finding);
          if (finding.rule === RULE) found++;
        }
      }
      assert.ok(found > 0, path);
    }
  });
});
