import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { specOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { OverrideField } from '../../read/manager/model/overrides.ts';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { judgeOverride } from '../../read/project/overrides/judge-override.ts';
import { overridesToWorkspace, renamedField } from '../../read/project/overrides/move-overrides.ts';
import { type OverrideEntry, readsField } from '../../read/project/overrides/overrides.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix, Related, Severity } from '../../read/text/finding.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { isNeedless } from '../remedy/needless-override.ts';

/**
 * An override that is not read looks like a fixed vulnerability but fixes nothing; one that is no longer needed blocks
 * newer versions. Known false positives: a package that only another platform installs may be missing from a lockfile,
 * and an override with a fixed version may have had another reason, so both are only hints.
 */
interface OverrideInvalid {
  readonly kind:
    | 'member'
    | 'field'
    | 'old-field'
    | 'conflict'
    | 'reference'
    | 'selector'
    | 'absent'
    | 'needless';
  readonly field: string;
  /** The keys from the outermost in. */
  readonly path: readonly string[];
  readonly value: string;
  /** The name it refers to, as far as readable. */
  readonly target: string | null;
  /** For a conflict the root's declaration; for a field the one to use instead. */
  readonly other: string | null;
  readonly manager: PackageManagerName;
}

export const overrideInvalid = defineRule({
  id: 'override-invalid',
  category: 'versions',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'An override that the package manager ignores or refuses, or that has no effect.',
    why: `Overrides fix a vulnerable package deep in the tree. Each package manager reads its own field, in the root
package.json only:

- npm and Bun: \`overrides\`
- Yarn and Bun: \`resolutions\`
- pnpm: \`overrides\` in pnpm-workspace.yaml and, up to pnpm 10, \`resolutions\` and \`pnpm.overrides\`

Other fields, and overrides of a workspace member, are silently ignored.

npm refuses to install (EOVERRIDE) if an override of a direct dependency differs from the dependency itself. \`"$name"\`
makes it follow the dependency.

An override to a fixed version is no longer needed once all dependents of the package ask for fixed versions
themselves. That is a hint. It is not reported for pnpm, whose lockfile does not keep the declared ranges of packages.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": { "left": "^1.0.0" },
  "overrides": {
    "left": "1.2.0"
    ^^^^^^ override-invalid: npm refuses to install (EOVERRIDE) because the override of "left" is "1.2.0" and the dependency itself is "^1.0.0". Write "$left" in the override, so that it follows the dependency.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left": "^1.0.0" } },
    "node_modules/left": { "version": "1.2.0" }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": { "left": "^1.0.0" },
  "overrides": {
    "left": "$left"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left": "^1.0.0" } },
    "node_modules/left": { "version": "1.2.0" }
  }
}
`,
  },
  check: {
    *manifest(manifest, context): Generator<Found<OverrideInvalid>> {
      const { project } = context;
      if (manifest.uri === project.rootManifest?.uri) {
        yield* unreadFields(manifest, project);
        yield* judged(manifest.uri, context);
      } else if (project.members.has(manifest.uri)) yield* inMember(manifest, project);
    },
    pnpmWorkspace: (file, context) => judged(file.uri, context),
  },
  message({ data: { kind, field, path, value, target, other, manager } }) {
    const name = managerTitle(manager);
    const what = `${JSON.stringify(target ?? path.join(' > '))}`;
    const said = JSON.stringify(value);
    switch (kind) {
      case 'member':
        return `${name} reads "${field}" in the root package.json only, so this one changes nothing. Move it there.`;
      case 'field':
        return `${name} does not read "${field}", so it changes nothing. Use ${other}.`;
      case 'old-field':
        return `pnpm 11 and later do not read "${field}" in package.json, so it changes nothing. Use ${other}.`;
      case 'conflict':
        return `npm refuses to install (EOVERRIDE) because the override of ${what} is ${said} and the dependency itself is ${JSON.stringify(other ?? '')}. Write "$${target}" in the override, so that it follows the dependency.`;
      case 'reference':
        return `The override of ${what} takes its version from ${JSON.stringify(value.slice(1))}, which the root package.json does not depend on, so the install fails. Name a version, or a dependency that is there.`;
      case 'selector':
        return `${name} cannot read ${JSON.stringify(path.join(' > '))} as the package to override. Correct it or remove it.`;
      case 'needless':
        return `The override of ${what} is not needed: all dependents already ask for versions without known vulnerabilities. Remove it.`;
      case 'absent':
        return `The override of ${what} changes nothing: no such package is in the lockfile. Correct the name or remove it.`;
    }
  },
  *fix({ data, span }, { file, uri, project }): Generator<Fix> {
    if (file.kind !== 'manifest') return;
    const place = placeAt(project, uri, span);
    if (data.kind === 'conflict' && data.target !== null && place !== undefined) {
      yield {
        title: `Replace with ${JSON.stringify(`$${data.target}`)}, so that it follows the dependency`,
        applicability: 'unsafe',
        edits: [{ uri, span: place.valueSpan, newText: JSON.stringify(`$${data.target}`) }],
      };
    }
    if (data.kind === 'field') {
      const renamed = renamedField(file, data.field, project);
      if (renamed !== undefined) {
        const title = `Rename "${data.field}" to "${renamed.to}"`;
        yield { title, applicability: 'unsafe', edits: renamed.edits };
      }
    }
    if (data.kind === 'old-field') {
      const edits = overridesToWorkspace(file, project);
      const title = 'Move "pnpm.overrides" to pnpm-workspace.yaml';
      if (edits !== undefined) yield { title, applicability: 'unsafe', edits };
    }
    if (place === undefined || data.kind === 'field' || data.kind === 'old-field') return;
    const edits = (removeProperty(file.text, place.keySpan) ?? []).map((edit) => ({ uri, ...edit }));
    if (edits.length > 0) {
      const title = `Remove the override of ${JSON.stringify(data.path.join(' > '))}`;
      yield { title, applicability: 'unsafe', edits };
    }
  },
});

