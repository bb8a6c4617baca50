import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import type { Severity } from '../../server/src/core/read/text/finding.ts';
import { canonicalUri } from '../../server/src/core/read/text/paths/uri.ts';
import type { JsonReport } from '../../server/src/core/show/report/check/json.ts';
import { type Summary, severityLabels, summarize } from '../../server/src/core/show/report/check/summary.ts';
import { isChecked } from '../../server/src/lsp/open-documents.ts';
import { PNPM, repository, SHOP, write } from '../cli/changes/changed-code.ts';
import { makeProject, runCli } from '../cli/run-cli.ts';
import { type Capabilities, PULLING } from '../lsp/capabilities.ts';
import { startBuiltServer } from '../registry-servers/support/built-server.ts';
import { makeHome } from '../registry-servers/support/home.ts';
import { projectFiles, readCorpus } from './corpus.ts';

const DEMO = join(import.meta.dirname, '../fixtures/demo');
/** One lockfile format each, workspaces and single packages, old and new. */
const FOLDERS: ReadonlySet<string> = new Set([
  ...['hono-bun-v1', 'discordjs-pnpm-v9', 'excalidraw-yarn-v1', 'excalidraw-npm-v1', 'jest-berry-v10'],
  ...['retire-npm-v3', 'rust-analyzer-npm-v1', 'vscode-eslint-npm-v2', 'vite-pnpm-v9'],
  'balena-cli-shrinkwrap-v3',
]);
const SEVERITIES = ['', 'error', 'warning', 'information', 'hint'];

/** The client receives everything at once, as it cannot be told to pull again. */
const AT_ONCE: Capabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, diagnostics: { refreshSupport: false } },
};

interface Shown {
  readonly findings: readonly string[];
  readonly summary: Summary;
}

const home = makeHome({ npmrc: '' });

function lineOf(
  path: string,
  { start, end }: Diagnostic['range'],
  ...rest: readonly (string | number | undefined)[]
): string {
  const place = [start.line, start.character, end.line, end.character].join(':');
  return [path, place, ...rest].join(' ');
}

/** Returns the findings of `check`, one per line. */
function inCheck(folder: string): Shown {
  const { out, error } = runCli(['check', folder, '--format', 'json', '--offline', '--trust'], {
    env: home.env,
  });
  assert.notEqual(out, '', error);
  const { findings, summary } = JSON.parse(out) as JsonReport;
  const lines = findings.map(({ path, range, rule, severity, message }) =>
    lineOf(path, range, rule, severity, message),
  );
  return { findings: lines.sort(), summary };
}

/** Returns the Problems panel after every checked file was opened, and the status bar's counts. */
async function inEditor(folder: string, files: readonly string[], atLeast: number): Promise<Shown> {
  const settings = { online: false };
  const options = { project: folder, env: home.env, capabilities: AT_ONCE, settings, status: true };
  const server = await startBuiltServer(options);
  const { client, uri } = server;
  for (const file of files.filter((file) => isChecked(canonicalUri(uri(file))))) {
    await client.open(uri(file));
    await client.pull(uri(file));
  }
  const shown = async () => {
    const { items } = await client.connection.sendRequest<{
      items: { uri: string; items: readonly Diagnostic[] }[];
    }>('workspace/diagnostic', { previousResultIds: [] });
    return items.flatMap((item) => {
      const path = relative(folder, fileURLToPath(item.uri)).replaceAll('\\', '/');
      return item.items.map(({ range, code, severity = 0, message }) =>
        lineOf(path, range, code, SEVERITIES[severity], String(message)),
      );
    });
  };
  let findings = await shown();
  // Results that need git arrive after the first findings.
  for (let tries = 0; findings.length < atLeast && tries < 100; tries++) {
    await setTimeout(100);
    findings = await shown();
  }
  interface Status extends Summary {
    readonly working: boolean;
  }
  const last = () => client.statuses.at(-1) as Status | undefined;
  await client.until(() => last()?.working === false);
  const { errors, warnings, information, hints } = last()!;
  await server.stop();
  return { findings: findings.sort(), summary: { errors, warnings, information, hints } };
}

async function compare(folder: string, files: readonly string[]): Promise<void> {
  const check = inCheck(folder);
  const editor = await inEditor(folder, files, check.findings.length);
  assert.ok(check.findings.length > 0);
  const only = (mine: Shown, other: Shown) => mine.findings.filter((one) => !other.findings.includes(one));
  assert.deepEqual({ check: only(check, editor), editor: only(editor, check) }, { check: [], editor: [] });
  assert.deepEqual(editor.findings, check.findings);
  assert.deepEqual(editor.summary, check.summary);
  const severities = check.findings.map((line) => ({ severity: line.split(' ')[3] as Severity }));
  assert.deepEqual(check.summary, summarize(severities));
  const options = ['--offline', '--trust', '--fail-on', 'never', '--severity', 'hint'];
  const [head = ''] = runCli(['check', folder, ...options], { env: home.env }).out.split('\n\n');
  const first = head.replaceAll(/\s+/g, ' ');
  for (const [, label] of severityLabels(severities)) assert.ok(first.includes(label), `${label}: ${first}`);
}

describe('an editor and check have the same findings and count them alike', () => {
  test('the demo', async () => {
    await compare(DEMO, globSync('**/{*,.*}', { cwd: DEMO }));
  });

  test('changes that are not committed', async () => {
    const base = {
      ...PNPM,
      '.npmrc': 'fund=false\n',
      '.pnpmfile.cjs': 'a\n',
      'package.json': { ...SHOP, workspaces: ['packages/*'], scripts: { prepare: 'node tools/setup.js' } },
      'pnpm-workspace.yaml': 'packages: [packages/*]\n',
      'packages/b/package.json': { name: 'b' },
      'tools/setup.js': "require('./lib')\n",
      'tools/lib.js': 'a\n',
    };
    const folder = repository(base);
    write(folder, {
      '.npmrc': 'registry=https://npm.other.example.test/\n',
      '.pnpmfile.cjs': 'b\n',
      'packages/b/package.json': { name: 'b', scripts: { install: 'mine' } },
      'tools/lib.js': 'b\n',
    });
    const { findings } = inCheck(folder);
    for (const [path, rule] of [
      ['.npmrc', 'install-source-changed'],
      ['.pnpmfile.cjs', 'install-code-changed'],
      ['package.json', 'install-code-changed'],
      ['packages/b/package.json', 'install-code-changed'],
    ] as const)
      assert.ok(
        findings.some((line) => line.startsWith(`${path} `) && line.includes(` ${rule} `)),
        path,
      );
    await compare(folder, Object.keys(base));
  });

  const rows = new Map(readCorpus().map((row) => [row.folder, row]));
  for (const folder of FOLDERS) {
    const row = rows.get(folder);
    test(folder, { skip: row === undefined && 'the corpus is not beside this checkout' }, async () => {
      const files = projectFiles(row!);
      await compare(makeProject(Object.fromEntries(files)), [...files.keys()]);
    });
  }
});
