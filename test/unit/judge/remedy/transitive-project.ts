import { advisory, packageOf, remediesIn } from './remedy-harness.ts';

export const BAD = { name: 'min', version: '1.0.0' };
export const ADVISORIES = [advisory('min', 'GHSA-mmmm-mmmm-mmm2', [['0', '1.1.0']])];
export const MIN = packageOf({ '1.0.0': {}, '1.1.0': { at: '2026-01-02' }, '1.2.0': { at: '2026-01-03' } });

/** Locked packages by path, each with its version and dependencies. */
export type Locked = Readonly<Record<string, readonly [version: string, dependencies?: object]>>;

export function npmProject(dependencies: object, locked: Locked, more: object = {}): string {
  const packages = Object.entries(locked).map(([place, [version, needs]]) => [
    `node_modules/${place.replaceAll('>', '/node_modules/')}`,
    { version, ...(needs === undefined ? {} : { dependencies: needs }) },
  ]);
  const lock = {
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { name: 'shop', dependencies }, ...Object.fromEntries(packages) },
  };
  return `-- package.json --
${JSON.stringify({ name: 'shop', dependencies, ...more }, undefined, 2)}
-- package-lock.json --
${JSON.stringify(lock, undefined, 2)}
`;
}

export async function titles(
  source: string,
  registry?: Readonly<Record<string, object>>,
  advisories = ADVISORIES,
) {
  const remedies = await remediesIn(source, BAD, {
    advisories,
    ...(registry === undefined ? {} : { registry }),
  });
  return remedies.map(({ title }) => title);
}
