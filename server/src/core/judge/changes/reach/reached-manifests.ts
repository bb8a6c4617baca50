import { specOf } from '../../../read/manager/managers.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { indexManifests, type ManifestIndex, type ReachProject } from './reach-project.ts';
import type { ReachTools } from './reach-tools.ts';
import { earlierTasks, type RunnerTasks } from './runner-tasks.ts';
import { type ScriptCall, scriptCalls } from './script-calls.ts';
import { isPlainPath, toolCalls } from './tool-calls.ts';

/** The scripts that installs run, by manifest. */
export interface ReachedScripts {
  /** All scripts that run in each manifest, in the order of the projects. */
  readonly scripts: ReadonlyMap<Manifest, ReadonlySet<string>>;
  /** Only those run by scripts of other manifests, and as `field.**` the fields read by the tools of an install. */
  readonly elsewhere: ReadonlyMap<Uri, ReadonlySet<string>>;
}

/** A limit, as each call may name all members. */
const MOST_CALLS = 20_000;

/**
 * Returns the scripts that installs of the projects run: lifecycle scripts, and the scripts of other manifests that
 * they run.
 */
export function scriptsOfInstalls(projects: readonly ReachProject[], tools: ReachTools): ReachedScripts {
  const { installScripts, installScriptsOf } = tools;
  const index = indexManifests(projects);
  const scripts = new Map<Manifest, Set<string>>();
  const elsewhere = new Map<Uri, Set<string>>();
  const waiting: (readonly [Manifest, string])[] = [];
  const add = (manifest: Manifest, names: Iterable<string>) => {
    const run = scripts.get(manifest) ?? new Set();
    scripts.set(manifest, run);
    for (const name of names) {
      if (run.has(name)) continue;
      run.add(name);
      waiting.push([manifest, name]);
    }
  };
  for (const { manifests, root, runner } of projects)
    for (const manifest of manifests) {
      const isRoot = parentUri(manifest.uri) === root;
      const own =
        runner === undefined ? installScripts(manifest) : installScriptsOf(manifest, runner, isRoot);
      add(manifest, own);
    }
  let left = MOST_CALLS;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [manifest, name] = next;
    const line = manifest.scripts.get(name)?.value ?? '';
    for (const { fields = [], isOfMembers } of toolCalls(line).tools) {
      const read = isOfMembers === true ? (index.projectOf(manifest)?.manifests ?? []) : [manifest];
      for (const { uri } of fields.length === 0 ? [] : read)
        elsewhere.set(uri, new Set([...(elsewhere.get(uri) ?? []), ...fields.map((field) => `${field}.**`)]));
    }
    const { calls } = scriptCalls(line);
    for (const call of calls.flatMap((one) => withEarlier(one, index.projectOf(manifest)?.tasks)))
      for (const target of targetsOf(call, manifest, index, tools)) {
        if (left-- <= 0) return { scripts, elsewhere };
        const reached = calledScripts(call, target, index.projectOf(target), tools);
        const before = elsewhere.get(target.uri) ?? new Set();
        // The scripts reached from the target's own lifecycle scripts are already known.
        const others = [...reached].filter(
          (one) => scripts.get(target)?.has(one) !== true || before.has(one),
        );
        if (others.length > 0) elsewhere.set(target.uri, new Set([...before, ...others]));
        add(target, reached);
      }
  }
  return { scripts, elsewhere };
}

/** Adds the tasks that the runner's configuration makes a task wait for, which may belong to any member. */
function withEarlier(call: ScriptCall, tasks: RunnerTasks | undefined): readonly ScriptCall[] {
  const { script, isTask } = call;
  if (isTask !== true || tasks?.has(script) !== true) return [call];
  const earlier = earlierTasks(script, tasks);
  return [call, ...earlier.map((one) => ({ ...call, script: one, target: { members: 'all' } as const }))];
}

function calledScripts(
  { script, isPlain }: ScriptCall,
  { scripts }: Manifest,
  project: ReachProject | undefined,
  { matchingScripts, reachedScripts }: ReachTools,
): ReadonlySet<string> {
  const hooks = project?.runner === undefined || specOf(project.runner).scripts.runsPreAndPost;
  const named = matchingScripts(script, scripts);
  const starts = isPlain || !hooks ? named : named.flatMap((name) => [`pre${name}`, name, `post${name}`]);
  return reachedScripts(scripts, starts, hooks);
}

/** Returns the manifests that a call names, only within the workspace. */
function targetsOf(
  { target }: ScriptCall,
  from: Manifest,
  index: ManifestIndex,
  tools: ReachTools,
): readonly Manifest[] {
  const base = parentUri(from.uri);
  if ('folder' in target) {
    const found = isPlainPath(target.folder) ? index.inFolder(joinUri(base, target.folder)) : undefined;
    return found === undefined ? [] : [found];
  }
  const project = index.projectOf(from);
  const members = (project?.manifests ?? []).filter(({ uri }) => parentUri(uri) !== project!.root);
  if (target.members === 'all') return members;
  return target.members.flatMap((written) =>
    membersNamed(written, members, { base, root: project?.root ?? base, tools }),
  );
}

/**
 * Finds members by name, by a pattern of names, or by their folder or one above it, relative to the command's folder or
 * the root.
 */
function membersNamed(
  written: string,
  members: readonly Manifest[],
  {
    base,
    root,
    tools: { compileGlob },
  }: { readonly base: Uri; readonly root: Uri; readonly tools: ReachTools },
): readonly Manifest[] {
  const exact = members.filter(({ name }) => name?.value === written);
  if (exact.length > 0) return exact;
  if (/[*?{[]/.test(written)) {
    const glob = compileGlob(written.startsWith('.') || written.includes('/') ? written : `**/${written}`, {
      dot: true,
    });
    const names = compileGlob(written, { dot: true });
    return members.filter(
      ({ uri, name }) =>
        (name !== undefined && names?.matches(name.value) === true) ||
        glob?.matches(relativeUri(root, parentUri(uri))) === true,
    );
  }
  if (!isPlainPath(written)) return [];
  const folders = [joinUri(base, written), joinUri(root, written)];
  const below = members.filter(({ uri }) =>
    folders.some((folder) => folder !== root && isWithin(folder, parentUri(uri))),
  );
  if (below.length > 0) return below;
  // pnpm and Nx also accept a name without its scope, or the folder's name.
  return members.filter(({ uri, name }) => {
    const folder = parentUri(uri);
    return (
      name?.value.endsWith(`/${written}`) === true || folder.slice(folder.lastIndexOf('/') + 1) === written
    );
  });
}
