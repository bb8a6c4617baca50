import { removeNpmrcKey } from '../../read/config/npm/edit-npmrc.ts';
import { isPnpmLockfile } from '../../read/lockfile/pnpm/read-pnpm-lockfile.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { LockfileOff } from '../../read/manager/model/settings.ts';
import type { PackageManager, PackageManagerName } from '../../read/manager/package-manager.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { firstLockedSection, ignoredLockfile } from '../../read/project/locked/needed-lockfile.ts';
import { keepsLockfilePerMember } from '../../read/project/locked/unlocked-member.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { Fix } from '../../read/text/finding.ts';
import { ignoringLines, unignore } from '../../read/text/paths/git-ignore.ts';
import { isWithin, nameOf, relativeUri, type Uri } from '../../read/text/paths/uri.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Without a lockfile in the repository every install selects the latest versions, and all other checks of locked
 * packages are silent. A setting that disables the lockfile is reported at the setting, an ignored lockfile at the
 * dependencies. Not reported: a folder inside a workspace member that is not a member itself (a template, a fixture),
 * and a folder that an enclosing project depends on by path, as that project's lockfile covers it. Known false
 * positives: a library without a lockfile on purpose.
 */
interface Missing {
  /** member: pnpm keeps one in each member, and this one has none. */
  readonly reason: 'none' | 'member' | 'ignored' | 'turned-off';
  /** The ignored lockfile. */
  readonly lockfile: string | null;
  /** The setting that disables the lockfile, as written. */
  readonly setting: string | null;
  readonly manager: PackageManagerName;
}

