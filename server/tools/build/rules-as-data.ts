import type { Plugin } from 'rolldown';
import { RULES } from '../../src/core/judge/rules/index.ts';

/**
 * Replaces the list of rules in a bundle with the data that describes them, without their code, which is all that
 * `explain` needs.
 */
export const rulesAsData: Plugin = {
  name: 'rules-as-data',
  load: {
    filter: { id: /[\\/]core[\\/]judge[\\/]rules[\\/]index\.ts$/ },
    handler() {
      const data = RULES.map(({ id, category, severity, options, docs }) => ({
        ...{ id, category, severity, options, docs },
      }));
      return { code: `export const RULES = ${JSON.stringify(data)};`, moduleType: 'js' };
    },
  },
};
