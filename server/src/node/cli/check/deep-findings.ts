import { findingKey } from '../../../engine/report/report-of.ts';
import type { Progress, Session } from '../../../engine/session.ts';
import { type JudgedPart, judgeAllLocked } from '../../../engine/units/judge-all-locked.ts';

export const NOTHING_JUDGED: JudgedPart = { findings: [], notChecked: [] };

/** Checks every locked package against its registry and returns the findings, each once. */
export async function deepFindings(session: Session, progress: Progress): Promise<JudgedPart> {
  const findings = new Map<string, JudgedPart['findings'][number]>();
  const notChecked: JudgedPart['notChecked'][number][] = [];
  for await (const part of judgeAllLocked(session, progress)) {
    for (const found of part.findings) findings.set(findingKey(found.finding), found);
    notChecked.push(...part.notChecked);
  }
  return { findings: [...findings.values()], notChecked };
}
