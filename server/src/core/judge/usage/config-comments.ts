import { extensionOf } from '../../read/imports/scan-imports.ts';

const JSON_LIKE: ReadonlySet<string> = new Set(['json', 'jsonc', 'json5']);
const HASHED: ReadonlySet<string> = new Set([
  ...['yaml', 'yml', 'toml', 'ini', 'cfg', 'conf', 'hcl', 'nix', 'sh', 'bash', 'zsh', 'fish', 'ps1', 'mk'],
  ...['dockerfile', 'properties', 'rb', 'graphql', 'gql', ''],
]);
/** Behind quotes it may be part of a text. */
const HASH = /(?:^|[ \t])#(?!!)[^'"`\n]*$/gm;
const SLASHES = /^[ \t]*\/\/.*$/gm;

/** The paths of workflows and pipelines, whose names are those of jobs. */
export const PIPELINE =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)\/.*|\.circleci\/.*|action|\.gitlab-ci|\.travis|appveyor|\.?azure-pipelines?|bitbucket-pipelines|\.drone|\.woodpecker)[\w.-]*\.ya?ml$/;
const NAMES = /^[ \t]*(?:-[ \t]+)?(?:name|uses|if|id|description|key|needs)[ \t]*:.*$/gm;
const KEYS = /^([ \t]*(?:-[ \t]+)?)[\w-]+[ \t]*:(?=\s|$)/gm;

/** Returns the text of a configuration file without comments, and of a pipeline without the names in it. */
export function withoutComments(path: string, text: string): string {
  const extension = extensionOf(path);
  if (JSON_LIKE.has(extension)) return text.replace(SLASHES, '');
  if (!HASHED.has(extension)) return text;
  const code = text.replace(HASH, '');
  return PIPELINE.test(path) ? code.replace(NAMES, '').replace(KEYS, '$1') : code;
}
