import type { CatalogLine } from '../../read/config/catalog-line.ts';
import type { LockEdge, LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { writerOf } from '../../read/lockfile/writer-of.ts';
import { specNamed } from '../../read/manager/managers.ts';
import type { Commands } from '../../read/manager/model/commands.ts';
import { effectiveDependencies } from '../../read/manifest/effective-dependencies.ts';
import type { DependencySection, Manifest } from '../../read/manifest/manifest.ts';
import { catalogDrift } from '../../read/project/catalogs/catalog-drift.ts';
import { asDeclared, type Drift, driftFrom, isSameText } from '../../read/project/locked/manifest-drift.ts';
import { unlockedMember } from '../../read/project/locked/unlocked-member.ts';
import type { Project } from '../../read/project/project.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { namesAndMore, plural } from '../../read/text/words/words.ts';
import { formatPackage } from '../check/describe-package.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { groupAddedTogether } from './added-together.ts';

/**
 * The lockfile was made for another package.json: a frozen install fails (with npm and Bun only if the locked version
 * does not satisfy the range), and the next regular one changes what is installed. Entries only in the lockfile are not
 * reported, as nothing needs them. Known false positives: none; overridden names, possible changes by pnpm's hooks and
 * partly read files are skipped.
 */
interface OutOfSync {
  /** The path for a member without a name. */
  readonly name: string;
  /** For a workspace member missing from the lockfile: the number of declared dependencies. Null for anything else. */
  readonly dependencies: number | null;
  /** Further dependencies of the manifest that were added like this one. */
  readonly others: readonly string[];
  /** Null for a catalog entry and for a member. */
  readonly section: DependencySection | null;
  readonly declared: string;
  /**
   * The lockfile's declaration, null if it has none. The same as declared if only the locked version does not satisfy
   * it.
   */
  readonly locked: string | null;
  /** The locked package, if it is not the declared one. */
  readonly other: string | null;
  /** The other host or commit it is locked from, if a URL is declared: a clause. */
  readonly elsewhere: string | null;
  readonly lockfile: string;
  /** Whether the lockfile contains a copy of the declarations; otherwise it has only packages. */
  readonly hasCopy: boolean;
  /** The section in the lockfile, if it differs and the package manager cares. */
  readonly movedFrom: DependencySection | null;
  readonly install: Drift['install'];
  readonly commands: Commands;
}

export const lockfileOutOfSync = defineRule({
  id: 'lockfile-out-of-sync',
  category: 'lockfile',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A dependency or workspace member that is missing from the lockfile or differs there.',
    why: `Most lockfiles hold a copy of the manifest's declarations. Those of Yarn 1 and of npm up to 6 hold only
the resulting packages. If manifest and lockfile differ, the next plain install may install versions that nobody
reviewed. A frozen install, such as \`npm ci\`, behaves differently in each package manager:

- pnpm and Yarn fail, pnpm also if only the section differs.
- npm and Bun fail if the locked version is outside the declared range. npm still installs a newer copy in a workspace
  member's own folder.
- If npm or Bun still accept the locked version, nothing breaks, and the finding is information.

Dependencies of one manifest of which the lockfile has nothing are one finding, at the first of them. A workspace
member that is missing from the lockfile is one finding, at its name. A frozen install then fails, except
with Yarn 1, and with pnpm if the member declares no dependencies.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "zod": "^4.0.0"
           ^^^^^^^^ lockfile-out-of-sync: "zod" is "^4.0.0" here but "^3.23.0" in package-lock.json. npm ci fails, as 3.23.8 is locked. Update the lockfile.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "zod": "^3.23.0" } },
    "node_modules/zod": {
      "version": "3.23.8",
      "resolved": "https://registry.public.example.test/zod/-/zod-3.23.8.tgz",
      "integrity": "sha512-XBx9AXhXktjUqnepgTiE5flcKIYWi/rme0Eaj+5Y0lftuGBq+jyRu/md4WnuxqgP1ubdpNCsYEYPxrzVHD8d6g=="
    }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "zod": "^3.23.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "zod": "^3.23.0" } },
    "node_modules/zod": {
      "version": "3.23.8",
      "resolved": "https://registry.public.example.test/zod/-/zod-3.23.8.tgz",
      "integrity": "sha512-XBx9AXhXktjUqnepgTiE5flcKIYWi/rme0Eaj+5Y0lftuGBq+jyRu/md4WnuxqgP1ubdpNCsYEYPxrzVHD8d6g=="
    }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Generator<Found<OutOfSync>> {
      const { lockfile } = project;
      if (
        manifest.uri === project.rootManifest?.uri &&
        specNamed(project.manager.name).specifiers.catalogsIn === manifest.kind
      )
        yield* inCatalogs(manifest.catalogs, project);
      const path = project.members.get(manifest.uri)?.path;
      if (path === undefined || lockfile?.status !== 'checked') return;
      yield* asMember(lockfile, manifest, project);
      const driftOf = driftFrom(lockfile, path, manifest, project);
      if (driftOf === undefined) return;
      const commands = writerOf(lockfile).commands;
      const drifted = effectiveDependencies(manifest).flatMap((dependency) => {
        const { declared } = dependency;
        const drift = declared === undefined ? undefined : driftOf(dependency, declared);
        return declared === undefined || drift === undefined ? [] : [{ dependency, declared, drift }];
      });
      for (const { first, others } of groupAddedTogether(drifted, project, 'lockfile-out-of-sync')) {
        const { dependency, declared, drift } = first;
        const { name, section } = dependency;
        const { edge, entry, install, elsewhere, movedFrom } = drift;
        yield {
          span: dependency.valueSpan,
          data: {
            name,
            dependencies: null,
            others: others.map((each) => each.dependency.name),
            section,
            declared,
            locked: edge?.specifier.value ?? null,
            elsewhere: elsewhere ?? null,
            other: entry?.source === 'registry' && entry.name !== dependency.target ? entry.name : null,
            lockfile: nameOf(lockfile.uri),
            hasCopy: lockfile.importers.size > 0,
            movedFrom: movedFrom ?? null,
            install,
            commands,
          },
          // The installed version satisfies both files, or npm uses it in any case: only the record is outdated.
          ...((install === 'fits' || install === 'member') && commands.compares !== 'texts'
            ? { severity: 'information' as const }
            : {}),
          // An ignore of one package must not cover others.
          ...(others.length === 0 ? { package: name } : {}),
          ...(entry?.version === undefined ? {} : { version: entry.version.value }),
          related:
            others.length === 0
              ? relatedTo(lockfile, edge, entry)
              : others.map((each) => ({
                  uri: manifest.uri,
                  span: each.dependency.valueSpan,
                  message: `${JSON.stringify(each.dependency.name)} is missing as well.`,
                })),
        };
      }
    },
    *pnpmWorkspace(file, { project }): Generator<Found<OutOfSync>> {
      if (
        file.uri === project.pnpmWorkspace?.uri &&
        specNamed(project.manager.name).specifiers.catalogsIn === file.kind
      )
        yield* inCatalogs(file.catalogs, project);
    },
    *yarnrc(file, { project }): Generator<Found<OutOfSync>> {
      if (specNamed(project.manager.name).specifiers.catalogsIn === file.kind)
        yield* inCatalogs(file.catalogs, project);
    },
  },
  message({ data, version }) {
    const { install, commands } = data;
    if (data.dependencies !== null) {
      const declares =
        data.dependencies === 0 ? '' : ` with ${plural(data.dependencies, 'dependency', 'dependencies')}`;
      return `Workspace member "${data.name}"${declares} is missing from ${data.lockfile}, so ${commands.frozen} fails. Update the lockfile.`;
    }
    if (data.elsewhere !== null)
      return `"${data.name}" is ${JSON.stringify(data.declared)}, but ${data.lockfile} ${data.elsewhere}. Find out who changed it, or update the lockfile.`;
    const frozen = commands.frozen;
    if (data.movedFrom !== null)
      return `"${data.name}" is in "${data.section}" here but in "${data.movedFrom}" in ${data.lockfile}, so ${frozen} fails. Update the lockfile.`;
    const difference = differenceIn(data, version);
    if (data.locked !== null && isSameText(data.locked, data.declared)) {
      const isNpm = commands.compares === 'versions';
      const refused =
        isNpm && install === 'fails' ? `${frozen} fails. Update` : 'Find out who changed it, or update';
      const then = install === 'kept' ? `${frozen} still installs it. Update` : refused;
      return `${difference}, which does not fit. ${then} the lockfile.`;
    }
    if (commands.compares === 'texts' || (!data.hasCopy && install === 'fails'))
      return `${difference}, so ${frozen} fails. Update the lockfile.`;
    switch (install) {
      case 'fails': {
        const found = data.other === null ? version : formatPackage(data.other, version);
        const why = found === undefined ? 'no version is locked' : `${found} is locked`;
        return `${difference}. ${frozen} fails, as ${why}. Update the lockfile.`;
      }
      case 'fits':
        return `${difference}. ${frozen} still installs ${version ?? 'the locked version'}, which fits. Update the lockfile to record it.`;
      case 'member':
        return `${difference}. ${frozen} still links the workspace's own ${version}, which does not fit. Update the lockfile to record it.`;
      case 'kept':
        return `${difference}. ${frozen} still installs ${version}, which does not fit. Update the lockfile.`;
      case 'other':
        if (!data.hasCopy) return `${difference}. Update the lockfile.`;
        return `${difference}, and ${frozen} installs ${formatPackage(data.other ?? data.name, version)}. Update the lockfile.`;
      case 'unknown':
        return `${difference}. Update the lockfile.`;
    }
  },
  *fix({ data, span }, { uri, file }) {
    const { name, declared, locked, lockfile, commands } = data;
    if (locked !== null && !isSameText(locked, declared)) {
      const text = asDeclared(locked, declared);
      const quoted = JSON.stringify(text);
      const quote = file.text[span.start];
      const newText = quote === '"' ? quoted : quote === "'" ? `'${text}'` : text;
      const title = `Replace with ${JSON.stringify(name)}: ${quoted}, as ${lockfile} has it`;
      yield { title, applicability: 'unsafe', edits: [{ uri, span, newText }] };
    }
    yield {
      title: `Copy the command that updates ${lockfile}: ${commands.update}`,
      applicability: 'display-only',
      edits: [],
      command: commands.update,
    };
  },
});

