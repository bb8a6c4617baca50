export const detectors = [
  { id: 'aws-access-key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g },
  { id: 'npm-token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g, check: { url: 'https://registry.example.test/-/whoami', scheme: 'Bearer' } },
  { id: 'github-token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g, check: { url: 'https://api.github.example.test/user', scheme: 'token' } },
  { id: 'discord-token', pattern: /\b[\w-]{24}\.[\w-]{6}\.[\w-]{27}\b/g },
  { id: 'private-key', pattern: /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----/g },
  { id: 'ethereum-key', pattern: /\b(?:private_?key|mnemonic)\s*[:=]\s*["']?(?:0x)?[a-f0-9]{64}\b/gi },
];
