import { nameOf, type Uri } from '../../../core/read/text/paths/uri.ts';
import { redactUserinfo } from '../../../core/read/text/paths/web-url.ts';
import { CONFIGURATION_NAMES } from '../../../engine/projects/read-configuration.ts';

const ASSIGNED =
  /(?:_authtoken|_auth|_password|npmauthtoken|npmauthident|token|password|username|secret)["']?\s*[=:]\s*["']?([^\s"',}]+)/gi;
const SECRET_NAME = /token|auth|pass|secret|key|credential/i;
const SHORTEST = 6;

/**
 * Returns the output of another program without the credentials that configuration, environment and URLs may have put into
 * it.
 *
 * @param texts the configuration that it read
 */
export function withoutSecrets(
  output: string,
  texts: ReadonlyMap<Uri, string>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const secrets = new Set<string>();
  for (const [name, value = ''] of Object.entries(environment))
    if (SECRET_NAME.test(name)) secrets.add(value);
  for (const [uri, text] of texts) {
    if (!CONFIGURATION_NAMES.has(nameOf(uri))) continue;
    for (const [, value = ''] of text.matchAll(ASSIGNED)) secrets.add(value);
    for (const [, name = ''] of text.matchAll(/\$\{?(\w+)/g)) secrets.add(environment[name] ?? '');
  }
  let shown = redactUserinfo(output);
  for (const secret of secrets) if (secret.length >= SHORTEST) shown = shown.replaceAll(secret, '***');
  return shown.replaceAll(/\b(Bearer|Basic) \S+/g, '$1 ***').replaceAll(/\bnpm_[A-Za-z0-9]{20,}/g, '***');
}
