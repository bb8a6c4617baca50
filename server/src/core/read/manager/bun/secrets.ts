import type { SecretSupport } from '../model/secrets.ts';
import { npmSecrets } from '../npm/secrets.ts';

export const bunSecrets: SecretSupport = {
  ...npmSecrets,
  unboundCredentials: () => undefined,
  removedKeys: () => [],
  reference: (variable) => `"$${variable}"`,
  userFiles: ['.bunfig.toml'],
};
