import { addressesIn } from '../../manifest/addresses-in.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import type { CheckedFile } from '../../rules/rule.ts';
import { rememberOf } from '../../text/remember-of.ts';
import type { Span } from '../../text/span.ts';
import { joinUri, parentUri, type Uri } from '../../text/uri.ts';
import type { GuardingSetting } from './guarding-setting.ts';
import { guardingSettings } from './guarding-settings.ts';

/** A file that a setting, a lifecycle script or a dependency names, to be run, applied or unpacked by an install. */
export interface NamedProgram {
  readonly uri: Uri;
  /** `yarnPath`, `scripts.postinstall`, `dependencies.a`. */
  readonly key: string;
  /** That of the setting, as `guardingSettings` has it. */
  readonly span: Span;
  /** The token that names it. */
  readonly valueSpan: Span;
}

/** Returns the files that a manifest or configuration file names, in the order of its text, whether they exist or not. */
export const namedPrograms: (file: CheckedFile) => readonly NamedProgram[] = rememberOf((file) => {
  const { uri } = file;
  if (uri === undefined) return [];
  const folder = parentUri(uri);
  const named = guardingSettings(file).flatMap((setting) =>
    pathsIn(setting).map((path) => ({
      uri: joinUri(folder, path),
      key: setting.key,
      span: setting.span,
      valueSpan: setting.valueSpan,
    })),
  );
  return file.kind === 'manifest' ? [...named, ...localArchives(file, folder)] : named;
});

function pathsIn({ key, kind, valueText }: GuardingSetting): readonly string[] {
  if (kind === 'scripts') return key.startsWith('scripts.') ? scriptFiles(valueText) : [];
  if (kind !== 'code') return [];
  return isRelative(valueText) ? [valueText.replaceAll('\\', '/')] : [];
}

function isRelative(path: string): boolean {
  return path !== '' && !/^[a-z][\w+.-]*:|^[/\\~]/i.test(path);
}

const CODE = /\.(?:[cm]?[jt]s|sh|bash|py|rb|pl|ps1|cmd|bat)$/i;
/** What Node tries for a path without an extension. */
const NODE_ENDINGS = ['', '.js', '/index.js'];

/** Returns the paths of scripts in a command: words that end like one, and what `node` is given. */
function scriptFiles(command: string): readonly string[] {
  const words = command.match(/[^\s"'`;&|()<>]+/g) ?? [];
  return words.flatMap((word, at) => {
    if (!isRelative(word) || word.startsWith('-')) return [];
    if (CODE.test(word)) return [word];
    return words[at - 1] === 'node' ? NODE_ENDINGS.map((ending) => word + ending) : [];
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
          },
        ]
      : [],
  );
}
