import type { Plugin } from 'rolldown';

/**
 * Leaves the optional parts of the CycloneDX library out of a bundle: XML, and the validators. It requires their packages
 * by name when it is loaded, which would run whatever a project has installed under these names.
 */
export const withoutXml: Plugin = {
  name: 'without-xml',
  load: {
    filter: { id: /[\\/]_optPlug\.node[\\/]__\w+[\\/]\w+\.js$/ },
    handler: () => ({ code: "throw new Error('not in this bundle');", moduleType: 'js' }),
  },
};
