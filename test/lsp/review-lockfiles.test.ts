import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { reviewGroupLabel } from '../../client/src/group-labels.ts';
import {
  type LockfileReview,
  type ReviewBase,
  type ReviewedLockfile,
  type ReviewRequest,
  SERVER_COMMANDS,
} from '../../server/src/lsp/messages.ts';
import { commit, repository, write } from '../cli/changes/changed-code.ts';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from '../registry-servers/support/built-server.ts';
import { makeHome } from '../registry-servers/support/home.ts';

const home = makeHome({ npmrc: '' });

const filesOf = (folder: string, dependencies: Readonly<Record<string, string>>) => ({
  [`${folder}/package.json`]: { name: folder, private: true, dependencies },
  [`${folder}/package-lock.json`]: lockfileOf(dependencies),
});

const git = (directory: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd: directory, encoding: 'utf8', stdio: 'pipe' }).trim();

const opened = (project: string, trusted = true): Promise<BuiltServer> =>
  startBuiltServer({ project, env: home.env, trusted, settings: { online: false } });

function execute<T>({ client }: BuiltServer, command: string, argument?: unknown): Promise<T> {
  const given = argument === undefined ? [] : [argument];
  return client.connection.sendRequest('workspace/executeCommand', { command, arguments: given });
}

const review = (server: BuiltServer, request: Partial<ReviewRequest> = {}): Promise<LockfileReview> =>
  execute(server, SERVER_COMMANDS.reviewLockfiles, {
    ...{ revision: 'HEAD', isMergeBase: false, loads: true },
    ...request,
  });

const shown = ({ groups }: ReviewedLockfile): readonly string[] =>
  groups.flatMap(({ type, entries }) =>
    entries.map((entry) =>
      [reviewGroupLabel(type), entry.label, entry.description].filter((part) => part !== '').join(' | '),
    ),
  );

