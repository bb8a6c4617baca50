import { duplicateDependency } from './duplicate-dependency.ts';
import type { Rule } from './rule.ts';
import { typosquatName } from './typosquat-name.ts';
import { unboundedRange } from './unbounded-range.ts';

/** Every rule there is, by id. */
export const RULES: readonly Rule[] = [duplicateDependency, typosquatName, unboundedRange];
