import type { PackageFixture } from './package-fixture.ts';

/** Answers the search for the packages of a maintainer as the public registry does; other texts find nothing. */
export function searchAnswer(url: string, packages: ReadonlyMap<string, PackageFixture>): object {
  const query = new URL(url, 'http://localhost').searchParams;
  const account = /^maintainer:(.+)$/.exec(query.get('text') ?? '')?.[1];
  const found = [...packages.values()].filter(({ maintainers }) => maintainers.includes(account ?? ''));
  const from = Number(query.get('from') ?? 0);
  const size = Math.min(250, Number(query.get('size') ?? 20));
  const objects = found.slice(from, from + size).map(({ name, versions, maintainers }) => ({
    package: {
      name,
      version: Object.keys(versions).at(-1),
      publisher: { username: maintainers[0], email: 'someone@example.test' },
      maintainers: maintainers.map((username) => ({ username, email: 'someone@example.test' })),
    },
    score: { final: 1, detail: {} },
    searchScore: 1,
  }));
  return { objects, total: found.length, time: new Date().toUTCString() };
}
