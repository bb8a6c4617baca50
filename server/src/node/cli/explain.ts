import { RULES } from '../../core/judge/rules/index.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { readArguments } from './given/arguments.ts';
import { noRule } from './no-rule.ts';

/** Prints the documentation of a rule. */
export const explain: Command = {
  help: () => `Prints the documentation of a rule.

Usage
  dephygiene explain <rule>

Rules
${RULES.map(({ id }) => `  ${id}\n`).join('')}`,

  async run(args, terminal) {
    const { positionals } = readArguments('explain', args, {});
    const [id] = positionals;
    if (id === undefined || positionals.length > 1) {
      throw new WrongUse('explain takes the id of one rule; "dephygiene explain --help" lists them.');
    }
    // Loaded separately, as the rules' documentation is larger than everything else that a check loads.
    const { explainedRule } = await import('../../core/show/report/explain/explained-rule.ts');
    const text = explainedRule(id, terminal.columns);
    if (text === undefined) throw new WrongUse(noRule(id));
    terminal.out(text);
    return 0;
  },
};
