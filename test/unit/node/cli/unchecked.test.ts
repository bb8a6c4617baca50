import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import type { CoverageGap } from '../../../../server/src/core/judge/check/coverage.ts';
import { audit } from '../../../../server/src/node/cli/audit.ts';
import { check } from '../../../../server/src/node/cli/check.ts';
import type { Command } from '../../../../server/src/node/cli/command.ts';
import { diff } from '../../../../server/src/node/cli/diff.ts';
import { graph } from '../../../../server/src/node/cli/graph.ts';
import { ignores } from '../../../../server/src/node/cli/ignores.ts';
import { outdated } from '../../../../server/src/node/cli/outdated.ts';
import { verify } from '../../../../server/src/node/cli/verify.ts';
import { why } from '../../../../server/src/node/cli/why.ts';
import { makeFolder, type Ran, runCommand, withoutUser } from './run-command.ts';

const MANIFEST = '{ "name": "shop", "dependencies": { "left-pad": "1.3.0" } }';
const LOCKFILE = lockfileOf('"version": "1.3.0"');
const NOTHING = { 'package.json': '{ "name": "shop", "private": true }\n' };

function lockfileOf(version: string): string {
  return `{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left-pad": "1.3.0" } },
    "node_modules/left-pad": { ${version}, "integrity": "sha512-${'A'.repeat(86)}==" }
  }
}
`;
}

const BASE = '--base';
const READERS: readonly (readonly [Command, (folder: string) => readonly string[]])[] = [
  [check, (folder) => [folder]],
  [audit, (folder) => [folder]],
  [outdated, (folder) => [folder, '--offline']],
  [graph, (folder) => [folder]],
  [why, (folder) => ['left-pad', folder]],
];

before(withoutUser);

describe('check --fail-on-unchecked', () => {
  const gapsOf = async (folder: string, ...args: readonly string[]) => {
    const { code, out, error } = await runCommand(check, folder, ...args, '--format', 'json');
    const { coverage, exitReason } = JSON.parse(out) as {
      readonly coverage: { readonly state: string; readonly gaps: readonly CoverageGap[] };
      readonly exitReason: string;
    };
    return { code, error, exitReason, ...coverage };
  };

  test('ends with 0 where everything was checked', async () => {
    const { code, error, exitReason, state } = await gapsOf(makeFolder(NOTHING), '--fail-on-unchecked');
    assert.deepEqual([code, error, exitReason, state], [0, '', 'clean', 'checked']);
  });

  test('lists what was not checked, why, and what to do; without it nothing is called clean either', async () => {
    const folder = makeFolder({ 'package.json': MANIFEST, 'package-lock.json': LOCKFILE });
    const { out, code } = await runCommand(check, folder, '--fail-on', 'never');
    assert.equal(code, 0);
    assert.doesNotMatch(out, /^No findings;/m);
    const text = await runCommand(check, folder, '--fail-on-unchecked', '--fail-on', 'never');
    assert.equal(text.code, 2);
    assert.match(
      text.error,
      /^dephygiene: not everything was checked:\n {2}- \d+ rules for left-pad: no registry/,
    );
    assert.match(text.error, /Add --trust if\s+you trust the\s+directory\./);
  });

  for (const [label, args, reason] of [
    ['not asked', [], 'untrusted'],
    ['switched off', ['--trust', '--offline'], 'offline'],
    ['asked and failed', ['--trust'], 'failed'],
  ] as const) {
    test(`says of registries that they were ${label}`, async () => {
      const folder = makeFolder({
        'package.json': MANIFEST,
        'package-lock.json': LOCKFILE,
        '.npmrc': 'registry=http://127.0.0.1:9/\n',
      });
      const { code, exitReason, gaps } = await gapsOf(folder, ...args, '--fail-on-unchecked');
      assert.deepEqual([code, exitReason], [2, 'not-checked']);
      const rules = gaps.filter(({ kind }) => kind === 'rules');
      assert.deepEqual(new Set(rules.map((gap) => gap.reason)), new Set([reason]));
      assert.ok(rules.every(({ packages }) => packages?.includes('left-pad')));
      const source = gaps.find(({ kind }) => kind === 'advisory-source');
      assert.equal(source?.reason, reason);
    });
  }

  test('counts a file of any kind', async () => {
    const folder = makeFolder({ ...NOTHING, '.npmrc': 'registry\0=x\n' });
    const { code, gaps } = await gapsOf(folder, '--fail-on-unchecked');
    assert.deepEqual([code, gaps.map(({ path, reason }) => `${path} ${reason}`)], [2, ['.npmrc unread']]);
    assert.equal((await gapsOf(folder)).code, 0);
  });
});

