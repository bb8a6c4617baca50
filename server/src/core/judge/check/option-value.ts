import type { RuleOption } from './rule.ts';

/** Checks whether a value of the configuration file is one of an option. */
export function isOptionValue(option: RuleOption, value: unknown): boolean {
  switch (option.type) {
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'choice':
      return option.values.some((one) => one === value);
    default:
      return typeof value === option.type;
  }
}

/** Describes the values of an option, to follow "must be". */
export function describeValues(option: RuleOption): string {
  switch (option.type) {
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a number';
    case 'strings':
      return 'a list of strings';
    case 'choice':
      return `one of ${option.values.map((value) => JSON.stringify(value)).join(', ')}`;
  }
}
