export interface ExpandOptions { parsed?: Record<string, string>; processEnv?: Record<string, string>; }
export function expand(options: ExpandOptions): ExpandOptions;
