import type { Files } from '../base-project.ts';
import { editBunTuple, editJson, type NpmLockfile } from '../edit-lockfile.ts';
import type { GitPackage } from '../git-repositories.ts';
import type { Mechanism, Project } from '../mechanism.ts';

const GIT = 'git+https://git.example.test';

const COMMITISH: Readonly<Record<GitPackage, string>> = {
  'by-tag': '#v1.0.0',
  'by-range': '#semver:',
  'by-branch': '#main',
};

/** Returns a lockfile with one commit replaced by another, with Yarn's checksum of the content. */
function withCommit(project: Project, name: GitPackage, from: string, to: string): string {
  const { lockfile, base, facts } = project;
  const changed = lockfile.replaceAll(from, to);
  if (base.family !== 'yarn-berry') return changed;
  const checksum = facts.checksums[name];
  if (checksum === undefined) throw new Error(`no checksum of ${name} in ${base.id}`);
  return changed.replace(
    new RegExp(`(^"${name}@(?:.*\\n)+? {2}checksum: ).*`, 'm'),
    (_whole, before: string) => `${before}${checksum}`,
  );
}

/** Returns what Yarn and npm write for a git dependency, which is the text that contains the commit. */
function resolvedText(
  { base }: Project,
  name: string,
  repository: string,
  commit: string,
): readonly string[] {
  const url = `${GIT}/${repository}.git#${commit}`;
  switch (base.family) {
    case 'yarn-berry':
      return [
        `${name}@${GIT}/${repository}.git#commit=${commit}`,
        `${GIT}/${repository}.git#commit=${commit}`,
      ];
    case 'pnpm':
      return [url, `${name}@${url}`, `https://git.example.test/${repository}.git`, commit];
    case 'bun':
      return [`${name}@${url}`, url, commit];
    default:
      return [url];
  }
}

const OTHER_COMMIT: readonly Mechanism[] = (Object.keys(COMMITISH) as GitPackage[]).map((name) => ({
  id: `git-commit-${name}`,
  title: `Another commit for ${COMMITISH[name]}`,
  scenario: 'git',
  appliesTo: ({ family }) => family !== 'bun' || name !== 'by-range',
  reportedBy: 'diff',
  plant: (project) => {
    const { honest, planted } = project.facts.commits[name];
    return {
      files: project.lockfileOnly(withCommit(project, name, honest, planted)),
      token: { path: project.lockfilePath, text: resolvedText(project, name, name, planted) },
      mention: name,
    };
  },
  ...(name === 'by-branch' ? { honest: movedBranch, isHonestShown: true as const } : {}),
}));

/** Returns the update after a branch moved. */
function movedBranch(project: Project): Files {
  const { honest, earlier } = project.facts.commits['by-branch'];
  if (project.base.family === 'yarn-berry') return project.variant('updated');
  return project.lockfileOnly(project.lockfile.replaceAll(honest, earlier));
}

export const GIT_COMMITS: readonly Mechanism[] = [
  ...OTHER_COMMIT,
  {
    id: 'git-other-repository',
    title: 'Another repository for a git specifier',
    scenario: 'git',
    appliesTo: () => true,
    plant: (project) => {
      const { honest } = project.facts.commits['by-tag'];
      const fork = project.facts.commits.fork.honest;
      // The specifier itself stays: only its locked commit changes.
      const text = withCommit(project, 'by-tag', `by-tag.git#${honest}`, `fork.git#${fork}`)
        .replaceAll(`by-tag.git#commit=${honest}`, `fork.git#commit=${fork}`)
        .replaceAll(
          `{commit: ${honest}, repo: https://git.example.test/by-tag.git,`,
          `{commit: ${fork}, repo: https://git.example.test/fork.git,`,
        );
      const changed = project.base.family === 'yarn-berry' ? withoutChecksum(text, 'by-tag') : text;
      return {
        files: project.lockfileOnly(project.base.family === 'bun' ? bunTag(changed, fork) : changed),
        token: { path: project.lockfilePath, text: resolvedText(project, 'by-tag', 'fork', fork) },
        mention: 'by-tag',
      };
    },
  },
  {
    id: 'git-for-registry',
    title: 'A git repository for a registry package',
    scenario: 'git',
    appliesTo: ({ family }) => family === 'npm' || family === 'yarn-classic',
    plant: (project) => {
      const url = `${GIT}/fork.git#${project.facts.commits.fork.honest}`;
      return {
        files: project.lockfileOnly(project.withEntry('alpha', { url, integrity: null })),
        token: project.urlToken(url),
        mention: 'alpha',
      };
    },
  },
  {
    id: 'nested-exotic-name',
    title: 'A nested registry copy of a name that is a git dependency elsewhere',
    scenario: 'git',
    appliesTo: ({ family }) => family === 'npm' || family === 'yarn-classic',
    plant: (project) => {
      const url = 'https://evil.example.test/by-tag/-/by-tag-1.0.0.tgz';
      return {
        files: project.lockfileOnly(withNested(project, url)),
        token: project.urlToken(url),
        mention: 'by-tag',
      };
    },
  },
];

function withNested({ base, lockfile, plantedHash }: Project, url: string): string {
  if (base.family === 'yarn-classic') {
    const nested = `by-tag@^1.0.0:\n  version "1.0.0"\n  resolved "${url}"\n  integrity ${plantedHash}\n\n`;
    return lockfile
      .replace(
        '  dependencies:\n    once "^1.4.0"\n',
        '  dependencies:\n    by-tag "^1.0.0"\n    once "^1.4.0"\n',
      )
      .replace('"by-tag@git', () => `${nested}"by-tag@git`);
  }
  return editJson<NpmLockfile>(lockfile, ({ packages = {} }) => {
    Object.assign(packages['node_modules/beta']!.dependencies as object, { 'by-tag': '^1.0.0' });
    packages['node_modules/beta/node_modules/by-tag'] = {
      version: '1.0.0',
      resolved: url,
      integrity: plantedHash,
    };
  });
}

function withoutChecksum(text: string, name: string): string {
  return text.replace(new RegExp(`(^"${name}@(?:.*\\n)+?) {2}checksum: .*\\n`, 'm'), '$1');
}

/** Changes the tuple's last member, in which Bun names the folder of its cache. */
function bunTag(text: string, commit: string): string {
  return editBunTuple(text, 'by-tag', (tuple) => {
    if (typeof tuple[2] === 'string') tuple[2] = commit.slice(0, 7);
  });
}
