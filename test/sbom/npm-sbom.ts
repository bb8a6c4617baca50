import { spawnSync } from 'node:child_process';
import { CLI } from '../cli/run-cli.ts';
import { corpusProjects, type LockfileProject, withProject } from '../oracles/lockfile-project.ts';

/** The bills of materials of one project, by npm and by us, as sets of package URLs. */
export interface Compared {
  readonly project: string;
  readonly version: string;
  /** Undefined if npm prints none. */
  readonly theirs: ReadonlySet<string> | undefined;
  readonly ours: ReadonlySet<string>;
  /** The first line of npm's error. */
  readonly error: string;
}

/** Returns the projects of npm in the corpus that it can read by itself. */
export function npmProjects(): readonly LockfileProject[] {
  return corpusProjects('package-lock', 'npm-shrinkwrap');
}

/** Runs both programs on a copy of a project. npm reads nothing but the lockfile. */
export function compareWithNpm(project: LockfileProject, npm: readonly string[]): Promise<Compared> {
  return withProject(project, (folder) => {
    const [program = '', ...before] = npm;
    const options = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--offline'];
    const theirs = spawnSync(program, [...before, ...options], { cwd: folder, ...OPTIONS });
    const ours = spawnSync(process.execPath, [CLI, 'sbom', folder], OPTIONS);
    if (ours.status !== 0) throw new Error(`${project.name}: ${ours.stderr}`);
    const error = theirs.stderr.split('\n').filter((line) => !line.includes(' warn '));
    return {
      project: project.name,
      version: project.version,
      theirs: theirs.status === 0 ? packageUrls(theirs.stdout) : undefined,
      ours: packageUrls(ours.stdout),
      error: error[1] ?? error[0] ?? '',
    };
  });
}

const OPTIONS = { encoding: 'utf8', maxBuffer: 1_000_000_000 } as const;

/** Decoded, and without qualifiers: npm encodes no version, and writes repositories in another form. */
function packageUrls(text: string): ReadonlySet<string> {
  const { components } = JSON.parse(text) as {
    readonly components: readonly { readonly purl?: string; readonly name: string }[];
  };
  return new Set(components.map(({ purl, name }) => decodeURIComponent((purl ?? name).split('?')[0]!)));
}
