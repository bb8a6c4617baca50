import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { type Covers, listedExemptions, splitAtVersion } from '../cooldown-settings.ts';
import type { CooldownExemption } from '../model/cooldown.ts';
import { starMatcher } from './name-matcher.ts';

/** Returns the packages and versions in a list of pnpm-workspace.yaml. */
export function packageSelectors(file: PnpmWorkspace, key: string): readonly CooldownExemption[] {
  return listedExemptions(file.uri, file.setting(key)?.value, readSelector);
}

/** Parses `name`, `@scope/*` or `name@1.0.0 || 1.0.1`, with exact versions only. */
function readSelector(text: string): Covers {
  const [pattern, versions] = splitAtVersion(text);
  if (pattern.startsWith('!')) return () => false;
  const matches = starMatcher(pattern);
  if (versions === undefined) return matches;
  const exact = new Set(versions.split('||').map((version) => version.trim()));
  return (name, version) => exact.has(version) && matches(name);
}