describe('the review of lockfiles', () => {
  test('an altered entry has its place, and an added package with a script is to be reviewed first', async () => {
    const before = lockfileOf({ a: '1.0.0', b: '1.0.0' });
    const folder = repository({ ...filesOf('shop', { a: '1.0.0', b: '1.0.0' }) });
    const now = structuredClone(before) as { packages: Record<string, Record<string, unknown>> };
    now.packages['node_modules/b']!['integrity'] = `sha512-${'B'.repeat(86)}==`;
    now.packages['node_modules/c'] = { ...now.packages['node_modules/a'], hasInstallScript: true };
    write(folder, { 'shop/package-lock.json': now });
    const server = await opened(folder, false);
    const { lockfiles } = await review(server);
    const first = lockfiles[0]!.groups.find(({ type }) => type === 'first')!;
    assert.deepEqual(
      first.entries.map(({ label }) => label),
      ['b 1.0.0 has another hash', 'c 1.0.0'],
    );
    const [{ place }] = first.entries as [(typeof first.entries)[0]];
    const text = await server.client.open(place!.uri).then(() => server.client.textOf(place!.uri));
    assert.match(text.split('\n')[place!.line]!, /"node_modules\/b"/);
  });

  test('lists what changed since a commit, known malware first, each with its place', async () => {
    const folder = repository({
      ...filesOf('shop', { a: '1.0.0', b: '1.0.0', c: '1.0.0' }),
      ...filesOf('same', { a: '1.0.0' }),
      ...filesOf('old', { a: '1.0.0' }),
    });
    write(folder, {
      ...filesOf('shop', { a: '1.1.0', lodahs: '4.17.21', c: '1.0.0' }),
      ...filesOf('new', { a: '1.0.0' }),
      'old/package.json': null,
      'old/package-lock.json': null,
    });
    const server = await opened(folder, false);
    const { summary, lockfiles, gaps } = await review(server);
    assert.deepEqual([summary, gaps], ['3 of 4 lockfiles changed since HEAD.', []]);
    assert.deepEqual(
      lockfiles.map(({ label, isGone, before }) => [label, isGone, before !== undefined]),
      [
        ['new/package-lock.json', false, false],
        ['old/package-lock.json', true, true],
        ['shop/package-lock.json', false, true],
      ],
    );
    const shop = lockfiles[2]!;
    assert.match(shop.description, /^1 new, 1 changed, 1 removed since HEAD \([\da-f]{8}\)$/);
    const [malware, ...others] = shown(shop);
    assert.match(malware!, /^Review first \| lodahs 4\.17\.21 \| new, is malware \(.*\)/);
    assert.deepEqual(others, ['Changed | a 1.0.0 → 1.1.0', 'Removed | b 1.0.0']);
    const { severity, place } = shop.groups[0]!.entries[0]!;
    assert.equal(severity, 'error');
    const text = await server.client.open(place!.uri).then(() => server.client.textOf(place!.uri));
    assert.match(text.split('\n')[place!.line]!, /"node_modules\/lodahs"/);

    const { uri, commit: id } = shop.before!;
    const read = await execute<{ text: string }>(server, SERVER_COMMANDS.readCommitted, { uri, commit: id });
    assert.equal(read.text.trim(), git(folder, 'show', 'HEAD:shop/package-lock.json'));
    await server.stop();
  });

  test('says in words that nothing differs, and what could not be compared', async () => {
    const folder = repository({ ...filesOf('shop', { a: '1.0.0' }), ...filesOf('other', { a: '1.0.0' }) });
    const server = await opened(folder);
    const same = await review(server);
    assert.deepEqual(
      [same.summary, same.lockfiles, same.gaps],
      ['All 2 lockfiles install the same packages as in HEAD.', [], []],
    );
    const unknown = await review(server, { revision: 'nowhere' });
    assert.equal(unknown.summary, 'No lockfile could be compared with nowhere.');
    assert.deepEqual(
      unknown.gaps.map((gap) => gap.replace(/:.*/, '')),
      [
        'other/package-lock.json was not compared, as it is not known in nowhere',
        'shop/package-lock.json was not compared, as it is not known in nowhere',
      ],
    );
    await server.stop();

    const plain = await opened(makeProject(filesOf('shop', { a: '1.0.0' })));
    const without = await review(plain);
    assert.deepEqual(without.lockfiles, []);
    assert.match(without.gaps.join('\n'), /it lies in no git repository/);
    await plain.stop();
  });

  test('offers the commits that exist, and compares with the merge base', async () => {
    const folder = repository(filesOf('shop', { a: '1.0.0' }));
    git(folder, 'branch', '-M', 'main');
    git(folder, 'checkout', '-q', '-b', 'topic');
    commit(folder, filesOf('shop', { a: '1.0.0', mine: '1.0.0' }));
    git(folder, 'checkout', '-q', 'main');
    commit(folder, filesOf('shop', { a: '1.0.0', theirs: '1.0.0' }));
    git(folder, 'checkout', '-q', 'topic');
    const server = await opened(folder);
    const bases = await execute<readonly ReviewBase[]>(server, SERVER_COMMANDS.listReviewBases);
    assert.deepEqual(
      bases.map(({ label, revision, isMergeBase }) => [label, revision, isMergeBase]),
      [
        ['Last commit', 'HEAD', false],
        ['Default branch', 'main', false],
        ['Merge base with the default branch', 'main', true],
      ],
    );
    const changes = async (request: Partial<ReviewRequest>) =>
      (await review(server, request)).lockfiles.map(shown);
    assert.deepEqual(await changes({}), []);
    assert.deepEqual(await changes({ revision: 'main' }), [['Added | mine 1.0.0', 'Removed | theirs 1.0.0']]);
    assert.deepEqual(await changes({ revision: 'main', isMergeBase: true }), [['Added | mine 1.0.0']]);
    await server.stop();
  });

  test('reads nothing but lockfiles of the open folders, in commits by their ids', async () => {
    const folder = repository({ ...filesOf('shop', { a: '1.0.0' }), '.env': 'TOKEN=x\n' });
    const server = await opened(folder);
    const id = git(folder, 'rev-parse', 'HEAD');
    const read = (argument: unknown) =>
      execute<{ text?: string; problem?: string }>(server, SERVER_COMMANDS.readCommitted, argument);
    for (const argument of [
      undefined,
      { uri: server.uri('.env'), commit: id },
      { uri: server.uri('../package-lock.json'), commit: id },
      { uri: server.uri('shop/package-lock.json'), commit: '--output=x' },
      { uri: server.uri('shop/package-lock.json'), commit: 'HEAD' },
    ]) {
      const answer = await read(argument);
      assert.deepEqual([answer.text, typeof answer.problem], [undefined, 'string'], JSON.stringify(argument));
    }
    assert.deepEqual(await review(server, { revision: '' }), {
      problem: 'The commit to compare with is invalid.',
    });
    await server.stop();
  });
});
