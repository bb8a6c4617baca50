import type { Plugin } from 'rolldown';

const SHIM = `
import process from 'node:process';
export { process };
export { CfWorkerJsonSchemaValidator as DefaultJsonSchemaValidator } from '@modelcontextprotocol/server/validators/cf-worker';
`;

/**
 * Gives the SDK of the Model Context Protocol its small validator of JSON schemas instead of ajv, which generates code and
 * is as large as the rest. Our tools use neither: their schemas validate themselves.
 */
export const withoutAjv: Plugin = {
  name: 'without-ajv',
  load: {
    filter: { id: /[\\/]@modelcontextprotocol[\\/]server[\\/]dist[\\/]shimsNode\.mjs$/ },
    handler: () => ({ code: SHIM, moduleType: 'js' }),
  },
};