/** Yields catalog entries that the lockfile was made without. */
function* inCatalogs(lines: readonly CatalogLine[], project: Project): Generator<Found<OutOfSync>> {
  const { lockfile } = project;
  if (lockfile?.status !== 'checked') return;
  for (const { line, locked } of catalogDrift(lines, lockfile, project)) {
    const name = line.name.value;
    yield {
      span: line.value.span,
      data: {
        ...OF_NO_DEPENDENCY,
        name,
        declared: line.value.value,
        locked: locked ?? null,
        lockfile: nameOf(lockfile.uri),
        hasCopy: locked !== undefined,
        commands: writerOf(lockfile).commands,
      },
      package: name,
    };
  }
}

/** Yields a single finding for a member that the lockfile was made without, whatever it declares. */
function* asMember(lockfile: Lockfile, manifest: Manifest, project: Project): Generator<Found<OutOfSync>> {
  const member = unlockedMember(lockfile, manifest, project);
  if (member === undefined) return;
  const { start } = manifest.rootSpan!;
  yield {
    span: manifest.name?.span ?? { start, end: start + 1 },
    data: {
      ...OF_NO_DEPENDENCY,
      name: member.name || member.path,
      dependencies: member.dependencies,
      declared: '',
      locked: null,
      lockfile: nameOf(lockfile.uri),
      hasCopy: true,
      commands: writerOf(lockfile).commands,
    },
  };
}

