import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { parquetReadObjects } from 'hyparquet';
import { createHistory, FORMATS, type History } from './lockfile-histories.ts';
import { makeProject, runCli } from './run-cli.ts';

interface ReportedRepository {
  readonly repository: string;
  readonly state: string;
  readonly lockfiles: number;
  readonly packages: number;
  readonly notRead: readonly { readonly subject: string; readonly reason: string }[];
}

const validator = new Validator(
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../server/schema/inventory-report.schema.json'), 'utf8'),
  ) as Schema,
  '7',
  false,
);

function inventory(...args: readonly string[]): {
  readonly code: number | null;
  readonly repositories: readonly ReportedRepository[];
} {
  const { code, out, error } = runCli(['inventory', ...args, '--json']);
  assert.equal(error, '');
  const report = JSON.parse(out) as { readonly repositories: readonly ReportedRepository[] };
  assert.deepEqual(validator.validate(report).errors, []);
  return { code, ...report };
}

type Row = Readonly<Record<string, unknown>>;

function rowsIn(folder: string, table: string): readonly Row[] {
  return globSync(`${table}/*/*.ndjson`, { cwd: folder })
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** A folder of repositories, each with a lockfile of one format. */
function repositories(): { readonly parent: string; readonly all: readonly History[] } {
  const parent = makeProject({});
  const all = FORMATS.map(([file, , text], at) => {
    const own = createHistory(join(parent, `r${at}`));
    own.write(file, text({ good: '1.0.0', '@acme/lib': `2.${at}.0` }));
    own.write(
      'package.json',
      JSON.stringify({ name: `shop-${at}`, dependencies: { good: '^1.0.0', '@acme/lib': `^2.${at}.0` } }),
    );
    own.commit();
    return own;
  });
  return { parent, all };
}

/** The formats with a name of the root, by their place in `FORMATS`. */
const OWN_NAMES = [1, 3, 6];

describe('inventory', () => {
  const { parent, all } = repositories();
  const folder = join(makeProject({}), 'out');

  test('writes a row for each package of each lockfile in every format', () => {
    const { code, repositories } = inventory('--repos', parent, '--out', folder, '--files', 'ndjson');
    assert.equal(code, 0, JSON.stringify(repositories));
    const rows = rowsIn(folder, 'packages');
    assert.deepEqual(
      rows.map(({ repository, name, version, source, depth, scope }) => [
        repository,
        name,
        version,
        source,
        depth,
        scope,
      ]),
      FORMATS.flatMap((_, at) => [
        [`r${at}`, '@acme/lib', `2.${at}.0`, 'registry', 1, 'production'],
        [`r${at}`, 'good', '1.0.0', 'registry', 1, 'production'],
      ]),
    );
    assert.deepEqual(rows[0]!.committed, '2026-05-28T21:26:40.000Z');
    assert.ok(repositories.every(({ packages, state }) => packages === 2 && state === 'written'));
    assert.deepEqual(
      rowsIn(folder, 'members').map(({ repository, name }) => [repository, name]),
      FORMATS.map((_, at) => [`r${at}`, OWN_NAMES.includes(at) ? 'shop' : `shop-${at}`]),
    );
  });

  test('reads only new commits, keeps rows of earlier ones, and lists the latest', () => {
    const own = all[1]!;
    own.write('package-lock.json', FORMATS[1]![2]({ good: '1.1.0' }));
    const head = own.commit();
    const { repositories } = inventory('--repos', parent, '--out', folder);
    assert.deepEqual(
      repositories.filter(({ state }) => state === 'written').map(({ repository }) => repository),
      ['r1'],
    );
    assert.equal(globSync('packages/r1/*.ndjson', { cwd: folder }).length, 2);
    const list = readFileSync(join(folder, 'repositories.ndjson'), 'utf8');
    assert.ok(list.includes(`{"repository":"r1","commit":"${head}"`));
  });

  test('lists what could not be read, and reads it again', () => {
    const own = createHistory(join(makeProject({}), 'broken'));
    own.write('package-lock.json', '{ "lockfileVersion": 3, "packages": { "node_modules/a": {');
    own.commit();
    const out = join(makeProject({}), 'out');
    for (let run = 0; run < 2; run++) {
      const { code, repositories } = inventory(own.directory, '--out', out);
      assert.equal(code, 2);
      assert.equal(repositories[0]!.state, 'written');
      assert.equal(repositories[0]!.notRead[0]!.subject, 'package-lock.json');
    }
    assert.equal(inventory(makeProject({}), '--out', out).code, 2);
  });

  test('an error in one repository is its gap, and the others are written', () => {
    const { parent } = repositories();
    const out = join(makeProject({}), 'out');
    mkdirSync(join(out, 'packages'), { recursive: true });
    writeFileSync(join(out, 'packages/r1'), 'in the way');
    const { code, repositories: read } = inventory('--repos', parent, '--out', out, '--files', 'ndjson');
    assert.equal(code, 2);
    assert.deepEqual(
      read.map(({ state, packages }) => `${state} ${packages > 0}`),
      FORMATS.map((_, at) => (at === 1 ? 'not-read false' : 'written true')),
    );
    assert.equal(read[1]!.notRead.length, 1);
    assert.match(read[1]!.notRead[0]!.reason, /^it was not searched, because of an error: \S/);
  });

  test('a copy that lost its last commit keeps the rows of the one before', () => {
    const own = createHistory(join(makeProject({}), 'lost'));
    own.write('package-lock.json', FORMATS[1]![2]({ good: '1.0.0' }));
    own.commit();
    const out = join(makeProject({}), 'out');
    assert.equal(inventory(own.directory, '--out', out, '--files', 'ndjson').code, 0);
    const list = () => readFileSync(join(out, 'repositories.ndjson'), 'utf8');
    const before = list();
    own.write('package-lock.json', FORMATS[1]![2]({ good: '1.0.1' }));
    const head = own.commit();
    const tree = own.git('rev-parse', 'HEAD^{tree}');
    rmSync(join(own.directory, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    const { code, repositories: read } = inventory(own.directory, '--out', out);
    assert.equal(code, 2);
    assert.equal(read[0]!.state, 'not-read');
    assert.equal(list(), before, head);
  });

  test('writes Parquet by default, with nulls for what is unknown', async () => {
    const out = join(makeProject({}), 'out');
    inventory(all[0]!.directory, '--out', out);
    const [file] = globSync('packages/*/*.parquet', { cwd: out });
    const { buffer, byteOffset, byteLength } = readFileSync(join(out, file!));
    const rows = await parquetReadObjects({
      file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
    });
    assert.deepEqual(
      rows.map(({ name, version, depth, license, committed }) => [name, version, depth, license, committed]),
      ['@acme/lib', 'good'].map((name) => [
        ...[name, name === 'good' ? '1.0.0' : '2.0.0', 1, null],
        new Date('2026-05-28T21:26:40.000Z'),
      ]),
    );
    assert.match(
      runCli(['inventory', all[0]!.directory, '--out', out, '--files', 'ndjson']).error,
      /has parquet files/,
    );
  });

  test('writes bills of materials, and removes those of lockfiles that are gone', () => {
    const own = createHistory(join(makeProject({}), 'shop'));
    for (const path of ['package-lock.json', 'web/package-lock.json'])
      own.write(path, FORMATS[1]![2]({ good: '1.0.0' }));
    own.commit();
    const out = join(makeProject({}), 'out');
    inventory(own.directory, '--out', out, '--sbom');
    const names = () =>
      globSync('sbom/shop/*', { cwd: out })
        .map((path) => basename(path))
        .sort();
    assert.deepEqual(names(), ['package-lock~2ejson.cdx.json', 'web~2fpackage-lock~2ejson.cdx.json']);
    const bom = JSON.parse(readFileSync(join(out, 'sbom/shop/package-lock~2ejson.cdx.json'), 'utf8')) as {
      readonly components: readonly { readonly purl: string }[];
    };
    assert.deepEqual(
      bom.components.map(({ purl }) => purl),
      ['pkg:npm/good@1.0.0'],
    );
    rmSync(join(own.directory, 'web/package-lock.json'));
    own.commit();
    inventory(own.directory, '--out', out, '--sbom');
    assert.deepEqual(names(), ['package-lock~2ejson.cdx.json']);
  });

  test('never writes outside of its folder, whatever repositories are called', () => {
    const own = createHistory(join(makeProject({}), 'od*d [x].git'));
    own.write('package-lock.json', FORMATS[1]![2]({ good: '1.0.0' }));
    own.commit();
    const out = join(makeProject({}), 'out');
    assert.equal(inventory(own.directory, '--out', out).repositories[0]!.repository, 'od*d [x]');
    assert.ok(existsSync(join(out, 'packages/od~2ad~20~5bx~5d')));
  });

  test('names files within what file systems take, and commits may state any time', () => {
    const own = createHistory(join(makeProject({}), 'long'));
    const folders = ['a', 'b'].map((end) => `${`${'d'.repeat(60)}/`.repeat(4)}${end}`);
    for (const path of folders) own.write(`${path}/package-lock.json`, FORMATS[1]![2]({ good: '1.0.0' }));
    own.commit(9_000_000_000_000);
    for (const files of ['ndjson', 'parquet']) {
      const out = join(makeProject({}), 'out');
      const ended = inventory(own.directory, '--out', out, '--sbom', '--files', files);
      assert.equal(ended.code, 0);
      assert.equal(ended.repositories[0]!.packages, 2);
      assert.equal(globSync('sbom/long/*.cdx.json', { cwd: out }).length, 2);
    }
  });

  test('says what to do about a binary lockfile', () => {
    const own = createHistory(join(makeProject({}), 'binary'));
    own.write('bun.lockb', '#!/usr/bin/env bun\nbun-lockfile-format-v0\n\0');
    own.commit();
    const { code, repositories } = inventory(own.directory, '--out', join(makeProject({}), 'out'));
    assert.equal(code, 2);
    assert.match(
      JSON.stringify(repositories[0]!.notRead),
      /binary and .*; run bun install --save-text-lockfile/,
    );
  });

  test('a lockfile cannot hide behind a path that is no text', () => {
    const own = createHistory(join(makeProject({}), 'bytes'));
    own.write('package-lock.json', FORMATS[1]![2]({ good: '1.0.0' }));
    own.commit();
    const folder = (byte: number) =>
      Buffer.concat([
        Buffer.from(`040000 tree ${own.git('rev-parse', 'HEAD^{tree}')}\ta`),
        Buffer.from([byte, 0]),
      ]);
    const input = Buffer.concat([folder(0xfe), folder(0xff)]);
    const tree = execFileSync('git', ['mktree', '-z'], { cwd: own.directory, input }).toString().trim();
    own.git('update-ref', 'HEAD', own.git('commit-tree', tree, '-m', 'bytes'));
    const { code, repositories } = inventory(own.directory, '--out', join(makeProject({}), 'out'));
    assert.equal(code, 2);
    assert.deepEqual(repositories[0]!.notRead, [
      { subject: 'a\ufffd/package-lock.json', reason: 'another path in HEAD is the same as text' },
    ]);
  });

  test('refuses two repositories of one name', () => {
    const two = [0, 1].map(() => createHistory(join(makeProject({}), 'same')).directory);
    assert.match(runCli(['inventory', ...two, '--out', folder]).error, /two repositories are called same/);
  });
});

describe('inventory query', () => {
  const folder = join(makeProject({}), 'out');
  const own = createHistory(join(makeProject({}), 'shop'));
  own.write('package-lock.json', FORMATS[1]![2]({ good: '1.0.0' }));
  own.commit();
  inventory(own.directory, '--out', folder);
  const query = (...args: readonly string[]) => runCli(['inventory', 'query', ...args]);

  test('prints the SQL of a question', () => {
    assert.match(
      query('who-uses', "it's@1.0.0", '--sql').out,
      /WHERE name = 'it''s' AND version = '1\.0\.0'/,
    );
    assert.match(query('versions', '@acme/lib', '--sql').out, /WHERE name = '@acme\/lib'\n/);
  });

  test('says how to install DuckDB where it is missing, and loads none from the current folder', () => {
    const cwd = makeProject({
      'node_modules/@duckdb/node-api/package.json': { name: '@duckdb/node-api', main: 'index.js' },
      'node_modules/@duckdb/node-api/index.js': 'throw new Error("loaded");',
    });
    const ended = runCli(['inventory', 'query', 'scripts', '--in', folder], { cwd });
    assert.equal(ended.code, 2);
    assert.match(ended.error, /DuckDB is not installed.*npm install --global @duckdb\/node-api/);
  });

  test('refuses what it cannot answer', () => {
    for (const [args, error] of [
      [['--in', folder], /needs a question/],
      [['scripts'], /add --in <folder>/],
      [['scripts', '--in', makeProject({})], /is not an inventory/],
      [['who-uses', '--in', folder], /needs the name of a package/],
      [['who-uses', 'a\\b', '--in', folder], /needs the name of a package/],
      [['scripts', 'chalk', '--in', folder], /takes no "chalk"/],
      [['nothing', '--in', folder], /there is no question "nothing"/],
    ] as const) {
      const ended = query(...args);
      assert.equal(ended.code, 2, args.join(' '));
      assert.match(ended.error, error);
    }
  });
});