describe('what was not read', () => {
  test('a package.json that is cut at any byte ends every command that reads it with 2', async () => {
    const whole = makeFolder({ 'package-lock.json': LOCKFILE });
    for (let length = 0; length < MANIFEST.length; length += length % 7 === 0 ? 1 : 3) {
      const folder = makeFolder({ 'package.json': MANIFEST.slice(0, length), 'package-lock.json': LOCKFILE });
      const runs: readonly (readonly [Command, readonly string[]])[] = [
        ...READERS.map(([command, args]) => [command, args(folder)] as const),
        [diff, [folder, BASE, `${whole}/package-lock.json`]],
      ];
      for (const [command, args] of runs) {
        const { code, out, error } = await runCommand(command, ...args);
        assert.equal(code, 2, `${length} ${command.help().slice(0, 60)} ${out} ${error}`);
        assert.match(out + error, /package\.json/);
      }
    }
  });

  test("Bun's binary lockfile alone does, and one beside bun.lock does not", async () => {
    const alone = makeFolder({ 'package.json': MANIFEST, 'bun.lockb': 'x' });
    const whole = makeFolder({ 'package-lock.json': LOCKFILE });
    const compared = (folder: string) => [folder, BASE, `${whole}/package-lock.json`];
    for (const [command, args] of [...READERS, [diff, compared] as const]) {
      const { code, out, error } = await runCommand(command, ...args(alone));
      assert.equal(code, 2, `${command.help().slice(0, 60)} ${out} ${error}`);
      assert.match(out + error, /bun\.lockb/);
    }
    const beside = makeFolder({
      ...NOTHING,
      'bun.lock': '{ "lockfileVersion": 1, "workspaces": { "": {} } }',
      'bun.lockb': 'x',
    });
    for (const command of [check, graph]) assert.equal((await runCommand(command, beside)).code, 0);
  });

  test('a package without a version that can be read is judged by no advisory', async () => {
    for (const version of ['"version": "latest"', '"version": ""', '"resolved": ""']) {
      const folder = makeFolder({ 'package.json': MANIFEST, 'package-lock.json': lockfileOf(version) });
      const { code, out, error } = await runCommand(audit, folder);
      assert.equal(code, 2, version);
      assert.match(out, /^No known vulnerabilities in what was checked/);
      assert.match(error, /left-pad against advisories: the lockfile has no readable version/);
      const checked = await runCommand(check, folder, '--fail-on-unchecked');
      assert.match(checked.error, /left-pad against advisories: the lockfile has no readable version/);
    }
  });
});

/** A registry with a test's responses, each below a path of its own. */
type Reply = readonly [status: number, type: string, body: string];
const replies = new Map<string, Reply>();
const server = createServer((request, response) => {
  const [, name = ''] = request.url!.split('/');
  const [status, type, body] = replies.get(name) ?? [404, 'application/json', '{}'];
  request.resume();
  response.writeHead(status, { 'content-type': type }).end(body);
});
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(() => server.close());

function shopAt(name: string, reply: Reply): string {
  replies.set(name, reply);
  const { port } = server.address() as AddressInfo;
  return makeFolder({
    'package.json': MANIFEST,
    'package-lock.json': LOCKFILE,
    '.npmrc': `registry=http://127.0.0.1:${port}/${name}/\n`,
  });
}

const JSON_TYPE = 'application/json';

describe('outdated --trust', () => {
  for (const [name, reply, said] of [
    ['page', [200, 'text/html', '<html></html>'], 'invalid package document'],
    ['empty', [200, JSON_TYPE, ''], 'invalid package document'],
    ['nameless', [200, JSON_TYPE, '{"versions":{}}'], 'invalid package document'],
    ['bare', [200, JSON_TYPE, '{"name":"left-pad"}'], 'lists no versions'],
    ['untagged', [200, JSON_TYPE, '{"name":"left-pad","versions":{"1.3.0":{}}}'], 'no latest version'],
    ['missing', [404, JSON_TYPE, '{}'], 'no such package'],
  ] as const) {
    test(`never says that nothing is outdated behind an answer of no use: ${name}`, async () => {
      const { code, out } = await runCommand(outdated, shopAt(`outdated-${name}`, reply), '--trust');
      assert.equal(code, 2, out);
      assert.match(out, /^Could not check 1 package for updates\./);
      assert.match(out.replaceAll(/\s+/g, ' '), new RegExp(`Not checked: left-pad: .*${said}`));
    });
  }
});

