import type { Plugin } from 'esbuild';
import { RULES } from '../../src/core/judge/rules/index.ts';

/**
 * Replaces the list of rules in a bundle with the data that describes them, without their code, which is all that
 * `explain` needs.
 */
export const rulesAsData: Plugin = {
  name: 'rules-as-data',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]core[\\/]judge[\\/]rules[\\/]index\.ts$/ }, () => {
      const data = RULES.map(({ id, category, severity, options, docs }) => ({
        ...{ id, category, severity, options, docs },
      }));
      return { contents: `export const RULES = ${JSON.stringify(data)};`, loader: 'js' };
    });
  },
};
