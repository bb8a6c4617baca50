import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, test } from 'node:test';
import { packedPage } from '../../server/tools/package/packed-page.ts';

const root = join(import.meta.dirname, '../..');
const REPOSITORY = 'https://git.example.test/acme/dependency-hygiene';

/** The files of the repository: a link to one that is only here leads nowhere. */
const tracked = new Set(
  spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }).stdout.split('\n'),
);

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Returns the links and pictures of a page, outside of code. */
function linksOf(markdown: string): readonly { readonly target: string; readonly isPicture: boolean }[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, mark, target = '']) => ({
    target,
    isPicture: mark === '!',
  }));
}

/** Returns the anchors of a page, as code hosts make them of its headings. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Returns why a path of the repository, with or without an anchor, leads nowhere. */
function faultOf(link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  if (!tracked.has(path)) return `${path} is not in the repository`;
  if (anchor !== undefined && !anchorsOf(read(path)).has(anchor)) return `${path} has no heading #${anchor}`;
}

describe('links of the packed README', () => {
  const links = linksOf(packedPage(read('README.md'), REPOSITORY));

  for (const { target, isPicture } of links) {
    test(`${target} resolves`, () => {
      const [url, kind] = [`${REPOSITORY}/`, isPicture ? 'raw/main/' : 'blob/main/'];
      if (target.startsWith('#')) return assert.equal(faultOf(`README.md${target}`), undefined);
      assert.ok(target.startsWith(url + kind), target);
      const path = target.slice(`${url}${kind}`.length);
      assert.equal(faultOf(path), undefined);
      // Marketplaces show no SVG, and the first picture of a page should be there at once.
      if (!isPicture) return;
      assert.match(path, /\.(?:png|gif)$/);
      assert.ok(statSync(join(root, path)).size < 200_000);
    });
  }

  test('are there, and become text where the repository is unknown', () => {
    assert.ok(links.length > 20);
    assert.deepEqual(
      linksOf(packedPage(read('README.md'), undefined)).filter(({ target }) => !target.startsWith('#')),
      [],
    );
  });
});

describe('links between pages', () => {
  const pages = [...tracked].filter((path) => /^(?:[A-Z]+|server\/docs\/.*)\.md$/.test(path));
  const broken = pages.flatMap((page) =>
    linksOf(read(page))
      .filter(({ target }) => !/^(?:https?|mailto|command):/.test(target))
      .map(({ target }) =>
        target.startsWith('#') ? `${page}${target}` : posix.join(posix.dirname(page), target),
      )
      .flatMap((link) => {
        const fault = faultOf(link);
        return fault === undefined ? [] : [`${page}: ${fault}`];
      }),
  );

  test('lead to files and headings that exist', () => assert.deepEqual(broken, []));
});