describe('audit --trust', () => {
  const auditWith = (name: string, reply: Reply, ...args: readonly string[]): Promise<Ran> =>
    runCommand(audit, shopAt(name, reply), '--trust', ...args);

  for (const [name, reply, said] of [
    ['login', [200, 'text/html', '<!doctype html><title>Log in</title>'], 'a web page'],
    ['portal', [200, JSON_TYPE, '<html></html>'], 'a web page'],
    ['gone', [404, JSON_TYPE, '{}'], 'does not offer advisories'],
    ['forbidden-method', [405, 'text/plain', ''], 'does not offer advisories'],
    ['broken', [500, JSON_TYPE, '{}'], 'status 500'],
    ['silent', [200, JSON_TYPE, ''], 'an unreadable response'],
    ['none', [204, JSON_TYPE, ''], 'status 204'],
    ['list', [200, JSON_TYPE, '[]'], 'an unreadable response'],
    ['error', [200, JSON_TYPE, '{"error":"log in"}'], 'an unreadable response'],
    ['other', [200, JSON_TYPE, '{"advisories":{},"metadata":{}}'], 'an unreadable response'],
  ] as const) {
    test(`is never clean behind an answer of no use: ${name}`, async () => {
      const { code, out, error } = await auditWith(name, reply);
      assert.equal(code, 2, out);
      assert.match(out, /^No known vulnerabilities in what was checked/);
      assert.match(out.replaceAll(/\s+/g, ' '), new RegExp(`Not checked: .* for 1 package .*${said}`));
      assert.match(error, /gave no usable answer/);
      const json = await auditWith(name, reply, '--json');
      assert.equal(json.code, 2);
      assert.equal(JSON.parse(json.out).coverage.state, 'partly');
    });
  }

  test('is clean where the registry answered that there is nothing', async () => {
    const { code, out, error } = await auditWith('clean', [200, JSON_TYPE, '{}']);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^No known vulnerabilities; 1 locked package\./);
  });

  test('an advisory with a range that nobody can read could not be judged', async () => {
    const odd = {
      id: 7,
      url: '/GHSA-2222-3333-4444',
      severity: 'high',
      vulnerable_versions: 'before the fix',
    };
    const reply = [200, JSON_TYPE, JSON.stringify({ 'left-pad': [odd] })] as const;
    const { code, out, error } = await auditWith('odd', reply);
    assert.equal(code, 2);
    assert.match(
      out.replaceAll(/\s+/g, ' '),
      /Not checked: left-pad 1\.3\.0 against GHSA-2222-3333-4444: could not be judged, as the range/,
    );
    assert.match(error, /could not be judged/);
    const accepting = await auditWith('odd', reply, '--json');
    assert.equal(JSON.parse(accepting.out).coverage.gaps[0].reason, 'undecided');
  });
});

test('ignores import calls no file empty that it could not read', async () => {
  for (const text of ['', '[]', '{"GHSA-xvch-5gv4-984h": ', '\0', '<<<<<<< HEAD\n']) {
    const folder = makeFolder({ ...NOTHING, '.nsprc': text });
    for (const args of [[], ['--from', `${folder}/.nsprc`]]) {
      const { code, out, error } = await runCommand(ignores, 'import', folder, ...args);
      assert.equal(code, 2, text);
      assert.doesNotMatch(out, /No ignore entries of other tools found\./);
      assert.match(error, /\.nsprc: (?:not read|read only in part)[:,] /);
    }
  }
});

test('verify names what is known against a version, whether its registry answers or not', async () => {
  const folder = makeFolder(NOTHING);
  const vulnerable = await runCommand(verify, 'minimist@1.2.5', folder, '--offline');
  assert.equal(vulnerable.code, 1);
  assert.match(vulnerable.out, /^Advisories +DOUBTFUL: a known vulnerability \(GHSA-xvch-5gv4-984h\)$/m);
  const malware = await runCommand(verify, 'ua-parser-js@0.7.29', folder, '--offline');
  assert.match(malware.out, /^Advisories +WRONG: known malware \(GHSA-/m);
  const neither = await runCommand(verify, 'minimist@1.2.8', folder, '--offline');
  assert.doesNotMatch(neither.out, /Advisories/);
});
