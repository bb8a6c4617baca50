import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncheckedText } from '../../client/src/unchecked-text.ts';
import type { HttpRequest } from '../../server/src/engine/ports.ts';
import { SERVER_COMMANDS, type StatusParams, type WebPageResult } from '../../server/src/lsp/messages.ts';
import { sectionOf, textIn } from '../unit/show/report/html/page-of.ts';
import { FOLDER, startClient } from './test-client.ts';

const NESTED = `${FOLDER}/tool/package.json`;
const files = {
  'package.json': '{ "private": true }\n',
  'tool/package.json': '{ "name": "tool", "private": true, "dependencies": { "left": "^1.0.0" } }\n',
  'tool/.npmrc': 'registry=https://npm.nested.example.test/\n',
};

test('a trusted window says which checks a nested registry left out, and what to do', async () => {
  const asked: HttpRequest[] = [];
  const client = await startClient({
    files,
    initializationOptions: { trusted: true, status: true },
    http: {
      async get(request) {
        asked.push(request);
        return { type: 'answer', status: 404, headers: new Map(), body: '{}' };
      },
    },
  });
  await client.open(NESTED);
  await client.pull(NESTED);
  const last = () => client.statuses.at(-1) as StatusParams | undefined;
  await client.until(() => last()?.working === false && last()!.gaps.some((gap) => /skipped/.test(gap)));
  assert.deepEqual(asked, []);
  const gap = last()!.gaps.find((one) => /checks? skipped/.test(one))!;
  assert.match(gap, /their registry is named only in untrusted files of a nested folder/);
  assert.match(gap, /Checks: .*package-not-found \(left\)/);
  assert.match(gap, /To check them, open or check the nested folder by itself/);
  // The window is trusted: nothing tells to trust it.
  assert.deepEqual(last()!.steps, ['asDescribed']);
  const text = uncheckedText(last());
  assert.doesNotMatch(text, /Trust this workspace/);
  assert.match(text, /package\\-not\\-found/);

  const result = await client.connection.sendRequest<WebPageResult>('workspace/executeCommand', {
    command: SERVER_COMMANDS.report,
    arguments: [{ nonce: 'n'.repeat(32), folder: FOLDER }],
  });
  assert.ok('page' in result);
  const gaps = textIn(sectionOf(result.page.html, 'gaps'));
  assert.match(gaps, /untrusted files of a nested folder.* Open or check the nested folder by itself/);
  assert.doesNotMatch(gaps, /Trust the folder\.|--trust/);
  await client.close();
});
