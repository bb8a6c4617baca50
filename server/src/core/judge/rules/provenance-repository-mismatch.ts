import type { AttestationVerdict, BuildSource } from '../../know/proof/judge-attestation.ts';
import { describeRepository, readSourceRepository } from '../../know/proof/source-repository.ts';
import type { Fact } from '../../know/registry/documents/fact.ts';
import { earlierVersions } from '../../know/registry/releases/earlier-versions.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';

/**
 * A package that names a well-known repository but was built in another one borrows its reputation. Compares the
 * certificate of its provenance, which the CI service vouches for. Known false positives: a repository moved before its
 * package had provenance; not reported if an earlier version proves the move, or that the package has been built there
 * for three months.
 */
interface Mismatch {
  readonly name: string;
  readonly version: string;
  /** Undefined if the two match and only the ref is unusual. */
  readonly declared: string | null;
  readonly built: string;
  /** The built ref, if it is neither a branch nor a tag. */
  readonly ref: string | null;
}

const DAY = 86_400_000;
const ESTABLISHED = 90 * DAY;
/** The number of earlier versions with provenance to check: each costs a request. */
const LOOKED_AT = 3;
/** The hosts whose workflows get certificates: a repository elsewhere may be the home of code built there. */
const BUILDERS: ReadonlySet<string> = new Set(['github.com', 'gitlab.com']);

export const provenanceRepositoryMismatch = defineRule({
  id: 'provenance-repository-mismatch',
  category: 'releases',
  preset: 'security',
  severity: 'warning',
  facts: ['packument', 'provenance'],
  options: {},
  docs: {
    summary: 'A version that was built from a different repository than it declares.',
    why: `The author writes the repository in a package's manifest. The repository in its provenance is where it was
built. If the two differ, the manifest may borrow the good name of an unrelated project. A version built from a ref
that is neither a branch nor a tag, such as somebody's pull request, is also reported.

Different spellings of one URL, folders in it and the case of GitHub's and GitLab's names make no difference. Nothing
is reported if an earlier version shows that the repository was moved, or that the package has been built there for
three months. The same holds if the repository is on a host without a build service.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "pad-kit": "2.0.0"
               ^^^^^^^ provenance-repository-mismatch: pad-kit 2.0.0 names the repository github.com/acme/pad-kit, but was built from github.com/mallory/pad-kit. Make sure that the two belong together.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "pad-kit": "1.0.0"
  }
}
`,
    registry: {
      'pad-kit': {
        repository: 'git+https://github.com/Acme/pad-kit.git',
        builtFrom: {
          '1.0.0': 'https://github.com/acme/pad-kit',
          '2.0.0': 'https://github.com/mallory/pad-kit',
        },
      },
    },
  },
  factsOfEach: 'only',
  check: { manifest: check, lockfile: check, pnpmWorkspace: check, yarnrc: check },
  message({ data: { name, version, declared, built, ref } }) {
    const what = `${name} ${version}`;
    if (declared !== null) {
      return `${what} names the repository ${declared}, but was built from ${built}. Make sure that the two belong together.`;
    }
    return `${what} was built from ${JSON.stringify(ref)} of ${built}, which is neither a branch nor a tag. Find out why before you install it.`;
  },
});

function* check(file: CheckedFile, context: RuleContext): Generator<Found<Mismatch>> {
  for (const selected of selectedVersions(file, context)) {
    const { name, target, version, span, related } = selected;
    const source = sourceOf(context.facts.provenance(target, version));
    const mismatch = source === undefined ? undefined : mismatchOf(selected, source, context);
    if (mismatch === undefined) continue;
    yield {
      span,
      data: { name: target, version, ...mismatch },
      package: name,
      version,
      ...(target === name ? {} : { target }),
      related,
    };
  }
}

/** Returns the source of a verified provenance. */
function sourceOf(fact: Fact<readonly AttestationVerdict[]>): BuildSource | undefined {
  if (fact.state !== 'ready') return undefined;
  for (const verdict of fact.value) {
    if (verdict.result === 'verified' && verdict.source !== undefined) return verdict.source;
  }
  return undefined;
}

function mismatchOf(
  selected: SelectedVersion,
  source: BuildSource,
  context: RuleContext,
): Pick<Mismatch, 'declared' | 'built' | 'ref'> | undefined {
  const { packument, version } = selected;
  const built = describeRepository(source.repository);
  const url = packument.versions.get(version)?.repository?.url ?? packument.repository;
  const declared = url === undefined ? undefined : readSourceRepository(url);
  const builtIn = readSourceRepository(source.repository);
  const isComparable = declared !== undefined && builtIn !== undefined && BUILDERS.has(declared.host);
  if (isComparable && !(declared.host === builtIn.host && declared.path === builtIn.path)) {
    const words = `${declared.host}/${declared.path}`;
    return isExplained(selected, source, words, context) ? undefined : { declared: words, built, ref: null };
  }
  const { ref } = source;
  const isOdd = ref !== undefined && !/^refs\/(?:heads|tags)\//.test(ref);
  return isOdd ? { declared: null, built, ref } : undefined;
}

/**
 * Checks whether earlier versions explain it: one was built in the declared repository under its former name, with the
 * same repository id, which hosts never reuse; or the package has long been built in the current one. Also true while
 * that is unknown, to avoid a doubtful warning.
 */
function isExplained(
  { target, packument, version }: SelectedVersion,
  source: BuildSource,
  declared: string,
  { facts, now }: RuleContext,
): boolean {
  const earlier = earlierVersions(packument, version)
    .filter(({ attestations }) => attestations !== undefined)
    .slice(0, LOOKED_AT);
  for (const { version: other } of earlier) {
    const fact = facts.provenance(target, other);
    if (fact.state === 'pending' || fact.state === 'unavailable') return true;
    const before = sourceOf(fact);
    if (before === undefined || before.repositoryId === undefined) continue;
    if (before.repositoryId !== source.repositoryId) continue;
    if (describeRepository(before.repository) === declared) return true;
    const time = packument.times.get(other);
    if (time !== undefined && now - time >= ESTABLISHED) return true;
  }
  return false;
}