export const lockfileMissing = defineRule({
  id: 'lockfile-missing',
  category: 'lockfile',
  preset: 'recommended',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A project with dependencies and no lockfile in the repository.',
    why: `The lockfile pins the versions that everybody installs, and holds the integrity values that let npm notice
a swapped package. Without it each install resolves the ranges again, and takes a bad release on the day it appears.

Members of a workspace have their lockfile at its root, except where \`sharedWorkspaceLockfile: false\` makes pnpm keep one in each
of them. Templates and fixtures in the folder of a member are skipped,
and so are folders that a project around them depends on with \`file:\`, \`link:\` or \`portal:\`. For a library without a
lockfile on purpose, turn the rule off or ignore the finding with that reason.

A project in a folder such as \`tests\`, \`smoke-test\` or \`e2e\` below the checked one has it as information.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
  ^^^^^^^^^^^^^^ lockfile-missing
    "left": "^1.0.0"
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left": "^1.0.0"
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left": "^1.0.0" } },
    "node_modules/left": { "version": "1.0.0" }
  }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Iterable<Found<Missing>> {
      yield* missingInMember(manifest, project);
      if (
        manifest.uri !== project.rootManifest?.uri ||
        turningOff(project) !== undefined ||
        project.insideMember
      )
        return;
      const span = firstLockedSection(manifest);
      if (span === undefined) return;
      const ignored = ignoredLockfile(project);
      const manager = project.manager.name;
      if (project.lockfiles.length === 0) {
        yield {
          span,
          data: { reason: 'none', lockfile: ignored ?? null, setting: null, manager },
          ...(isOfTests(project) ? { severity: 'information' as const } : {}),
        };
      } else if (ignored !== undefined) {
        const { uri, text } = project.gitIgnore!;
        const line = ignoringLines(text, ignored).at(-1);
        const related =
          line === undefined ? [] : [{ uri, span: line, message: `${ignored} is ignored here.` }];
        yield { span, data: { reason: 'ignored', lockfile: ignored, setting: null, manager }, related };
      }
    },
    *npmrc(npmrc, { project }): Iterable<Found<Missing>> {
      if (npmrc === project.npmConfig.project) yield* turnedOff(npmrc.uri, project);
    },
    *pnpmWorkspace(file, { project }): Iterable<Found<Missing>> {
      yield* turnedOff(file.uri, project);
    },
    *bunfig(file, { project }): Iterable<Found<Missing>> {
      yield* turnedOff(file.uri, project);
    },
  },
  message({ data: { reason, lockfile, setting, manager } }) {
    switch (reason) {
      case 'turned-off':
        return `${setting} keeps ${managerTitle(manager)} from writing and reading a lockfile, so every install may install other versions. Remove it.`;
      case 'ignored':
        return `${lockfile} is ignored by git, so every clone of this project may install other versions. Commit it.`;
      case 'member':
        return `This member has dependencies and no pnpm-lock.yaml, and ${setting} makes pnpm read no other, so every install may install other versions. Create one and commit it.`;
      case 'none':
        return `This project has dependencies and no lockfile${lockfile === null ? '' : ` (and ${lockfile} is ignored by git)`}, so every install may install other versions. Create one and commit it.`;
    }
  },
  *fix({ data }, { file, project }) {
    if (data.reason === 'turned-off') {
      const uri = file.uri!;
      const edits = removalOf(file, project).map((edit) => ({ uri, ...edit }));
      const title = `Remove ${data.setting} from ${nameOf(uri)}`;
      if (edits.length > 0) yield { title, applicability: 'unsafe', edits };
    } else if (data.reason === 'ignored') {
      const { uri, text } = project.gitIgnore!;
      const edits = unignore(text, data.lockfile!).map((edit) => ({ uri, ...edit }));
      yield { title: `Let git keep ${data.lockfile} (changes .gitignore)`, applicability: 'unsafe', edits };
    } else {
      yield* copyLockCommand(project.manager);
    }
  },
});

/** A member with a lockfile of its own is a project of its own. */
function* missingInMember(manifest: Manifest, project: Project): Generator<Found<Missing>> {
  const { manager, members, lockfile } = project;
  if (lockfile === undefined || !isPnpmLockfile(lockfile) || !keepsLockfilePerMember(project)) return;
  if ((members.get(manifest.uri)?.path ?? '') === '') return;
  const span = firstLockedSection(manifest);
  if (span === undefined) return;
  const setting = 'sharedWorkspaceLockfile: false';
  yield { span, data: { reason: 'member', lockfile: null, setting, manager: manager.name } };
}

/** Checks whether it lies in a folder of tests of the checked folder: such projects are often left without on purpose. */
function isOfTests({ checkedFolder, root }: Project): boolean {
  if (checkedFolder === undefined || !isWithin(checkedFolder, root)) return false;
  return /(?:^|[/-])(?:tests?|e2e)\//.test(`${relativeUri(checkedFolder, root)}/`);
}

function* turnedOff(uri: Uri, project: Project): Iterable<Found<Missing>> {
  const off = turningOff(project);
  if (off?.uri !== uri || project.rootManifest === undefined) return;
  if (firstLockedSection(project.rootManifest) === undefined) return;
  const { span, setting } = off;
  const { name, version, private: isPrivate } = project.rootManifest;
  // Publishers of libraries often test with the latest versions, as their users get them.
  const isLibrary = !isPrivate && name !== undefined && version !== undefined;
  yield {
    span,
    data: { reason: 'turned-off', lockfile: null, setting, manager: project.manager.name },
    ...(isLibrary && project.lockfiles.length === 0 ? { severity: 'information' as const } : {}),
  };
}

/** The setting by which the project tells its package manager to do without a lockfile. */
function turningOff(project: Project): LockfileOff | undefined {
  return specOf(project.manager).settings.lockfileOff(project);
}

/** Removes the setting, outside .npmrc with its line if nothing else is on it. */
function removalOf(file: CheckedFile, project: Project): readonly TextEdit[] {
  const off = turningOff(project);
  if (off === undefined) return [];
  if (file.kind === 'npmrc') return removeNpmrcKey(file.text, off.setting.slice(0, off.setting.indexOf('=')));
  const start = file.text.lastIndexOf('\n', off.span.start - 1) + 1;
  const lineEnd = file.text.indexOf('\n', off.span.end);
  const end = lineEnd === -1 ? file.text.length : lineEnd + 1;
  const isWholeLine = /^\s*(?:lockfile\s*:|save\s*=)\s*false\s*(?:#.*)?$/.test(
    file.text.slice(start, end).trimEnd(),
  );
  return isWholeLine ? [{ span: { start, end }, newText: '' }] : [];
}

function* copyLockCommand(manager: PackageManager): Generator<Fix> {
  const command = specOf(manager).commands.writeLockfile;
  if (command === undefined) return;
  yield {
    title: `Copy the command that writes the lockfile: ${command}`,
    applicability: 'display-only',
    edits: [],
    command,
  };
}
