import { addressesIn } from '../../read/manifest/addresses-in.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { parseJsonTree } from '../../read/text/json/json-tree.ts';
import { joinUri, parentUri, type Uri } from '../../read/text/paths/uri.ts';
import { rememberOf } from '../../read/text/remember-of.ts';
import type { Span } from '../../read/text/span.ts';
import { guardingSettings } from './guarding-settings.ts';
import { isRelative, optionFiles, type ScriptFile, scriptFiles } from './script-files.ts';

/** A file that a setting, a lifecycle script or a dependency names, to be run, applied, unpacked or obeyed by an install. */
export interface NamedProgram {
  readonly uri: Uri;
  /** `yarnPath`, `scripts.postinstall`, `dependencies.a`. */
  readonly key: string;
  /** That of the setting, as `guardingSettings` has it. */
  readonly span: Span;
  /** The token that names it. */
  readonly valueSpan: Span;
  readonly valueText: string;
  /** main: it is a package.json, whose `main` is run. patches: it is a folder, with a slash at its end, of which all patches are applied. */
  readonly as?: 'main' | 'patches';
}

/** Returns the files that a manifest or configuration file names, in the order of its text, whether they exist or not. */
export const namedPrograms: (file: CheckedFile) => readonly NamedProgram[] = rememberOf((file) => {
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

/** Of npm and pnpm, by which `--require` reaches each script of an install. */
const NODE_OPTIONS = /^node-?options$/i;

/**
 * Settings of files that are no programs and decide all the same: a list of the packages whose scripts pnpm runs, and the
 * authorities whose word for a registry counts.
 */
const FILE_SETTING =
  /(?:^|[.:])(?:(?:global-?)?only-?built-?dependencies-?file|cafile|https-?ca-?file-?path)$/i;

/** Tells whether what a setting names is read by an install and not run. */
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

/** Returns the files that may be the `main` of a package.json, of which it is the text. */
export function mainFiles(uri: Uri, text: string): readonly Uri[] {
  const { root } = parseJsonTree(text, { trailingCommas: false });
  const main =
    root?.type === 'object' ? root.members.findLast(({ key }) => key === 'main')?.value : undefined;
  if (main?.type !== 'string' || !isRelative(main.value)) return [];
  return ['', '.js', '/index.js'].map((ending) => joinUri(parentUri(uri), main.value + ending));
}

/** Returns the URI that a changed file is named by: its own, or its folder's for one of a folder of patches. */
export function nameIn(named: Pick<ReadonlySet<Uri>, 'has'>, uri: Uri): Uri | undefined {
  if (named.has(uri)) return uri;
  if (!/\.(?:patch|diff)$/i.test(uri)) return undefined;
  const folder = `${parentUri(uri)}/`;
  return named.has(folder) ? folder : undefined;
}

/** Patches and generators that dependencies and resolutions name for Yarn: `patch:a@npm:1.0.0#./a.patch`, `exec:./make.js`. */
function yarnFiles(manifest: Manifest, folder: Uri): readonly NamedProgram[] {
  const declared = addressesIn(manifest).map(({ section, name, declared: text = '', span, valueSpan }) => ({
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
  return addressesIn(manifest).flatMap(({ section, name, specifier, span, valueSpan }) =>
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
