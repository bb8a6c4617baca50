import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { RULES } from '../../server/src/core/judge/rules/index.ts';
import { indexLines } from '../../server/src/core/read/text/lines/line-index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DEMO = path.join(ROOT, 'test/fixtures/demo');

interface Report {
  readonly files: readonly { path: string; status: string }[];
  readonly findings: readonly {
    rule: string;
    severity: string;
    path: string;
    package?: string;
    target?: string;
    range: { start: { line: number; character: number }; end: { line: number; character: number } };
    message: string;
  }[];
  readonly summary: Record<string, number>;
}

const report = await check('test/fixtures/demo', '--offline', '--fail-on', 'never');

describe('the demo', () => {
  test('has the twelve names as warnings with the name that is meant', () => {
    const expected = {
      lodash: ['lodahs', 'lodash-', 'lodashjs'],
      react: ['react-js', 'reactt', 'reacct'],
      express: ['expres', 'expresss', 'express-js'],
      moment: ['momentt', 'moment-js', 'momnet'],
    };
    const found = report.findings.filter(
      ({ rule, path: file }) => rule === 'typosquat-name' && file === 'shop/package.json',
    );
    assert.deepEqual(
      found.map((finding) => `${finding.package} ${finding.target} ${finding.severity}`).sort(),
      Object.entries(expected)
        .flatMap(([target, names]) => names.map((name) => `${name} ${target} warning`))
        .sort(),
    );
  });

  test('has the name of the package between the ends of each of their ranges', () => {
    const text = readFileSync(path.join(DEMO, 'shop/package.json'), 'utf8');
    const lines = indexLines(text);
    for (const { rule, path: file, range, package: name } of report.findings) {
      if (rule !== 'typosquat-name' || file !== 'shop/package.json') continue;
      assert.equal(text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end)), JSON.stringify(name));
    }
  });

  test('is silent about react, preact, vue, vuex and lodash-es', () => {
    const silent = ['react', 'preact', 'vue', 'vuex', 'lodash-es'];
    assert.deepEqual(
      report.findings.filter(({ package: name }) => silent.includes(name ?? '')),
      [],
    );
  });

  test('shows each rule that asks no registry at least once', () => {
    const shown = new Set(report.findings.map(({ rule }) => rule));
    // An invalid configuration file would interfere with everything else here, none of these packages is ever
    // published, and there is no base to compare with.
    const ofBase = ['install-source-changed', 'install-code-changed'];
    // The lockfile pins what its git dependencies follow.
    const held = ['git-dependency-unpinned'];
    // No file of this repository has a token, not even an invented one.
    const secret = ['plaintext-token'];
    // Its policy requires nothing, as a required control would be missing in each of its projects.
    const required = ['control-missing'];
    // Files of CI services, builds and editors count at the top of a repository, and the demo lies in another one.
    const atTheTop = RULES.filter(({ id }) => /^(?:ci-|editor-)|-build-file$/.test(id)).map(({ id }) => id);
    // They read source code and installed packages, of which the demo has none, or a list that it has not.
    const ofCode = [
      'suspicious-code',
      'installed-mismatch',
      'unused-dependency',
      'missing-dependency',
      'sbom-stale',
    ];
    // Hints of the preset "all".
    const hints = ['engines-mismatch', 'built-in-replacement'];
    const notHere = [
      ...[...ofCode, ...hints],
      ...atTheTop,
      ...['policy-file-invalid', 'publish-target-unguarded'],
      ...[...ofBase, ...held, ...secret, ...required],
    ];
    const expected = RULES.filter(({ id, facts }) => facts.length === 0 && !notHere.includes(id)).map(
      ({ id }) => id,
    );
    assert.deepEqual(
      expected.filter((id) => !shown.has(id)),
      [],
    );
  });

  test('was read whole, but for what stands between the markers of a merge conflict', () => {
    assert.deepEqual(
      report.files.filter(({ status }) => status !== 'checked'),
      [
        {
          path: 'merge/package-lock.json',
          kind: 'package-lock',
          status: 'partial',
          reason: 'Line 11: unresolved merge conflict; 2 of 3 entries read.',
          entries: { read: 2, total: 3 },
        },
      ],
    );
  });
});

async function check(...args: string[]): Promise<Report> {
  const cli = path.join(ROOT, 'dist/cli.js');
  const run = await promisify(execFile)(process.execPath, [cli, 'check', ...args, '--format', 'json'], {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, HOME: path.join(tmpdir(), 'no-home') },
  });
  return JSON.parse(run.stdout) as Report;
}
