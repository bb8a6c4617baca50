import semver from 'semver';

/** An advisory in the format of the bulk endpoint: no CVE, no fixed version. */
export interface AdvisoryFixture {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  readonly vulnerable_versions: string;
  readonly cwe: readonly string[];
  readonly cvss: { readonly score: number; readonly vectorString: string | null };
}

/** Advisories by the name of the package. */
export type Advisories = Readonly<Record<string, readonly AdvisoryFixture[]>>;

let count = 0;

export function advisory(
  ghsa: string,
  vulnerable: string,
  rest: Partial<AdvisoryFixture> = {},
): AdvisoryFixture {
  count++;
  return {
    id: 1_100_000 + count,
    url: `https://github.com/advisories/${ghsa}`,
    title: `${ghsa} in a package made for tests`,
    severity: 'high',
    vulnerable_versions: vulnerable,
    cwe: ['CWE-1321'],
    cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
    ...rest,
  };
}

/** Returns the bulk endpoint's response to `{ name: [version…] }`, without names that have no advisories. */
export function bulkAnswer(
  advisories: Advisories,
  asked: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly AdvisoryFixture[]> {
  const answer: Record<string, readonly AdvisoryFixture[]> = {};
  for (const [name, versions] of Object.entries(asked)) {
    const hit = (Object.hasOwn(advisories, name) ? advisories[name]! : []).filter(({ vulnerable_versions }) =>
      versions.some((version) => semver.satisfies(version, vulnerable_versions, { includePrerelease: true })),
    );
    if (hit.length > 0) answer[name] = hit;
  }
  return answer;
}
