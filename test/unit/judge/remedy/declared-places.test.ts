import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  declaredPlaces,
  declaresOthersOnly,
} from '../../../../server/src/core/judge/remedy/declared-places.ts';
import { parseWorkspace } from '../../../workspace.ts';
import { remedyContext } from './remedy-harness.ts';

const FILES = `-- package.json --
{ "name": "shop", "workspaces": ["packages/*"], "dependencies": { "minimist": "^1.2.0" } }
-- packages/a/package.json --
{ "name": "a", "dependencies": { "minimist": "1.2.0", "args": "npm:mkdirp@^0.5.0" } }
-- packages/b/package.json --
{ "name": "b", "dependencies": { "lodash": "^4.17.0", "mkdirp": "^1.0.0" } }
`;

const contextOf = async () => remedyContext(parseWorkspace(FILES).files, { advisories: [] });
type Context = Awaited<ReturnType<typeof contextOf>>;

/** Returns where each of these versions is declared, and whether only others are. */
function reported(
  context: Context,
  versions: readonly (readonly [name: string, version: string])[],
): unknown {
  return versions.map(([name, version]) => [
    declaredPlaces(context, { name, version }).map(({ uri, declared }) => [uri.split('/').at(-2), declared]),
    declaresOthersOnly(context, { name, version }),
  ]);
}

const VERSIONS = [
  ['mkdirp', '0.5.1'],
  ['minimist', '1.2.0'],
  ['mkdirp', '1.0.4'],
  ['lodash', '3.0.0'],
  ['underscore', '1.0.0'],
  ['minimist', '1.2.8'],
] as const;

test('what is asked of one project is the same in whatever order it is asked', async () => {
  const one = await contextOf();
  const each = await Promise.all(VERSIONS.map(async (version) => reported(await contextOf(), [version])));
  assert.deepEqual(reported(one, VERSIONS), each.flat());
  assert.deepEqual(reported(one, VERSIONS.toReversed()), each.flat().toReversed());
  assert.deepEqual(reported(one, [VERSIONS[0], VERSIONS[3]]), [
    [[['a', 'npm:mkdirp@^0.5.0']], false],
    [[], true],
  ]);
});

test('a manifest whose text has changed since is read again', async () => {
  const context = await contextOf();
  const before = reported(context, VERSIONS);
  const text = (uri: Parameters<Context['text']>[0]) => context.text(uri)?.replace('^4.17.0', '^3.0.0');
  assert.deepEqual(reported({ ...context, text }, [['lodash', '3.0.0']]), [[[['b', '^3.0.0']], false]]);
  assert.deepEqual(reported(context, VERSIONS), before);
});
