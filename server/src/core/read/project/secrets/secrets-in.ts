import type { CheckedFile } from '../checked-file.ts';
import { bunfigSecrets, npmrcSecrets, yarnrcSecrets } from './config-secrets.ts';
import type { Secret } from './secret.ts';
import { jsonSecrets, lineSecrets, textSecrets } from './text-secrets.ts';

/**
 * Returns the secrets in a project's file, in text order. Placeholders, variables, and credentials for this machine are
 * none. In a manifest or lockfile, a credential that many URLs repeat is listed once.
 */
export function secretsIn(file: CheckedFile): readonly Secret[] {
  switch (file.kind) {
    case 'memberNpmrc':
    case 'npmrc':
      return file.level === 'project' ? withText(npmrcSecrets(file), file.text, lineSecrets(file.text)) : [];
    case 'yarnrc':
      return file.level === 'project' ? withText(yarnrcSecrets(file), file.text) : [];
    case 'bunfig':
      return file.level === 'project' ? withText(bunfigSecrets(file), file.text) : [];
    case 'manifest':
      return oncePerValue(withText(jsonSecrets(file.text), file.text), file.text);
    case 'lockfile':
      return oncePerValue([...textSecrets(file.text)], file.text);
    case 'automation':
      return withText(jsonSecrets(file.text), file.text);
    case 'pnpmWorkspace':
      return withText(lineSecrets(file.text), file.text);
    case 'dotenv':
      // Other variables are passwords of other services.
      return [...textSecrets(file.text)].filter(({ kind }) => kind === 'text');
    case 'policy':
      return withText([], file.text);
    case 'auditIgnores':
    case 'rush':
    case 'sbom':
    case 'program':
      return [];
  }
}

/** Adds what the text alone shows, outside of the values of known settings. */
function withText(found: Iterable<Secret>, text: string, others: Iterable<Secret> = []): readonly Secret[] {
  const known = [...found];
  for (const secret of [...textSecrets(text), ...others]) {
    const { start, end } = secret.span;
    if (!known.some(({ span }) => span.start < end && start < span.end)) known.push(secret);
  }
  return known.sort((a, b) => a.span.start - b.span.start);
}

function oncePerValue(found: readonly Secret[], text: string): readonly Secret[] {
  const byValue = new Map<string, Secret>();
  for (const secret of found) {
    const value = text.slice(secret.span.start, secret.span.end);
    const first = byValue.get(value);
    byValue.set(value, first === undefined ? secret : { ...first, more: first.more + 1 });
  }
  return [...byValue.values()];
}
