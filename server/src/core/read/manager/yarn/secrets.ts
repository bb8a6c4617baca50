import type { SecretSupport } from '../model/secrets.ts';
import { npmSecrets } from '../npm/secrets.ts';
import { YARNRC_FILES } from './files.ts';

/** An empty default, as Yarn fails on any command while a variable is not set. */
export const berrySecrets: SecretSupport = {
  ...npmSecrets,
  unboundCredentials: () => undefined,
  removedKeys: () => [],
  reference: (variable) => `"\${${variable}:-}"`,
  userFiles: YARNRC_FILES.map(({ name }) => name),
};

/** Yarn 1 takes credentials from .npmrc files alone. */
export const classicSecrets: SecretSupport = { ...berrySecrets, reference: () => undefined };
