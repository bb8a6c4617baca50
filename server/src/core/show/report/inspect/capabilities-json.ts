import { SIGNS } from '../../../know/capabilities/capability.ts';
import { describeSign } from '../../../know/capabilities/describe.ts';
import type { NewCapabilities } from '../../../know/capabilities/record.ts';

/** Returns signs and capabilities with their places, for JSON. */
export function capabilitiesJson({ entries, signs }: NewCapabilities): object {
  return {
    signs: signs.map(({ sign, file, line }) => ({
      ...{ sign, weight: SIGNS[sign].weight, description: describeSign(sign), file, line },
    })),
    capabilities: entries.map(({ capability, detail, file, line }) => ({ capability, detail, file, line })),
  };
}
