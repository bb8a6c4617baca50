import { setNpmrcKey } from '../../read/config/npm/edit-npmrc.ts';
import {
  type ExoticKind,
  type ExoticPackage,
  exoticPackages,
} from '../../read/lockfile/faults/exotic-packages.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import { isExotic } from '../../read/manifest/exotic-names.ts';
import { readSpecifier } from '../../read/manifest/read-specifier.ts';
import type { Project } from '../../read/project/project.ts';
import { joinUri } from '../../read/text/paths/uri.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * A registry package that pulls in another one from git or a URL hands control to whoever can change that place, beyond
 * all checks of the registry. Known false positives: packages known to do so and trusted anyway. Replacements by the
 * project's own overrides are not reported.
 */
interface ExoticTransitive {
  readonly name: string;
  readonly kind: ExoticKind;
  readonly dependent: string;
  readonly dependentVersion: string | null;
  /** The number of further packages that pull it in from there. */
  readonly others: number;
  /** The package manager with its version, if it rejects the package by default. */
  readonly refusedBy: string | null;
}

export const exoticTransitiveDependency = defineRule({
  id: 'exotic-transitive-dependency',
  category: 'registry',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'A registry package with a dependency from git, a URL or a path.',
    why: `The publisher of a package can make it depend on any repository or URL. Code from there has no signature,
no minimum age and no advisories, and it can change at any time. Its \`prepare\` script runs during the install. Attacks
in 2026 added such an optional dependency to well-known packages.

npm refuses it with \`allow-git=none\` and \`allow-remote=none\`, the defaults of npm 12, and Yarn 4.14 and later refuse
repositories that \`approvedGitRepositories\` does not list. pnpm refuses it with \`blockExoticSubdeps\`, the default of
pnpm 11, while it resolves versions: a package that is in the lockfile is installed.`,
    bad: `-- package.json --
{ "name": "shop", "dependencies": { "router": "^1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "router": "^1.0.0" } },
    "node_modules/router": {
      "version": "1.0.1",
      "resolved": "https://registry.public.example.test/router/-/router-1.0.1.tgz",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==",
      "optionalDependencies": { "setup": "github:router/router#0123456789abcdef0123456789abcdef01234567" }
    },
    "node_modules/setup": {
    ^^^^^^^^^^^^^^^^^^^^ exotic-transitive-dependency: router 1.0.1 takes "setup" from git, which bypasses the registry. Confirm that this is intended.
      "version": "0.0.1",
      "resolved": "git+ssh://git@github.com/router/router.git#0123456789abcdef0123456789abcdef01234567",
      "optional": true
    }
  }
}
`,
    good: `-- package.json --
{ "name": "shop", "dependencies": { "router": "^1.0.0" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "router": "^1.0.0" } },
    "node_modules/router": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/router/-/router-1.0.0.tgz",
      "integrity": "sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA=="
    }
  }
}
`,
  },
  check: {
    *lockfile(lockfile, { project }): Generator<Found<ExoticTransitive>> {
      for (const exotic of exoticPackages(lockfile)) {
        if (isRefused(exotic.kind, project) || isOverridden(exotic, project)) continue;
        const { name, kind, entry, dependents } = exotic;
        const [first] = dependents;
        if (first === undefined) continue;
        yield {
          span: entry?.keySpan ?? first.edge.specifier.span,
          data: {
            name,
            kind,
            dependent: first.entry.name,
            dependentVersion: first.entry.version?.value ?? null,
            others: dependents.length - 1,
            refusedBy: refusedBy(exotic.kind, project),
          },
          package: name,
          ...(entry?.version === undefined ? {} : { version: entry.version.value }),
          related: dependents.slice(0, MOST_RELATED).map((dependent) => ({
            uri: lockfile.uri,
            span: dependent.edge.specifier.span,
            message: `${formatPackage(dependent.entry.name, dependent.entry.version?.value)} declares this dependency.`,
          })),
        };
      }
    },
  },
  message({ data: { name, kind, dependent, dependentVersion, others, refusedBy } }) {
    const who = formatPackage(dependent, dependentVersion ?? undefined);
    const more = others === 0 ? '' : ` (and so ${others === 1 ? 'does one other' : `do ${others} others`})`;
    const place = { git: 'git', remote: 'a URL', file: 'a path' }[kind];
    const takes = `${who}${more} takes "${name}" from ${place}, which bypasses the registry`;
    return refusedBy === null
      ? `${takes}. Confirm that this is intended.`
      : `${takes}, and ${refusedBy} refuses to install it. Use another version of ${dependent}.`;
  },
  *fix({ data }, { file, project, text }) {
    if (file.kind !== 'lockfile') return;
    const { title: name, specifiers } = specOfLockfile(file.format);
    const key = specifiers.refusals?.[data.kind];
    if (key === undefined || data.refusedBy !== null) return;
    const uri = project.npmConfig.project?.uri ?? joinUri(project.root, '.npmrc');
    const edits = setNpmrcKey(text(uri), key, 'none').map((edit) => ({ uri, ...edit }));
    if (edits.length === 0) return;
    const what = { git: 'from git', remote: 'from URLs', file: 'from paths' }[data.kind];
    yield {
      title: `Let ${name} refuse all packages ${what} (${key}=none in .npmrc)`,
      applicability: 'unsafe',
      edits,
    };
  },
});

const MOST_RELATED = 5;

/** Checks whether the project's own configuration makes npm reject it, which npm then reports itself. */
function isRefused(kind: ExoticKind, { manager, npmConfig }: Project): boolean {
  const setting = specOf(manager).specifiers.refusals?.[kind];
  return setting !== undefined && npmConfig.get(setting)?.value === 'none';
}

/** Returns the package manager if it rejects packages of the kind because no setting allows them. */
function refusedBy(kind: ExoticKind, project: Project): string | null {
  const { specifiers, title } = specOf(project.manager);
  const { version } = project.manager;
  if (kind === 'file' || version === undefined) return null;
  return specifiers.refusesByDefault(kind, project) ? `${title} ${version}` : null;
}

/** Checks for names the project itself overrides with another source, which is its own choice. */
function isOverridden({ name, entry }: ExoticPackage, { overrides }: Project): boolean {
  const key = entry?.alias ?? name;
  return overrides
    .of(key)
    .some(({ effective }) => effective === undefined || isExotic(readSpecifier(key, effective)));
}
