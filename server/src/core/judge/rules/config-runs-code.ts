import type { SettingsFile } from '../../read/config/setting-lines.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { readerOf } from '../../read/manager/managers.ts';
import { isFrom } from '../../read/manager/version.ts';
import type { Project } from '../../read/project/project.ts';
import { removeSetting } from '../../read/project/remove-setting.ts';
import { relativeUri } from '../../read/text/paths/uri.ts';
import { isReadFile, namedPrograms } from '../changes/named-programs.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Settings that name a program of the repository in place of one of the machine. Names without a folder, such as
 * `script-shell=bash`, are looked up on the machine. Not reported, because projects need them and reviews see them:
 * the hooks of pnpm, a Yarn and plugins in the folders where Yarn puts them, patches, and modules that tests load.
 * `install-code-changed` reports changes of all of these.
 */
interface RunsCode {
  readonly type: 'program' | 'plugin' | 'helper' | 'auto';
  readonly key: string;
  readonly value: string;
  readonly manager: string;
}

const LONGEST = 80;

export const configRunsCode = defineRule<RunsCode, Record<string, never>>({
  id: 'config-runs-code',
  category: 'scripts',
  preset: 'security',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A setting that makes the package manager run a program of the repository.',
    why: `\`git=./tools/git\` in .npmrc makes npm run that file whenever it needs git. The same holds for \`script-shell\`,
\`node-options=--require ./hook.js\`, \`init-module\`, \`viewer\` and \`editor\`, for \`yarnPath\` outside of .yarn/releases, and
for \`preload\` of Bun. Everybody who opens the folder and installs runs it, and \`ignore-scripts\` does not prevent that.

The rule also reports plugins of Yarn 4 from a URL without a checksum, and \`tokenHelper\` in a file of the project.
With \`install.auto\`, Bun downloads packages while a program runs.

Names without a folder, such as \`script-shell=bash\`, are not reported. Review the program, and accept the finding with a
reason if the project needs it.`,
    bad: `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
git=./tools/git
    ^^^^^^^^^^^ config-runs-code
`,
    good: `-- package.json --
{ "name": "shop", "packageManager": "npm@11.19.1" }
-- .npmrc --
script-shell=bash
`,
  },
  check: {
    npmrc: (file, { project }) => programsIn(file, project),
    pnpmWorkspace: (file, { project }) => programsIn(file, project),
    *yarnrc(file, { project }) {
      yield* programsIn(file, project);
      // Earlier versions write no checksums.
      if (!isFrom(project.manager.version, '4.0.0')) return;
      for (const { spec, checksum } of file.plugins) {
        if (spec === undefined || checksum !== undefined || !/^https?:/.test(spec.value)) continue;
        yield foundOf('plugin', spec.span, 'plugins', withoutSecrets(spec.value), file, project);
      }
    },
    *bunfig(file, { project }) {
      yield* programsIn(file, project);
      const auto = file.setting('install', 'auto')?.value;
      if (auto?.type === 'scalar' && /^(?:force|fallback)$/.test(auto.text))
        yield foundOf('auto', auto.span, 'install.auto', auto.text, file, project);
    },
  },
  message({ data: { type, key, value, manager } }) {
    const named = `"${shownText(value, LONGEST)}"`;
    switch (type) {
      case 'program':
        return `"${shownText(key, LONGEST)}" makes ${manager} run a program of this repository, ${named}. Review that program, or delete the setting.`;
      case 'helper':
        return `"${shownText(key, LONGEST)}" makes ${manager} run a program for a token, for everybody who installs here. Move it to the user's configuration.`;
      case 'plugin':
        return `The plugin from ${named} runs in each command of ${manager}, and has no checksum. Import it again with the current ${manager}.`;
      case 'auto':
        return `"auto = ${shownText(value, LONGEST)}" makes ${manager} download missing packages while a program runs, whatever their version. Set it to "disable".`;
    }
  },
  *fix({ span, data: { type, key } }, { file, uri }) {
    if (type === 'auto')
      yield {
        title: 'Write "disable"',
        applicability: 'unsafe',
        edits: [{ uri, span, newText: '"disable"' }],
      };
    const edits = type === 'program' ? removeSetting(file, key) : [];
    if (edits.length === 0) return;
    yield {
      title: `Delete "${shownText(key, LONGEST)}"`,
      applicability: 'unsafe',
      edits: edits.map((edit) => ({ uri, ...edit })),
    };
  },
});

/** Folders, files of settings, patches, and what tests load. */
const NO_PROGRAM =
  /(?:^|[.:])(?:cache|prefix|store-?dir|virtual-?store-?dir|modules-?dir|modules-folder|cache-?folder|global-?folder|cwd|env|patches-?dir|userconfig|globalconfig|injectEnvironmentFiles|(?:global-?)?pnpmfile|patchedDependencies|test\.preload|plugins|install\.cache|dir)(?:\.|$)/i;

/** The folders in which Yarn puts itself. */
const OF_YARN = /^\.yarn\/(?:releases|versions)\//;

function* programsIn(file: SettingsFile, project: Project): Generator<Found<RunsCode>> {
  const { manager } = project;
  const { settings } = readerOf(file, manager);
  const seen = new Set<number>();
  for (const { uri, key, valueSpan, valueText } of namedPrograms(file)) {
    if (isReadFile(key) || NO_PROGRAM.test(key) || seen.has(valueSpan.start)) continue;
    const isOption = /options$/i.test(key);
    if (!isOption && !/[/\\]/.test(valueText)) continue;
    if (OF_YARN.test(relativeUri(project.root, uri))) continue;
    if (file.kind === 'npmrc' && settings.readsNpmrcKey(key, manager.version) !== true) continue;
    seen.add(valueSpan.start);
    yield foundOf('program', valueSpan, key, valueText, file, project);
  }
  if (file.kind !== 'npmrc') return;
  for (const { key, valueSpan } of file.entries)
    if (/(?:^|:)token-?helper$/i.test(key))
      yield foundOf('helper', valueSpan, 'tokenHelper', '', file, project);
}

function foundOf(
  type: RunsCode['type'],
  span: Found<RunsCode>['span'],
  key: string,
  value: string,
  file: SettingsFile,
  { manager }: Project,
): Found<RunsCode> {
  return { span, data: { type, key, value, manager: readerOf(file, manager).title } };
}

function withoutSecrets(url: string): string {
  return url.replace(/^(https?:\/\/)[^/]*@/, '$1').replace(/[?#].*$/, '');
}
