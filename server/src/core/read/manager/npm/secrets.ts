import type { SecretSupport } from '../model/secrets.ts';

export const npmSecrets: SecretSupport = {
  expandsInProject: () => true,
  reference: (variable) => `\${${variable}}`,
  storeCommand: (key, variable) => `npm config set "${key}=$${variable}" --location=user`,
};
