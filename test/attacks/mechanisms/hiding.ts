import type { Base, Files } from '../base-project.ts';
import type { Mechanism, Plant, Project } from '../mechanism.ts';

const URL = 'https://registry.example.test/evil/-/evil-1.0.0.tgz';

/** Returns the project in a subfolder, as in a repository of several projects. */
function inApi(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`api/${path}`, content]));
}

/** Returns a planted change in the folder, with something that keeps the folder from being checked. */
function hidden(project: Project, { files, pattern }: Hiding): Plant {
  const changed = project.withEntry('alpha', { url: URL, integrity: project.plantedHash });
  const token = project.urlToken(URL);
  return {
    files: { ...inApi(project.lockfileOnly(changed)), ...files },
    token: { ...token, path: `api/${token.path}` },
    mention: pattern === undefined ? 'alpha' : ['alpha', pattern],
  };
}

interface Hiding {
  readonly id: string;
  readonly title: string;
  readonly files: Files;
  /** Similar files that hide nothing tracked. */
  readonly honest: Files;
  readonly reportedBy?: 'diff';
  /** The pattern of the policy, which `diff` may show in place of the hidden files. */
  readonly pattern?: string;
}

const HIDINGS: readonly Hiding[] = [
  {
    id: 'hidden-gitignore',
    title: 'A tracked project that .gitignore names',
    files: { '.gitignore': 'api/\n' },
    honest: { '.gitignore': 'build/\nnode_modules/\n' },
  },
  {
    id: 'hidden-gitignore-case',
    title: 'A tracked project that .gitignore names in upper case',
    files: { '.gitignore': 'API/\n' },
    honest: { '.gitignore': 'BUILD/\n' },
  },
  {
    id: 'hidden-gitignore-file',
    title: 'A tracked lockfile that .gitignore names',
    files: { '.gitignore': '**/package-lock.json\n**/yarn.lock\n**/pnpm-lock.yaml\n**/bun.lock\n' },
    honest: { '.gitignore': '*.log\n' },
  },
  {
    id: 'hidden-gitignore-nested',
    title: 'A tracked project whose own .gitignore names everything',
    files: { 'api/.gitignore': '*\n' },
    honest: { 'api/.gitignore': 'dist/\n' },
  },
  {
    id: 'hidden-exclude',
    title: 'A project that the policy excludes in the same change',
    files: { 'dependency-hygiene.json': '{ "exclude": ["api/**"] }\n' },
    honest: { 'dependency-hygiene.json': '{ "exclude": ["docs/**"] }\n' },
    // In a single state, it cannot be distinguished from a project's folder of examples.
    reportedBy: 'diff',
    pattern: 'api/**',
  },
  {
    id: 'hidden-exclude-file',
    title: 'A lockfile that the policy excludes in the same change',
    files: { 'dependency-hygiene.json': '{ "exclude": ["**/*lock*"] }\n' },
    honest: { 'dependency-hygiene.json': '{ "exclude": ["**/*.log"] }\n' },
    reportedBy: 'diff',
    pattern: '**/*lock*',
  },
];

/** If several managers behave the same, one of each format is enough. */
const ONE_OF_EACH: ReadonlySet<Base['manager']> = new Set(['npm 11', 'pnpm 10', 'Yarn 1', 'Yarn 4', 'Bun 1']);

function isOneOfEach({ manager, lockfileVersion }: Base): boolean {
  return ONE_OF_EACH.has(manager) && lockfileVersion === undefined;
}

const IN_FOLDER: readonly Mechanism[] = HIDINGS.map((hiding) => ({
  id: hiding.id,
  title: hiding.title,
  scenario: 'registry',
  appliesTo: isOneOfEach,
  installation: { folder: 'api' },
  before: (project) => inApi(project.files),
  plant: (project) => hidden(project, hiding),
  honest: () => hiding.honest,
  ...(hiding.reportedBy === undefined ? {} : { reportedBy: hiding.reportedBy }),
}));

/** DependencyPaths to switch off the rule or the file in the project itself. */
const POLICIES: readonly Mechanism[] = [
  {
    id: 'hidden-rule-off',
    title: 'The policy turns the rule off in the same change',
    scenario: 'registry',
    appliesTo: isOneOfEach,
    plant: (project) => ({
      files: {
        ...project.lockfileOnly(project.withEntry('alpha', { url: URL, integrity: project.plantedHash })),
        'dependency-hygiene.json': '{ "rules": { "lockfile-entry-mismatch": "off" } }\n',
      },
      token: project.urlToken(URL),
      mention: 'alpha',
    }),
  },
  {
    id: 'hidden-mirror',
    title: 'The policy names the foreign host as a mirror in the same change',
    scenario: 'registry',
    appliesTo: (base) => isOneOfEach(base) && base.family !== 'pnpm',
    plant: (project) => {
      const url = 'https://evil.example.test/alpha/-/alpha-1.0.0.tgz';
      return {
        files: {
          ...project.lockfileOnly(project.withEntry('alpha', { url, integrity: project.plantedHash })),
          'dependency-hygiene.json': '{ "mirrors": ["https://evil.example.test/"] }\n',
        },
        token: project.urlToken(url),
        mention: 'alpha',
      };
    },
  },
];

export const HIDINGS_OF_PROJECTS: readonly Mechanism[] = [...IN_FOLDER, ...POLICIES];
