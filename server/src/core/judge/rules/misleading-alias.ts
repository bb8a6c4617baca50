import type { PopularNames } from '../../know/identity/popular-names.ts';
import { declaredAliases, lockedAliases } from '../../read/lockfile/model/locked-aliases.ts';
import { lockedNames } from '../../read/lockfile/model/locked-names.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { aliasTarget } from '../../read/manifest/alias-target.ts';
import type { Project } from '../../read/project/project.ts';
import { isPrivateScope } from '../../read/project/registries/private-scopes.ts';
import { registryDependencies } from '../../read/project/registry-dependencies.ts';
import { replaceValue } from '../../read/text/json/json-edit.ts';
import { scopeOf } from '../../read/text/paths/scope-of.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { allowNameFix, isAllowedName } from '../policy/allow-name-fix.ts';

/**
 * Code says `react`, reviewers read `react`, and a stranger's package runs. Known false positives: an intended fork;
 * allow it by name, with a reason, in the configuration file.
 */
interface Misleading {
  readonly alias: string;
  readonly target: string;
}

export const misleadingAlias = defineRule({
  id: 'misleading-alias',
  category: 'identity',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'An alias that installs a little-known package under a popular name.',
    why: `\`"react": "npm:reakt-fork@^19.0.0"\` makes every import of react one of reakt-fork, and nothing in the code
shows it. Overrides and resolutions that set such an alias are reported at their own line. In a lockfile, an alias
that a package declares is information, or a warning if the file in the base has no such alias.
A fork that keeps the name under a scope (\`nopt\` as \`@pnpm/nopt\`) and that the base has is information, too.

Aliases of another popular package are common and not reported. Neither are aliases of a workspace package, of a
package of the same scope, or of a scope with a private registry. An alias may also use the scope with its own name, such
as \`@typescript/typescript6\` for typescript, if three popular packages have that scope. An override is not reported
while the lockfile has nothing to replace. In a lockfile an alias that nothing declares is reported by
\`lockfile-entry-mismatch\`.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "npm:reakt-fork@^19.0.0"
             ^^^^^^^^^^^^^^^^^^^^^^^^ misleading-alias
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "react": "npm:preact@^10.0.0",
    "react-17": "npm:react@^17.0.0"
  }
}
`,
  },
  perEntry: { readsEdges: true },
  check: {
    *manifest(manifest, { project, popular }): Generator<Found<Misleading>> {
      yield* inOverrides(manifest.uri, project, popular);
      if (manifest.dependencies.every(({ name, target }) => name === target)) return;
      for (const { dependency, meaning, target } of registryDependencies(project, manifest, {
        peers: true,
      })) {
        const { name, valueSpan } = dependency;
        if (meaning.override !== undefined || dependency.target !== target) continue;
        if (!misleads(name, target, popular) || isOurs(project, target, manifest.name?.value)) continue;
        yield {
          span: valueSpan,
          data: { alias: name, target },
          package: target,
          target: name,
          ...severityOf(project, name, target),
        };
      }
    },
    pnpmWorkspace: (file, { project, popular }) => inOverrides(file.uri, project, popular),
    *lockfile(lockfile, { project, popular, entries }): Generator<Found<Misleading>> {
      if (project.lockfile !== lockfile) return;
      let declared: ReadonlySet<string> | undefined;
      const { committedLockfile } = project;
      const before = committedLockfile === undefined ? undefined : aliasesIn(committedLockfile);
      for (const { alias, target, version, span } of lockedAliases(lockfile, entries)) {
        if (!misleads(alias, target, popular) || isOurs(project, target)) continue;
        // The project's own overrides are reported at the override.
        if (project.overrides.of(alias).some((entry) => aliasTarget(alias, entry.effective) === target))
          continue;
        const ofRoot = project.rootManifest?.dependencies ?? [];
        if (ofRoot.some((dependency) => dependency.name === alias && dependency.target === target)) continue;
        declared ??= declaredAliases(lockfile);
        if (declared.has(`${alias} ${target}`)) continue;
        yield {
          span,
          data: { alias, target },
          package: target,
          ...(version === undefined ? {} : { version }),
          target: alias,
          // A package may alias its own dependencies, unless the alias is new since the base.
          ...(before?.has(`${alias} ${target}`) === false ? {} : { severity: 'information' }),
        };
      }
    },
  },
  message({ data: { alias, target } }) {
    return `"${alias}" installs ${target} here, a different, little-known package. Confirm that this alias is intended.`;
  },
  *fix({ data, span }, { file, uri, project, text }) {
    const dependency =
      file.kind !== 'manifest'
        ? undefined
        : file.dependencies.find(({ valueSpan }) => valueSpan.start === span.start);
    if (file.kind === 'manifest' && dependency?.specifier.type === 'alias') {
      const range = dependency.declared?.slice(`npm:${data.target}@`.length) || '*';
      const edits = replaceValue(file.text, span, range) ?? [];
      const title = `Install "${data.alias}" itself: ${JSON.stringify(range)}`;
      if (edits.length > 0)
        yield { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
    }
    const allow = allowNameFix(project, text, data.target);
    if (allow !== undefined) yield allow;
  },
});

