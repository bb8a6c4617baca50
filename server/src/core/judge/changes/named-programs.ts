import { urlsIn } from '../../read/manifest/dependencies-of.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { parseJsonTree } from '../../read/text/json/json-tree.ts';
import { joinUri, parentUri, type Uri } from '../../read/text/paths/uri.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';
import type { Span } from '../../read/text/span.ts';
import { guardingSettings } from './guarding-settings.ts';
import { isRelative, optionFiles, type ScriptFile, scriptFiles } from './script-files.ts';

/** A file named by a setting, a lifecycle script or a dependency that an install runs, applies, unpacks or obeys. */
export interface NamedProgram {
  readonly uri: Uri;
  /** `yarnPath`, `scripts.postinstall`, `dependencies.a`. */
  readonly key: string;
  /** The span of the setting, as in `guardingSettings`. */
  readonly span: Span;
  /** The token that names the file. */
  readonly valueSpan: Span;
  readonly valueText: string;
  /**
   * main: a package.json whose `main` is run. patches: a folder, with a trailing slash, whose patches are all applied.
   */
  readonly as?: 'main' | 'patches';
}

/** Returns the files that a manifest or configuration file names, in text order, whether or not they exist. */
export const namedPrograms: (file: CheckedFile) => readonly NamedProgram[] = memoizeOf((file) => {
  const { uri } = file;
  if (uri === undefined) return [];
  const folder = parentUri(uri);
  const named = guardingSettings(file).flatMap(({ key, kind, span, valueSpan, valueText }) => {
    const at = { key, span, valueSpan, valueText };
    const isEventHook = key.startsWith('eventHooks.');
    if (kind === 'code' && NODE_OPTIONS.test(key)) return filesOf(optionFiles(valueText), folder, at);
    const decides = kind === 'code' || isReadFile(key);
    if (decides && !isEventHook && isRelative(valueText))
      return [{ uri: joinUri(folder, valueText.replaceAll('\\', '/')), ...at }];
    if (!isEventHook && !(kind === 'scripts' && key.startsWith('scripts.'))) return [];
    return filesOf(scriptFiles(valueText), folder, at);
  });
  return file.kind === 'manifest'
    ? [...named, ...localArchives(file, folder), ...yarnFiles(file, folder)]
    : named;
});

/** Read by npm and pnpm, whose `--require` reaches each script of an install. */
const NODE_OPTIONS = /^node-?options$/i;

/**
 * Settings of files that are not programs yet decisive: a list of packages whose scripts pnpm runs, and the certificate
 * authorities trusted for a registry.
 */
const FILE_SETTING =
  /(?:^|[.:])(?:(?:global-?)?only-?built-?dependencies-?file|cafile|https-?ca-?file-?path)$/i;

/** Checks whether an install reads the file named by a setting but does not run it. */
export function isReadFile(key: string): boolean {
  return FILE_SETTING.test(key);
}

function filesOf(
  files: readonly ScriptFile[],
  folder: Uri,
  at: Pick<NamedProgram, 'key' | 'span' | 'valueSpan' | 'valueText'>,
): readonly NamedProgram[] {
  return files.map(({ path, kind: as }) => {
    const program = joinUri(folder, path);
    if (as === 'file') return { uri: program, ...at };
    return { uri: as === 'patches' ? `${program}/` : program, ...at, as };
  });
}

/** Returns the files that may be the `main` of a package.json with this text. */
export function mainFiles(uri: Uri, text: string): readonly Uri[] {
  const { root } = parseJsonTree(text, { trailingCommas: false });
  const main =
    root?.type === 'object' ? root.members.findLast(({ key }) => key === 'main')?.value : undefined;
  if (main?.type !== 'string' || !isRelative(main.value)) return [];
  return ['', '.js', '/index.js'].map((ending) => joinUri(parentUri(uri), main.value + ending));
}

/** Returns the URI by which a changed file is named: its own, or that of its folder for a folder of patches. */
export function nameIn(named: Pick<ReadonlySet<Uri>, 'has'>, uri: Uri): Uri | undefined {
  if (named.has(uri)) return uri;
  if (!/\.(?:patch|diff)$/i.test(uri)) return undefined;
  const folder = `${parentUri(uri)}/`;
  return named.has(folder) ? folder : undefined;
}

/** Patches and generators that dependencies and resolutions name for Yarn: `patch:a@npm:1.0.0#./a.patch`, `exec:./make.js`. */
function yarnFiles(manifest: Manifest, folder: Uri): readonly NamedProgram[] {
  const declared = urlsIn(manifest).map(({ section, name, declared: text = '', span, valueSpan }) => ({
    ...{ key: `${section}.${name}`, text, span, valueSpan },
  }));
  const resolutions = manifest.resolutions.map(({ path, value }) => ({
    ...{ key: `resolutions.${path.map((key) => key.value).join('.')}`, text: value.value },
    ...{ span: path.at(-1)!.span, valueSpan: value.span },
  }));
  return [...declared, ...resolutions].flatMap(({ key, text, span, valueSpan }) => {
    const [, paths] = /^patch:[^#]*#(.*)$/.exec(text) ?? /^exec:(.*)$/.exec(text) ?? [];
    return (paths ?? '').split('&').flatMap((path) => {
      // Yarn takes a path from the project with this, and may do without a patch with that.
      const plain = path
        .replace(/^optional!/, '')
        .replace(/^~\//, '')
        .replace(/::.*$/, '');
      if (!isRelative(plain) || /^builtin</.test(plain)) return [];
      return [{ uri: joinUri(folder, plain), key, span, valueSpan, valueText: text }];
    });
  });
}

function localArchives(manifest: Manifest, folder: Uri): readonly NamedProgram[] {
  return urlsIn(manifest).flatMap(({ section, name, specifier, span, valueSpan }) =>
    specifier.type === 'file' && isRelative(specifier.path)
      ? [
          {
            uri: joinUri(folder, specifier.path.replaceAll('\\', '/')),
            key: `${section}.${name}`,
            span,
            valueSpan,
            valueText: specifier.path,
          },
        ]
      : [],
  );
}