const OF_NO_DEPENDENCY = {
  dependencies: null,
  others: [],
  section: null,
  other: null,
  elsewhere: null,
  movedFrom: null,
  install: 'unknown',
} as const;

const MOST_NAMED = 3;

function differenceIn(data: OutOfSync, version: string | undefined): string {
  const { name, others, declared, locked, other, lockfile, hasCopy } = data;
  if (others.length > 0) {
    const names = namesAndMore(
      [name, ...others].map((each) => JSON.stringify(each)),
      MOST_NAMED,
    );
    return `${others.length + 1} dependencies ${hasCopy ? 'are not declared' : 'have no entry'} in ${lockfile} (${names})`;
  }
  const found = other === null ? version : formatPackage(other, version);
  const here = `"${name}" is ${JSON.stringify(declared)}`;
  if (locked !== null && isSameText(locked, declared)) return `${here}, but ${lockfile} has ${found}`;
  if (locked !== null)
    return `${here} here but ${JSON.stringify(asDeclared(locked, declared))} in ${lockfile}`;
  if (hasCopy) return `"${name}" is not declared in ${lockfile}`;
  return version === undefined
    ? `${here} and has no entry in ${lockfile}`
    : `${here}, but ${lockfile} has ${found}`;
}

function relatedTo({ uri }: Lockfile, edge: LockEdge | undefined, entry: LockEntry | undefined) {
  const related = [];
  if (edge !== undefined)
    related.push({ uri, span: edge.specifier.span, message: 'The range in the lockfile.' });
  if (entry?.version !== undefined) {
    related.push({ uri, span: entry.version.span, message: `${entry.version.value} is locked.` });
  }
  return related;
}