/** Reports overrides at their lines: they apply to every dependent, whose manifests do not show them. */
function* inOverrides(uri: Uri, project: Project, popular: PopularNames): Generator<Found<Misleading>> {
  const { overrides, overridePlaces } = project;
  for (const [at, { counts, selector, effective }] of overrides.entries.entries()) {
    const place = overridePlaces[at];
    const alias = selector?.target.name;
    if (!counts || alias === undefined || place?.uri !== uri) continue;
    const target = aliasTarget(alias, effective);
    if (target === undefined || !misleads(alias, target, popular) || isOurs(project, target)) continue;
    if (installsNothing(project, alias, target)) continue;
    yield {
      span: place.valueSpan,
      data: { alias, target },
      package: target,
      target: alias,
      ...severityOf(project, alias, target),
    };
  }
}

/** Checks whether a completely read lockfile has neither name, so that the override has nothing to replace. */
function installsNothing({ lockfile }: Project, alias: string, target: string): boolean {
  if (lockfile?.status !== 'checked' || lockfile.entries.length === 0) return false;
  const names = lockedNames(lockfile);
  return !names.has(alias) && !names.has(target);
}

/**
 * Lowers the severity for a fork that keeps the name under its owner's scope, and for an alias locked in the base,
 * which was reviewed when it was added.
 */
function severityOf(project: Project, alias: string, target: string): { severity?: 'information' } {
  const isFork = target.startsWith('@') && target.slice(target.indexOf('/') + 1) === alias;
  if (!isFork) return {};
  const { lockfile, lockfileBase, committedLockfile } = project;
  const base = lockfileBase === 'same' ? lockfile : lockfileBase === 'other' ? committedLockfile : undefined;
  return base !== undefined && aliasesIn(base).has(`${alias} ${target}`) ? { severity: 'information' } : {};
}

const known = new WeakMap<Lockfile, ReadonlySet<string>>();

/** Returns the aliases that a lockfile installs, each with its target. */
function aliasesIn(lockfile: Lockfile): ReadonlySet<string> {
  let aliases = known.get(lockfile);
  if (aliases === undefined) {
    aliases = new Set(Array.from(lockedAliases(lockfile), ({ alias, target }) => `${alias} ${target}`));
    known.set(lockfile, aliases);
  }
  return aliases;
}

/** Checks whether a popular name stands for a package that is not. */
export function misleads(alias: string, target: string, popular: PopularNames): boolean {
  if (alias === target || !popular.has(alias) || popular.has(target)) return false;
  return !isInScopeOf(alias, target, popular);
}

/** Checks whether a package is in the scope with the alias's own name, which popular packages show to be its owner's. */
function isInScopeOf(alias: string, target: string, { names }: PopularNames): boolean {
  const scope = `@${alias}/`;
  if (!target.startsWith(scope)) return false;
  let count = 0;
  return names.some((name) => name.startsWith(scope) && ++count === LEAST_POPULAR);
}

/** How many popular packages a scope has that counts as its owner's. */
const LEAST_POPULAR = 3;

function isOurs(project: Project, target: string, owner = project.rootManifest?.name?.value): boolean {
  if (project.memberNames.has(target) || isAllowedName(project, target)) return true;
  const scope = scopeOf(target);
  return scope !== undefined && (isPrivateScope(project, scope) || scope === scopeOf(owner ?? ''));
}
