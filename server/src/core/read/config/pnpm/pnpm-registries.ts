import type { RegistryChoice } from '../npm/npm-config.ts';
import { type ManagerRegistries, registryChoice } from '../registry-choice.ts';
import type { PnpmWorkspace } from './pnpm-workspace.ts';

/** Returns the registries of pnpm-workspace.yaml: `default` and scopes. The file holds no credentials. */
export function pnpmRegistries(file: PnpmWorkspace | undefined, trusted: boolean): ManagerRegistries {
  const at = (key: string): RegistryChoice | undefined => {
    const value = file?.registries.findLast((item) => item.key.value === key)?.value;
    if (file === undefined || typeof value?.value !== 'string' || value.value === '') return undefined;
    const scope = key === 'default' ? undefined : key;
    const place = { uri: file.uri, text: file.text, level: 'project' as const };
    return registryChoice(value.value, { scope, file: place, span: value.span, trusted });
  };
  return { scoped: at, unscoped: () => at('default'), credential: () => undefined };
}