type Kind = OverrideInvalid['kind'];

function found(
  kind: Kind,
  entry: Pick<OverrideEntry, 'field' | 'path' | 'declared' | 'selector'>,
  span: Span,
  project: Project,
  more: { readonly other?: string; readonly severity?: Severity; readonly related?: readonly Related[] } = {},
): Found<OverrideInvalid> {
  const target = entry.selector?.target.name ?? null;
  const { other = null, ...rest } = more;
  return {
    span,
    data: {
      kind,
      field: describeField(entry.field),
      path: entry.path.map((key) => shownText(key)),
      value: shownText(redactUserinfo(entry.declared)),
      target,
      other,
      manager: project.manager.name,
    },
    ...(target === null ? {} : { package: target }),
    ...rest,
  };
}

function describeField(field: OverrideField): string {
  return field === 'pnpm-workspace.yaml' ? 'overrides' : field;
}

/** Yields fields of the root that its package manager does not read: one finding each, at the first key. */
function* unreadFields(manifest: Manifest, project: Project): Generator<Found<OverrideInvalid>> {
  const { entries } = project.overrides;
  const { formerField, shownField } = specOf(project.manager).overrides;
  const counting = new Set(
    entries.filter(({ counts }) => counts).map(({ selector, path }) => selector?.target.name ?? path.at(-1)),
  );
  for (const field of ['overrides', 'resolutions', 'pnpm.overrides'] as const) {
    const at = entries.findIndex((entry) => entry.field === field && entry.uri === manifest.uri);
    const first = entries[at];
    if (first === undefined || first.counts || isForOthers(field, project)) continue;
    // Projects installed with several package managers repeat the same overrides in the field of each.
    if (entries.every((entry) => entry.field !== field || counting.has(entry.path.at(-1)))) continue;
    const kind = field === formerField ? 'old-field' : 'field';
    const span = project.overridePlaces[at]!.keySpan;
    yield found(kind, { ...first, selector: undefined }, span, project, { other: shownField });
  }
}

/** Checks whether another package manager that may also install the project reads it. */
function isForOthers(field: OverrideField, { manager, lockfiles }: Project): boolean {
  if (manager.because === 'default') return true;
  return lockfiles.some(({ format }) => {
    const other = specOfLockfile(format);
    return other.name !== manager.name && other.overrides.reads(field, undefined);
  });
}

function* inMember(manifest: Manifest, project: Project): Generator<Found<OverrideInvalid>> {
  const path = project.members.get(manifest.uri)?.path ?? '';
  const importers = project.lockfile?.importers;
  // The lockfile proves whether it is a member.
  if (project.manager.because === 'default' || (importers?.size && !importers.has(path))) return;
  const fields: readonly (readonly [OverrideField, Manifest['overrides']])[] = [
    ['overrides', manifest.overrides],
    ['resolutions', manifest.resolutions],
    ['pnpm.overrides', manifest.pnpm?.overrides ?? []],
  ];
  for (const [field, [first]] of fields) {
    // For a field that is never read, being in a member is the lesser problem.
    if (first === undefined || !readsField(project.manager, field)) continue;
    const keys = first.path.map(({ value }) => value);
    const entry = { field, path: keys, declared: first.value.value, selector: undefined };
    yield found('member', entry, first.path[0]?.span ?? first.value.span, project);
  }
}

/** Yields effective overrides of one file, each with its problem. */
function* judged(uri: Uri, context: RuleContext): Generator<Found<OverrideInvalid>> {
  const { project } = context;
  const { entries } = project.overrides;
  for (const [at, entry] of entries.entries()) {
    if (entry.uri !== uri || !entry.counts) continue;
    const span = project.overridePlaces[at]!.keySpan;
    const problem = judgeOverride(entry, project);
    if (problem === undefined) {
      if (isNeedless(entry, project, context.advisories))
        yield found('needless', entry, span, project, { severity: 'hint' });
      continue;
    }
    if (problem.kind !== 'conflict') {
      yield found(problem.kind, entry, span, project, problem.kind === 'absent' ? { severity: 'hint' } : {});
      continue;
    }
    const { declared, valueSpan } = problem.dependency;
    const message = 'The dependency itself.';
    yield found('conflict', entry, span, project, {
      ...(declared === undefined ? {} : { other: declared }),
      severity: 'error',
      related: [{ uri: project.rootManifest?.uri ?? uri, span: valueSpan, message }],
    });
  }
}

/** Returns the place of the override with its key at the span. */
function placeAt({ overridePlaces }: Project, uri: Uri, span: Span) {
  return overridePlaces.find((place) => place.uri === uri && place.keySpan.start === span.start);
}
