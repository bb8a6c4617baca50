import type { Packument } from '../documents/packument.ts';

/**
 * Checks whether the registry holds the name with a placeholder package of its own, because it was malware or could be
 * mistaken for something else: its latest version is then `0.0.1-security`, or ends so and states its purpose.
 */
export function isSecurityHolding({ distTags, description }: Packument): boolean {
  const latest = distTags.get('latest') ?? '';
  if (/^0\.0\.1-security/.test(latest)) return true;
  return /-security(?:\.\d+)?$/.test(latest) && /security holding package/i.test(description ?? '');
}
