/** The start of a policy, for `policy init`: nothing in it reports anything before somebody removes the comments. */
export const POLICY_START = `{
  // Which rules are on: "security", "recommended" or "all".
  "preset": "recommended",

  // Dependencies that must not be installed, each with a reason and the person to ask.
  "deny": [
    // { "name": "request", "reason": "it is no longer maintained", "contact": "security@example.com" },
    // { "license": ["AGPL-*", "SSPL-*"], "reason": "legal has not reviewed it" }
  ],
  "allow": [
    // { "name": "@acme/*", "reason": "our own packages" }
  ],

  // Which direct dependencies somebody has to review, and the reviewed ones.
  "requireApproval": {
    // "weeklyDownloadsOver": 1000000,
    // "installScripts": true,
    // "newMaintainerDays": 90,
    // "contact": "security@example.com"
  },
  "approvals": [
    // { "name": "esbuild", "range": "^0.25.0", "by": "", "date": "", "reason": "" }
  ],

  // What each project has to have.
  "controls": {
    // "lockfile": true,
    // "cooldownDays": 3,
    // "installScripts": "reviewed",
    // "auditLevel": "high",
    // "sbom": true,
    // "updateBot": true
  },

  // What the response to malware shows besides its steps.
  "incident": {
    // "contacts": ["security@example.com"],
    // "communication": "",
    // "rollback": ""
  }
}
`;
