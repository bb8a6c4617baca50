import type { SecretSupport } from '../model/secrets.ts';
import { isFrom, mayBeFrom } from '../version.ts';

export const npmSecrets: SecretSupport = {
  unboundCredentials(name, version) {
    const isNew = name === 'email' || name === 'certfile' || name === 'keyfile';
    return (isNew ? isFrom : mayBeFrom)(version, isNew ? '12.0.0' : '9.0.0') ? 'error' : undefined;
  },
  removedKeys: (version) => (mayBeFrom(version, '7.0.0') ? ['always-auth'] : []),
  expandsInProject: () => true,
  reference: (variable) => `\${${variable}}`,
  userFiles: ['.npmrc'],
  storeCommand: (key, variable) => `npm config set "${key}=$${variable}" --location=user`,
};
